"""Pairing: match runs, proposals and what coordinators decide. Starts a duo through `duos`."""
