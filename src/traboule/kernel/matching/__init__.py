"""Matching: from profiles to a proven plan of duos.

The function ``options`` is imported from its module of the same name, which this package must not hide.
"""

from traboule.kernel.matching.assignment import ContradictoryDecision, Edges, MissingExtra, Plan, match
from traboule.kernel.matching.certificate import Refusal, verify

__all__ = ["ContradictoryDecision", "Edges", "MissingExtra", "Plan", "Refusal", "match", "verify"]
