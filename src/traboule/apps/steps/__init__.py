"""Every open step: about whom, owner, due date, next news."""
