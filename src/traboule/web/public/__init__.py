"""Pages that need no role: entrance, preferences, guide, credits, errors."""
