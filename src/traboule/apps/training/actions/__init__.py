"""What changes the training: sittings, seats, presence, readiness. Import from the modules."""
