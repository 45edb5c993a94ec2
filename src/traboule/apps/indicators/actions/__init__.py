"""What this app writes."""
