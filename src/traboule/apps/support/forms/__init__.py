"""Forms of support: for the two of a duo, and for the team."""
