"""What two people say of one meeting, and what counts until somebody has asked them.

Equal words settle it. Both met but for different lengths: the shorter one counts. One met and the other did
not: nothing counts, the meeting stays open. A coordinator who settles it has the last word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MET, MOVED, MISSED = "met", "moved", "missed"
STATE_OF = {MET: "held", MOVED: "moved", MISSED: "missed"}


class Agreement(StrEnum):
    """How well the words about one meeting fit together."""

    NONE = ""
    ONE = "one"
    EQUAL = "equal"
    LOWER = "lower"
    OPEN = "open"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Account:
    """What one side says: `outcome` is met, moved or missed; `minutes` only if they met."""

    outcome: str
    minutes: int | None = None

    def __post_init__(self) -> None:
        if self.outcome not in STATE_OF:
            raise ValueError(self.outcome)
        if (self.outcome == MET) != (self.minutes is not None):
            raise ValueError("minutes belong to a meeting that took place")


@dataclass(frozen=True, slots=True)
class Value:
    """What counts: the state of the meeting, its minutes if it was held, and how sure that is."""

    state: str
    minutes: int | None
    agreement: Agreement


def value_of(accounts: Sequence[Account]) -> Value:
    """What counts of a meeting about which these accounts were given, one a side, in any order."""
    if not accounts:
        return Value("planned", None, Agreement.NONE)
    outcomes = {account.outcome for account in accounts}
    if len(outcomes) > 1:
        return Value("planned", None, Agreement.OPEN)
    state = STATE_OF[outcomes.pop()]
    lengths = {account.minutes for account in accounts if account.minutes is not None}
    minutes = min(lengths) if lengths else None
    if len(accounts) == 1:
        return Value(state, minutes, Agreement.ONE)
    return Value(state, minutes, Agreement.EQUAL if len(lengths) <= 1 else Agreement.LOWER)
