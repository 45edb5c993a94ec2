"""Pages of partner advisers who send people."""
