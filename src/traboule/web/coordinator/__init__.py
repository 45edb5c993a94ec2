"""Pages of the staff of a branch."""
