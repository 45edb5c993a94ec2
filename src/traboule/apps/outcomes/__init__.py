"""What became of mentees: jobs, training and more, how strongly proven, and what is not known."""
