"""What people type into pages of figures."""
