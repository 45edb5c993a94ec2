"""What figures are made of: rows of duos, mentors and mentees, as ids and days. Nothing here names anybody.

A field that is None is not written down: unknown, which is neither yes nor no. What became known after the
day of a figure is left out of it by the figure itself, so that a past day can be worked out again.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Grade(StrEnum):
    """How strongly an outcome is proven, from the weakest."""

    DECLARED = "declared"
    DOCUMENTED = "documented"
    ADMINISTRATIVE = "administrative"

    def reaches(self, floor: "Grade") -> bool:
        """Whether this is at least as strong as `floor`."""
        return _STRENGTH[self] >= _STRENGTH[floor]


_STRENGTH = {grade: place for place, grade in enumerate(Grade)}


class Answer(StrEnum):
    """What became of a planned contact after the end."""

    REACHED = "reached"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result of a mentee: `ends_on` is the agreed or the real last day, None if it is open or not known.

    `is_permanent` None: nobody wrote down whether the contract has an end.
    """

    kind: str
    starts_on: date
    known_on: date
    ends_on: date | None = None
    grade: Grade = Grade.DECLARED
    is_permanent: bool | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A contact `month` months after the end: what became of it, and the day of the last try."""

    month: int
    answer: Answer
    on: date


@dataclass(frozen=True, slots=True)
class Rating:
    """What one side (mentor, mentee) said at the end, from 1 to 5."""

    side: str
    value: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Duo:
    """One duo. `minutes` met in all, `rested_days` of its pauses, `cost_cents` with its share of the rest."""

    id: int
    mentor: int
    mentee: int
    started_on: date
    ended_on: date | None = None
    outcomes: tuple[Outcome, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    ratings: tuple[Rating, ...] = ()
    minutes: int | None = None
    rested_days: int = 0
    cost_cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor:
    """One mentor: the day on which the training was complete; `training_is_written` False: nobody knows."""

    id: int
    trained_on: date | None = None
    training_is_written: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentee:
    """One mentee: intake, the day the duo was agreed, and the day of leaving without one."""

    id: int
    intake_on: date | None = None
    matched_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All rows of those whom a figure may speak of."""

    duos: tuple[Duo, ...] = ()
    mentors: tuple[Mentor, ...] = ()
    mentees: tuple[Mentee, ...] = ()
