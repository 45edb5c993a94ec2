"""Input of duos, turned into clean values for the actions."""
