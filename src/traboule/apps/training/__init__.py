"""Modules, training sessions, attendance, readiness."""
