"""Writes of this app, by file: telling, papers, decisions, twins, answers."""
