"""Writes of this app, by file: opening and asking, answering, calling, what was heard, settings."""
