"""How far mentors have come, condition by condition; many at once in a handful of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from traboule.apps.applications.queries.screening import screened
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MentorState, Permission
from traboule.apps.people.models import MentorProfile, Person, SpokenLanguage
from traboule.apps.training.enums import Presence
from traboule.apps.training.models import Attendance, ConditionWaiver, Declaration, Module
from traboule.apps.training.queries.modules import kernel_rules, modules_of
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.readiness import Facts, State, Waiver, conditions, is_ready

# Number of the module, presence, when the sitting began.
Seat = tuple[int, str, datetime]


@dataclass(frozen=True, slots=True)
class Square:
    """One module of one mentor: ``state`` is present, planned, missed or open."""

    number: int
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class MentorLine:
    """One mentor under way."""

    person: Any
    states: tuple[State, ...]
    squares: list[Square]

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of the declaration."""
        return is_ready(self.states)


def mentors_under_way(*, actor: Actor, branch: Branch, text: str = "") -> models.QuerySet[Person]:
    """Return the mentors who are not ready yet, who came first on top. Raises NotAllowed (403)."""
    authorise(actor, Permission.TRAINING_SEE, branch.pk)
    rows = Person.everywhere.filter(branch=branch, archived_at=None, mentor__state=MentorState.NEW)
    return rows.select_related("mentor").order_by("created_at", "pk")


def find_mentor(*, actor: Actor, branch: Branch, pk: int) -> Person:
    """Return somebody who is a mentor. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.TRAINING_SEE, branch.pk)
    speaks = models.Exists(SpokenLanguage.everywhere.filter(person=models.OuterRef("pk")))
    rows = Person.everywhere.filter(branch=branch, pk=pk, mentor__isnull=False).annotate(speaks=speaks)
    person = rows.select_related("mentor", "branch").first()
    if person is None:
        raise NotVisible
    return person


def lines_of(
    *, branch: Branch, persons: Iterable[Person], today: date, modules: list[Module] | None = None
) -> list[MentorLine]:
    """Return each mentor with every condition and a square per module."""
    people = list(persons)
    ids = [person.pk for person in people]
    rules = kernel_rules(branch)
    half_days = list(modules_of(branch)) if modules is None else modules
    seats = _seats(ids)
    facts = facts_of(ids, branch, seats)
    return [
        MentorLine(
            person,
            conditions(facts[person.pk], rules, today),
            [_square(module, seats[person.pk]) for module in half_days],
        )
        for person in people
    ]


def line_of(person: Person, attendances: Iterable[Attendance], today: date) -> MentorLine:
    """Return one mentor of ``find_mentor`` whose seats have been read already: fewer queries."""
    branch = person.branch
    own = [
        (seat.session.module.number or 0, seat.presence, seat.session.starts_at)
        for seat in attendances
        if seat.session.module is not None
    ]
    seats = {person.pk: sorted(own, key=lambda seat: seat[2])}
    lacks = {person.pk: _lacks_of(person.mentor, person, bool(getattr(person, "speaks", False)))}
    facts = facts_of([person.pk], branch, seats, lacks)[person.pk]
    half_days = [_square(module, seats[person.pk]) for module in modules_of(branch)]
    return MentorLine(person, conditions(facts, kernel_rules(branch), today), half_days)


def _square(module: Module, seats: list[Seat]) -> Square:
    """Show the best of a module that was planned more than once."""
    own = [Presence(presence) for number, presence, _at in seats if number == module.number]
    state = max(own, key=lambda presence: _BEST[presence], default=None)
    return Square(module.number, module.said_title, state or "open")


def states_of(person: Person, today: date) -> tuple[State, ...]:
    """Return every condition of one mentor on ``today``."""
    return conditions(facts_of([person.pk], person.branch)[person.pk], kernel_rules(person.branch), today)


def facts_of(
    person_ids: Collection[int],
    branch: Branch,
    seats: Mapping[int, list[Seat]] | None = None,
    profile_lacks: Mapping[int, tuple[str, ...]] | None = None,
) -> Mapping[int, Facts]:
    """Return what is written down about several mentors, as the kernel reads it."""
    screening = screened(person_ids)
    attended = _attended(_seats(person_ids) if seats is None else seats, branch)
    lacks = _profile_lacks(person_ids) if profile_lacks is None else profile_lacks
    waivers = _waivers(person_ids)
    found = {}
    for pk in person_ids:
        seen = screening[pk]
        found[pk] = Facts(
            accepted_on=seen.accepted_on,
            identity_on=seen.identity_on,
            references_on=tuple(seen.references_on),
            check_on=seen.check_on,
            check_until=seen.check_until,
            modules=attended[pk],
            profile_lacks=lacks[pk],
            waivers=waivers[pk],
        )
    return found


def declaration_of(person_id: int) -> Declaration | None:
    """Return the declaration that holds, with who made it."""
    return (
        Declaration.everywhere.filter(person=person_id, ended_at=None).select_related("declared_by").first()
    )


# What one square shows when a module was planned more than once: the best of it.
_BEST = {Presence.PRESENT: 3, Presence.PLANNED: 2, Presence.MISSED: 1, Presence.EXCUSED: 1}


def _seats(ids: Collection[int]) -> dict[int, list[Seat]]:
    found: dict[int, list[Seat]] = defaultdict(list)
    rows = Attendance.everywhere.filter(
        person__in=ids, session__module__isnull=False, session__cancelled_at=None
    ).order_by("session__starts_at")
    columns = ("person", "session__module__number", "presence", "session__starts_at")
    for pk, number, presence, at in rows.values_list(*columns):
        found[pk].append((number or 0, presence, at))
    return found


def _attended(seats: Mapping[int, list[Seat]], branch: Branch) -> dict[int, dict[int, date]]:
    """Return by mentor and module on which day it was first attended."""
    found: dict[int, dict[int, date]] = defaultdict(dict)
    for pk, own in seats.items():
        for number, presence, at in own:
            if presence == Presence.PRESENT:
                found[pk].setdefault(number, local_day(at, branch.timezone))
    return found


def _profile_lacks(ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    speaks = models.Exists(SpokenLanguage.everywhere.filter(person=models.OuterRef("person")))
    found: dict[int, tuple[str, ...]] = defaultdict(lambda: ("languages", "availability", "occupation"))
    rows = MentorProfile.everywhere.filter(person__in=ids).annotate(speaks=speaks).select_related("person")
    for row in rows:
        found[row.person_id] = _lacks_of(row, row.person, row.speaks)
    return found


def _lacks_of(profile: MentorProfile, person: Person, speaks: bool) -> tuple[str, ...]:
    lacks: tuple[str, ...] = () if speaks else ("languages",)
    lacks += () if person.slots else ("availability",)
    return lacks + (() if profile.occupations or profile.generalist else ("occupation",))


def _waivers(ids: Collection[int]) -> dict[int, dict[str, Waiver]]:
    found: dict[int, dict[str, Waiver]] = defaultdict(dict)
    for row in ConditionWaiver.everywhere.filter(person__in=ids).select_related("waived_by"):
        on = timezone.localtime(row.waived_at).date()
        found[row.person_id][row.condition] = Waiver(on, str(row.waived_by), row.reason)
    return found
