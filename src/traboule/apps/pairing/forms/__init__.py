"""Input of pairing, turned into clean values for the actions."""
