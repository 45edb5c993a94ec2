"""Input of this app."""
