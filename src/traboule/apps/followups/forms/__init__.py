"""Forms of this app: what the team fills in, what mentees tap."""
