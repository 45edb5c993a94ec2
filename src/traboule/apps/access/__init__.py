"""Who outside may read what by a program: tokens, each for one branch and one purpose."""
