"""Templates, channels, send decision, delivery."""
