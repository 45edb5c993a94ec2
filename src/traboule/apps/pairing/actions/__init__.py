"""Everything that changes a run, a proposal or a rule for a pair."""

from traboule.apps.pairing.actions.answers import record_mentee_answer, record_mentor_answer
from traboule.apps.pairing.actions.decisions import mark_told, propose, undo_proposal
from traboule.apps.pairing.actions.errors import (
    AlreadyTold,
    AnswerNeedsAReason,
    MenteeAlreadyInDuo,
    MenteeAlreadyProposed,
    MissingReason,
    NoCapacity,
    NotEligible,
    NotInThePool,
    NotOfThisRun,
    PlaceTaken,
    RuleContradicts,
    SomebodyWasFaster,
)
from traboule.apps.pairing.actions.pair_rules import drop_pair_rule, set_pair_rule
from traboule.apps.pairing.actions.runs import run_matching

__all__ = [
    "AlreadyTold",
    "AnswerNeedsAReason",
    "MenteeAlreadyInDuo",
    "MenteeAlreadyProposed",
    "MissingReason",
    "NoCapacity",
    "NotEligible",
    "NotInThePool",
    "NotOfThisRun",
    "PlaceTaken",
    "RuleContradicts",
    "SomebodyWasFaster",
    "drop_pair_rule",
    "mark_told",
    "propose",
    "record_mentee_answer",
    "record_mentor_answer",
    "run_matching",
    "set_pair_rule",
    "undo_proposal",
]
