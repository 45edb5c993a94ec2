"""Pages of the mentor, opened by a link from a message."""
