"""One module per place where Traboule runs: dev, test, demo, prod; base is what they share."""
