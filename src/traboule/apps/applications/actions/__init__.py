"""What may be done with applications. One call is one transaction with its audit entry."""
