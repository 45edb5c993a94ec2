"""Referrers and the associations they work for."""
