"""Persons, logins, roles, profiles, consents, notes, and how they come in."""
