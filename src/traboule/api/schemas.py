"""What the interface takes and gives: every field that may ever stand in an answer, and no other."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

LIMIT, MOST = 100, 200
_DAY = r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_MOMENT = _DAY + r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
CURSOR = r"^[0-9a-f]{16}$"


def _day(value: Any) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(_DAY, value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("day", "a day such as 2026-03-31")


def _moment(value: Any) -> datetime:
    try:
        if isinstance(value, str) and re.fullmatch(_MOMENT, value):
            return datetime.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("moment", "a moment such as 2026-03-31T08:00:00Z")


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DAY}$", "example": "2026-03-31"}),
]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "pattern": f"^{_MOMENT}$",
            "example": "2026-03-31T08:00:00Z",
        }
    ),
]
Name = Annotated[str, Field(pattern=CURSOR, description="A made-up name that stays the same for you.")]
Side = Literal["mentor", "mentee"]
PersonState = Literal["new", "pool", "matched", "paused", "left"]
MentorState = Literal["new", "pool", "paused", "left"]
DuoState = Literal["active", "paused", "closed"]
Ending = Literal["completed", "found_work", "change_of_mentor", "early"]
Kind = Literal["job", "internship", "training", "study", "language", "volunteering", "own_business"]
Contract = Literal["permanent", "fixed", "temp", "apprentice", "other", "unknown"]
Evidence = Literal["declared", "documented", "administrative"]
OutcomeState = Literal["told", "verified", "doubted"]


class Closed(Schema):
    """Base of everything that is answered: a field that is not declared is an error, not an extra."""

    model_config = ConfigDict(extra="forbid")


class Person(Closed):
    """Somebody who takes part. Names stand here only for your own dashboard, and only with their consent."""

    id: Name
    sides: list[Side]
    mentor_state: MentorState | None
    mentee_state: PersonState | None
    joined_on: date
    waiting_since: date | None
    places: int | None = Field(default=None, description="How many mentees a mentor takes at once.")
    first_name: str = Field(default="", description="Absent without consent.")
    last_name: str = Field(default="", description="Absent without consent.")


class Duo(Closed):
    """A mentor and a mentee. Why it ended stands here only as far as it says nothing about anybody."""

    id: Name
    state: DuoState
    started_on: date
    planned_end: date
    ended_on: date | None
    mentor: Name | None = None
    mentee: Name | None = None
    ending: Ending | None = None


class Outcome(Closed):
    """What somebody found. ``told``: nobody has verified it yet; ``doubted``: looked at and not confirmed."""

    id: Name
    person: Name
    duo: Name | None
    kind: Kind
    contract: Contract | None
    weekly_hours: float | None
    starts_on: date
    ends_on: date | None = Field(description="Null: it runs on, or the end is not known.")
    evidence: Evidence
    state: OutcomeState
    told_on: date | None = None


class Definition(Closed):
    """One version of an indicator, word for word as its SHA-256 has it."""

    name: str
    version: int
    measure: str
    what: str
    among: str
    clock: str
    months: int
    author: str
    decided_on: date
    kinds: list[str]
    min_days: int
    min_months: int
    grade: str
    floor: int
    slack_days: int
    against: float | None
    source: str


class Indicator(Closed):
    """A figure and everything that belongs beside it. With fewer people than the floor all of it is null."""

    name: str
    version: int
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    definition: Definition
    as_of: date
    says: Literal["figure", "nobody_yet", "nobody_known", "none_counts_yet", "beyond", "too_few"]
    value: float | None
    low: float | None = Field(description="Lower end of the 95 % interval, of those who are known.")
    high: float | None
    interval: str = Field(description="How the interval was made.")
    least: float | None = Field(description="Bound: all who are unknown failed.")
    most: float | None = Field(description="Bound: all who are unknown succeeded.")
    n: int | None = Field(description="Rows whose window has closed.")
    known: int | None
    refused: int | None
    unknown: int | None = Field(description="Not known, or not proven enough.")
    not_due: int | None = Field(description="Rows whose window is still open; null if few.")


class PageOf(Closed):
    """One part of a list."""

    next: str | None = Field(description="Cursor of the next part; null: this is the last one.")


class People(PageOf):
    """People of the branch."""

    items: list[Person]


class Duos(PageOf):
    """Duos of the branch."""

    items: list[Duo]


class Outcomes(PageOf):
    """Outcomes of the branch."""

    items: list[Outcome]


class Indicators(Closed):
    """All indicators of the branch on one day."""

    as_of: date
    items: list[Indicator]


class FieldProblem(Closed):
    """What was expected of one part of the address."""

    field: str
    expected: str


class Problem(Closed):
    """An error as RFC 9457 says, in the language of Accept-Language (en, fr, nl)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Paged(Schema):
    """Which part of a list."""

    limit: int = Field(default=LIMIT, ge=1, le=MOST, description=f"Rows at once, {MOST} at most.")
    cursor: str = Field(default="", description="`next` of the part before.")


class PeopleFilter(Paged):
    """Which people."""

    side: Side | None = None
    state: PersonState | None = None
    joined_from: Day | None = None
    joined_until: Day | None = None
    changed_since: Moment | None = None


class DuosFilter(Paged):
    """Which duos."""

    state: DuoState | None = None
    started_from: Day | None = None
    started_until: Day | None = None
    changed_since: Moment | None = None


class OutcomesFilter(Paged):
    """Which outcomes."""

    kind: Kind | None = None
    state: OutcomeState | None = None
    started_from: Day | None = None
    started_until: Day | None = None
    changed_since: Moment | None = None


class IndicatorsFilter(Schema):
    """On which day."""

    as_of: Day | None = Field(
        default=None, description="Figures stand as of the end of the month before this day."
    )
