"""What may be done about training. One call is one transaction with its audit entry."""
