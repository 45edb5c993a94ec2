"""Pages of the mentee, opened by a link from a message."""
