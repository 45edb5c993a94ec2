"""What changes and ends a duo, and what comes after it."""
