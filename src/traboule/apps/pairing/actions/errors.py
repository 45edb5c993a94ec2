"""Why a decision was refused.

Each carries what the person in front of the screen needs to know: codes, names, times.
"""

from collections.abc import Sequence
from datetime import datetime

from traboule.apps.duos.actions import MenteeAlreadyInDuo, NoCapacity, PlaceTaken, SomebodyWasFaster


class MissingReason(ValueError):
    """A decision needs a written reason of at least `validators.SHORTEST_REASON` characters."""


class NotEligible(Exception):
    """Hard limits or earlier decisions stand in the way.

    `limits` holds every code (kernel `Limit` or `enums.Bar`).
    """

    def __init__(self, limits: Sequence[str]) -> None:
        super().__init__(", ".join(limits))
        self.limits = tuple(str(limit) for limit in limits)


class NotInThePool(NotEligible):
    """One of the two does not wait for a duo.

    `limits` says who ("mentee_not_in_pool", "mentor_not_in_pool").
    """


class MenteeAlreadyProposed(SomebodyWasFaster):
    """This mentee has an open proposal: who made it and when. `proposal` is its id."""

    def __init__(self, by: str, at: datetime, proposal: int) -> None:
        super().__init__(by, at)
        self.proposal = proposal


class AlreadyTold(Exception):
    """Somebody was told at `at`, by the person named `by`: the decision cannot be undone, only answered."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(f"told by {by}, {at.isoformat()}")
        self.by = by
        self.at = at


class AnswerNeedsAReason(ValueError):
    """A no carries one of the codes of `enums.DeclineReason`."""


class NotOfThisRun(ValueError):
    """The run belongs to another branch."""


class RuleContradicts(Exception):
    """A lock cannot hold: `code` says why, `limits` which limits fail."""

    def __init__(self, code: str, limits: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.limits = tuple(str(limit) for limit in limits)


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
]
