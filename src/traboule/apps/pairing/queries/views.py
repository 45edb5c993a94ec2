"""What the pages of pairing are given.

Frozen, with names, without ORM objects. Points are thousandths of a point.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from traboule.apps.people.models import Person
from traboule.kernel.calendar import days_waiting


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person on a card. Codes (occupations, languages, needs) are named by the page."""

    id: int
    name: str
    short_name: str
    age: int | None
    commune: str
    commune_code: str
    postcode: str
    latitude: float | None
    longitude: float | None
    place_estimated: bool
    occupations: tuple[str, ...]
    languages: tuple[tuple[str, int], ...]
    waiting_since: date | None = None
    days_waiting: int | None = None
    comes_first: bool = False
    can_wait_until: date | None = None
    needs: tuple[str, ...] = ()
    years_experience: float | None = None
    generalist: bool = False
    capacity: int = 0
    places_left: int = 0


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: a term code with its facts; `weight` is above (for) or below (against) neutral."""

    code: str
    weight: int
    points: int
    out_of: int
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TermLine:
    """One of the ten terms; they sum exactly to the points."""

    code: str
    points: int
    out_of: int
    unknown: bool
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What a choice means for somebody else: `before` → `after`, None for nobody; points gained or lost."""

    mentee: PersonLine
    before: PersonLine | None
    after: PersonLine | None
    difference: int

    @property
    def loses_mentor(self) -> bool:
        return self.after is None


@dataclass(frozen=True, slots=True)
class Taken:
    """Who took something, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OptionView:
    """One mentor on a card.

    `changes` is None when nobody computed it yet: ask what_if. `taken`: gone meanwhile.
    """

    mentor: PersonLine
    rank: int
    is_chosen: bool
    points: int
    terms: tuple[TermLine, ...]
    in_favour: tuple[Why, ...]
    against: tuple[Why, ...]
    unknown: tuple[Why, ...]
    regret: int
    duos_lost: int
    changes: tuple[ChangeLine, ...] | None
    is_available: bool
    taken: Taken | None
    is_locked: bool


@dataclass(frozen=True, slots=True)
class LimitCount:
    """How many mentors a limit keeps away; `code` is a kernel `Limit` or an `enums.Bar`."""

    code: str
    mentors: int


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A mentor whom few limits keep away, and which."""

    mentor: PersonLine
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    """A decision about a pair. `broken` names what keeps a lock from holding today."""

    id: int
    kind: str
    mentee: PersonLine
    mentor: PersonLine
    reason: str
    by: str
    at: datetime
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """The open proposal of a mentee who was on the table."""

    id: int
    mentor: PersonLine
    state: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """One mentee on the table, with up to three options, or with the limits that stand in the way."""

    mentee: PersonLine
    position: int
    urgent: bool
    options: tuple[OptionView, ...]
    reason: str
    mentors_looked_at: int
    limits: tuple[LimitCount, ...]
    nearest: tuple[NearMiss, ...]
    rules: tuple[RuleView, ...]
    in_pool: bool
    proposal: ProposalLine | None

    @property
    def chosen(self) -> OptionView | None:
        return next((option for option in self.options if option.is_chosen), None)


@dataclass(frozen=True, slots=True)
class RunView:
    """The run on the screen and the verdict of the verifier."""

    id: int
    as_of: date
    created_at: datetime
    by: str
    rules_version: str
    seed: int
    pairs: int
    total_points: int
    upper_bound: int
    gap: float
    certificate_holds: bool
    mentees: int
    mentors: int
    places: int


@dataclass(frozen=True, slots=True)
class MapPlace:
    """People of the pools by commune, for a map: degrees, counts, and whether the point is an estimate."""

    commune: str
    commune_code: str
    latitude: float
    longitude: float
    estimated: bool
    mentees: int
    mentors: int


@dataclass(frozen=True, slots=True)
class TableView:
    """The matching table.

    `changes_since` counts people, rules and decisions that differ from what the run read.
    """

    run: RunView | None
    cards: tuple[Card, ...]
    waiting: int
    mentors_ready: int
    places_left: int
    changes_since: int
    rules: tuple[RuleView, ...]
    places: tuple[MapPlace, ...]
    total_cards: int
    not_in_run: tuple[PersonLine, ...] = field(default=())

    @property
    def is_stale(self) -> bool:
        return self.run is not None and self.changes_since > 0


def person_line(person: Person, today: date) -> PersonLine:
    """A line about `person`, who comes with profiles loaded and languages prefetched."""
    mentor, mentee = getattr(person, "mentor", None), getattr(person, "mentee", None)
    profile = mentee or mentor
    since = mentee.waiting_since if mentee else None
    capacity = mentor.capacity if mentor else 0
    return PersonLine(
        id=person.pk,
        name=person.display_name,
        short_name=short_name(person),
        age=person.age_on(today),
        commune=person.commune_name,
        commune_code=person.commune_code,
        postcode=person.postcode,
        latitude=person.latitude,
        longitude=person.longitude,
        place_estimated=person.place_estimated,
        occupations=tuple(profile.occupations) if profile else (),
        languages=tuple((spoken.code, spoken.level) for spoken in person.languages.all()),
        waiting_since=since,
        days_waiting=days_waiting(since, today),
        comes_first=mentee is not None and mentee.comes_first_since is not None,
        can_wait_until=mentee.can_wait_until if mentee else None,
        needs=tuple(mentee.needs) if mentee else (),
        years_experience=mentor.years_experience if mentor else None,
        generalist=mentor.generalist if mentor else False,
        capacity=capacity,
        places_left=max(0, capacity - int(getattr(person, "taken", 0))),
    )


def short_name(person: Person) -> str:
    """First name and an initial, as on the card of a table that others may look at."""
    if person.first_name and person.last_name:
        return f"{person.first_name} {person.last_name[0]}."
    return person.display_name
