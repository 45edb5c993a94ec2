"""Support of duos: check-ins, absences, warnings, concerns, exchange of practice, closing."""
