"""Writes of this app, by file: claims, decisions, payments, bank, rates."""
