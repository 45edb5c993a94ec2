"""Matching: from profiles to a proven plan of duos."""

from traboule.kernel.matching.assignment import ContradictoryDecision, Edges, Plan, match

__all__ = ["ContradictoryDecision", "Edges", "Plan", "match"]
