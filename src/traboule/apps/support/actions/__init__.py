"""What follows and supports a duo."""
