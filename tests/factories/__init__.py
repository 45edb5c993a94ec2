"""Valid, boring objects. What a test depends on it says itself."""
