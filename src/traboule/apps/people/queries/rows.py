"""People as programs of others read them: codes and days; a name only beside the consent that it needs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import ConsentPurpose, Permission, Side
from traboule.apps.people.models import Consent, Person
from traboule.core.actors import Actor
from traboule.core.changes import was_written, written_since
from traboule.core.days import local_day
from traboule.core.permissions import authorise

# One entry of the log that stands for many rows.
FILES = ("people.imported",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a list in the order of the rows: after which row, and how many at most."""

    limit: int
    after: int = 0
    only: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleAsked:
    """Which people; None and empty: no matter. ``consent``: only those who gave it and still hold to it."""

    side: str = ""
    state: str = ""
    joined_from: date | None = None
    joined_until: date | None = None
    changed_since: datetime | None = None
    consent: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person; states are empty for a side on which they do not stand, names without their consent."""

    pk: int
    sides: tuple[str, ...]
    mentor_state: str
    mentee_state: str
    places: int | None
    joined_on: date
    waiting_since: date | None
    first_name: str
    last_name: str


def person_rows(
    *, actor: Actor, branch: Branch, part: Part, asked: PeopleAsked, names_need: ConsentPurpose
) -> list[PersonRow]:
    """Return people of a branch in the order of their ids; archived and joined records are left out.

    One query, whatever the number of rows. Raises NotVisible, NotAllowed.
    """
    authorise(actor, Permission.PEOPLE_SEE, branch.pk)
    rows = Person.objects.visible_to(actor).filter(branch=branch, archived_at=None, merged_into=None)
    rows = _asked(rows, branch, asked).annotate(may_be_named=agreed("pk", names_need))
    found = of_part(rows, part).select_related("mentor", "mentee")
    return [_row(person, branch.timezone) for person in found]


def agreed(key: str, purpose: str) -> Exists:
    """Return a condition: the person under ``key`` agreed to this and has not taken it back."""
    return Exists(Consent.everywhere.filter(person=OuterRef(key), purpose=purpose, withdrawn_at=None))


def of_part(rows: "QuerySet[Any]", part: Part) -> "QuerySet[Any]":
    """Return one part of rows by id: stable, whatever is written between two parts."""
    if part.only is not None:
        rows = rows.filter(pk=part.only)
    return rows.filter(pk__gt=part.after).order_by("pk")[: part.limit]


def _asked(rows: "QuerySet[Person]", branch: Branch, asked: PeopleAsked) -> "QuerySet[Person]":
    if asked.side:
        rows = rows.filter(**{f"{Side(asked.side).value}__isnull": False})
    if asked.state:
        rows = rows.filter(Q(mentor__state=asked.state) | Q(mentee__state=asked.state))
    if asked.joined_from is not None:
        rows = rows.filter(created_at__date__gte=asked.joined_from)
    if asked.joined_until is not None:
        rows = rows.filter(created_at__date__lte=asked.joined_until)
    if asked.consent:
        rows = rows.filter(agreed("pk", asked.consent))
    since = asked.changed_since
    if since is None or was_written(branch.pk, FILES, since):
        return rows
    return rows.filter(Q(created_at__gte=since) | Q(written_since(branch.pk, "person", "pk", since)))


def _row(person: Any, timezone: str) -> PersonRow:
    mentor, mentee = getattr(person, "mentor", None), getattr(person, "mentee", None)
    sides = [side.value for side, held in ((Side.MENTOR, mentor), (Side.MENTEE, mentee)) if held is not None]
    return PersonRow(
        pk=person.pk,
        sides=tuple(sides),
        mentor_state=mentor.state if mentor is not None else "",
        mentee_state=mentee.state if mentee is not None else "",
        places=mentor.capacity if mentor is not None else None,
        joined_on=local_day(person.created_at, timezone),
        waiting_since=mentee.waiting_since if mentee is not None else None,
        first_name=person.first_name if person.may_be_named else "",
        last_name=person.last_name if person.may_be_named else "",
    )
