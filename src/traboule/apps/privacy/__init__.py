"""Requests, erasure ledger, retention."""
