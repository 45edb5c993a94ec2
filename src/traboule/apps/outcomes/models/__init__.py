"""The tables of this app."""

from traboule.apps.outcomes.models.outcomes import Evidence, NoOutcome, Outcome

__all__ = ["Evidence", "NoOutcome", "Outcome"]
