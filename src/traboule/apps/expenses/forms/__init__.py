"""Forms of this app: what a volunteer sends, what the team decides, sets and pays."""
