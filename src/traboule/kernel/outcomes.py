"""What became of a mentee: days under contract, evidence, and whether two outcomes are one and the same.

Days are the branch's own calendar days. Unknown is a state: an end that nobody knows is no end, and an
outcome that nobody told is no failure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from traboule.kernel.days import ONE, days_in, window
from traboule.kernel.lifecycle import GRADE
from traboule.kernel.likeness import SAME_WORD, Word, alike, words_of

WORKED = frozenset({"job", "own_business"})
"""Kinds whose days count as days worked; an internship or a training is an outcome, and no day worked."""
SAME_START_DAYS = 14
"""Two people who tell of one contract remember its first day this well. A choice of this house."""
NEAR_START_DAYS = 31
# Words of a name of a firm that say nothing about which firm it is.
EMPTY_WORDS = frozenset(
    (
        *(
            "sa",
            "sas",
            "sasu",
            "sarl",
            "eurl",
            "snc",
            "scop",
            "asbl",
            "sprl",
            "srl",
            "nv",
            "bv",
            "vzw",
            "gmbh",
        ),
        *("la", "le", "les", "de", "du", "des", "et", "l", "d", "the", "chez", "au", "aux", "ste", "societe"),
        *("restaurant", "hotel", "entreprise", "association"),
    )
)


@dataclass(frozen=True, slots=True)
class Window:
    """From `first`, included, to `after`, left out: a window of 365 days holds its first day and 364 more."""

    first: date
    after: date

    @property
    def days(self) -> int:
        """How many days it holds."""
        return max(0, (self.after - self.first).days)


@dataclass(frozen=True, slots=True)
class Span:
    """One contract: its first day and its last, both included.

    Without an end it is open (`is_open`, a permanent contract or an own business: it runs until somebody says
    otherwise), or its end is not known: then it counts up to `seen_on`, the last day it was known to run.
    """

    starts_on: date
    ends_on: date | None = None
    is_open: bool = False
    seen_on: date | None = None


def months_window(first: date, months: int) -> Window:
    """The window of so many months from `first`, which is its first day."""
    first, last = window(first, months)
    return Window(first, last + ONE)


def days_worked(spans: Iterable[Span], window: Window, as_of: date) -> int:
    """Days of `window` up to `as_of` on which at least one contract ran; two at a time count once.

    Several short contracts add up. What lies after `as_of` has not happened yet and counts for nothing. A
    contract that ends before it starts counts for nothing either.
    """
    frame = window.first, min(window.after - ONE, as_of)
    return days_in([(span.starts_on, last_day(span, as_of)) for span in spans], frame)


def longest_contract_days(spans: Iterable[Span], as_of: date) -> int:
    """Days of the longest single contract up to `as_of`; 0 without any."""
    lengths = ((last_day(span, as_of) - span.starts_on + ONE).days for span in spans)
    return max((days for days in lengths if days > 0), default=0)


def last_day(span: Span, as_of: date) -> date:
    """The last day that counts, at most `as_of`."""
    last = as_of if span.is_open else span.seen_on or span.starts_on
    return min(span.ends_on or last, as_of)


def grade_of(papers: Iterable[str]) -> str:
    """The grade of papers of these kinds: declared without any, administrative with one of an office."""
    grade = GRADE.first
    for kind in sorted(set(papers)):
        move = "confirm_by_office" if kind == "office" else "document"
        grade = GRADE.after(grade, move) if GRADE.allows(grade, move) else grade
    return grade


class Sameness(StrEnum):
    """Whether two outcomes may be one."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared of an outcome."""

    kind: str
    starts_on: date
    ends_on: date | None = None
    employer: str = ""


def sameness(one: Told, other: Told) -> Sameness:
    """Compare two outcomes of one person. Symmetric; a person decides in every case.

    The same kind, an employer that may be the same and a near first day. A renewal at the same employer
    starts later than the first contract by more than a month: it is another contract, unless they overlap.
    """
    if one.kind != other.kind:
        return Sameness.NO
    apart = abs((one.starts_on - other.starts_on).days)
    same = same_employer(one.employer, other.employer)
    if same is None:
        return Sameness.POSSIBLE if apart <= SAME_START_DAYS else Sameness.NO
    if same:
        if apart <= SAME_START_DAYS:
            return Sameness.LIKELY
        return Sameness.POSSIBLE if apart <= NEAR_START_DAYS or _overlap(one, other) else Sameness.NO
    # One says the sign over the door, the other the firm on the paper: the same first day makes us look.
    return Sameness.POSSIBLE if apart == 0 else Sameness.NO


def same_employer(one: str, other: str) -> bool | None:
    """Whether two names are of one employer, whatever accents, case, legal form; None if one is missing."""
    mine, theirs = _telling(one), _telling(other)
    if not mine or not theirs:
        return None
    short, long = sorted((mine, theirs), key=len)
    return all(any(alike(word, there) >= SAME_WORD for there in long) for word in short)


def _telling(name: str) -> tuple[Word, ...]:
    words = words_of(name)
    return tuple(word for word in words if word.plain not in EMPTY_WORDS) or words


def _overlap(one: Told, other: Told) -> bool:
    def runs_to(a: Told, b: Told) -> bool:
        return a.ends_on is None or a.ends_on >= b.starts_on

    return runs_to(one, other) and runs_to(other, one)


@dataclass(frozen=True, slots=True)
class OutcomeFact:
    """One outcome as figures need it. `state` and `grade` are those of the lifecycles of these names.

    `is_verified` says that a second person confirmed it as it stands.
    """

    outcome_id: int
    kind: str
    contract: str
    weekly_hours: float | None
    starts_on: date
    ends_on: date | None
    is_open: bool
    seen_on: date
    grade: str
    state: str
    told_on: date

    @property
    def is_verified(self) -> bool:
        """Say whether a second person confirmed it."""
        return self.state == "verified"

    @property
    def span(self) -> Span:
        """The days that it covers."""
        return Span(self.starts_on, self.ends_on, self.is_open, self.seen_on)


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """What was answered on a day without an outcome: nothing yet, would rather not say, not reached."""

    asked_on: date
    answer: str
    whys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DuoFacts:
    """One duo with what is known of the mentee since it began; ids only, no name."""

    duo_id: int
    branch_id: int
    person_id: int
    mentor_id: int
    state: str
    close_reason: str
    started_on: date
    planned_end: date
    ended_on: date | None
    outcomes: tuple[OutcomeFact, ...] = ()
    answers: tuple[AnswerFact, ...] = ()

    def known(self, as_of: date) -> str:
        """What is known up to `as_of`: outcome, nothing_yet, refused, not_reached or unknown.

        An outcome outweighs every answer. Of the answers the latest one that says something counts: whom we
        did not reach afterwards is known no less than before.
        """
        if any(found.starts_on <= as_of and found.told_on <= as_of for found in self.outcomes):
            return "outcome"
        said = sorted((row for row in self.answers if row.asked_on <= as_of), key=lambda row: row.asked_on)
        telling = [row.answer for row in said if row.answer != "not_reached"]
        if telling:
            return {"rather_not": "refused"}.get(telling[-1], telling[-1])
        return "not_reached" if said else "unknown"
