"""Somebody is away, and is back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.support.actions._writing import first_name, others_of, record, say
from traboule.apps.support.actions.substitutions import days_of, end_substitution, step_key
from traboule.apps.support.enums import EndReason, SupportStep
from traboule.apps.support.models import Absence, Substitution
from traboule.apps.support.queries.absences import duos_left_alone
from traboule.apps.support.queries.settings import owner_of
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.scope import locked

LONGEST = timedelta(days=366)
SUBSTITUTE_RANK = 45


class WrongDays(ValueError):
    """``code`` says why: past, order, too_long, overlap."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def say_away(*, person: Person, from_on: date, until_on: date, by: Actor, now: datetime) -> Absence:
    """Write an absence down: by the person, or by the team on their behalf. Nobody asks why.

    Both people of the duo are told; a mentor who is away for longer than two weeks leaves a step: offer a
    substitute. Raises WrongDays; NotAllowed for anybody else.
    """
    if not _is_own(person, by):
        authorise(by, Permission.DUOS_WRITE, person.branch_id)
    person = locked(person)
    today = local_day(now, person.branch.timezone)
    _check(person, from_on, until_on, today)
    row = Absence.everywhere.create(
        person=person,
        from_on=from_on,
        until_on=until_on,
        said_at=now,
        said_by_id=by.id if by.kind is ActorKind.LOGIN else None,
    )
    touch(person.pk, now)
    for duo in _open_duos(person):
        days = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
        event, other = f"absence:{row.pk}", others_of(duo, person.pk)
        say(other, "absence.other", event, duo.branch, by, now, other=first_name(person), **days_of(row))
        record(duo.branch_id, "duo", duo.pk, "duo.somebody_away", by, now, person=person.pk, **days)
    say(person, "absence.noted", f"absence:{row.pk}", person.branch, by, now, **days_of(row))
    for duo in duos_left_alone(row):
        _offer(row, duo, by, now)
    record(person.branch_id, "person", person.pk, "person.away", by, now, absence=row.pk)
    return row


@transaction.atomic
def say_back(*, absence: Absence, by: Actor, now: datetime) -> Absence:
    """Somebody is back before the day, or does not go at all; who stood in stops. Twice changes nothing."""
    if not _is_own(absence.person, by):
        authorise(by, Permission.DUOS_WRITE, absence.person.branch_id)
    row = locked(absence)
    if row.back_on is not None:
        return row
    row.back_on = local_day(now, row.person.branch.timezone)
    row.save(update_fields=["back_on"])
    touch(row.person_id, now)
    for duo in _open_duos(row.person):
        close_steps(branch=duo.branch, key=step_key(row, duo), by=by, now=now)
    for found in Substitution.everywhere.filter(absence=row, ended_at=None):
        end_substitution(substitution=found, reason=EndReason.RETURNED, by=by, now=now)
    record(row.person.branch_id, "person", row.person_id, "person.back", by, now, absence=row.pk)
    return row


def _is_own(person: Person, by: Actor) -> bool:
    if by.kind is ActorKind.SYSTEM:
        return True
    return by.id is not None and Login.objects.filter(pk=by.id, person=person, is_active=True).exists()


def _check(person: Person, from_on: date, until_on: date, today: date) -> None:
    if until_on < from_on:
        raise WrongDays("order")
    if until_on < today:
        raise WrongDays("past")
    if until_on - from_on > LONGEST:
        raise WrongDays("too_long")
    rows = Absence.everywhere.filter(person=person, from_on__lte=until_on, until_on__gte=from_on)
    if rows.filter(Q(back_on=None) | Q(back_on__gt=from_on)).exists():
        raise WrongDays("overlap")


def _open_duos(person: Person) -> list[Duo]:
    rows = Duo.everywhere.filter(state__in=OPEN_DUO_STATES).filter(Q(mentor=person) | Q(mentee=person))
    return list(rows.select_related("branch", "mentee", "mentor", "started_by").order_by("pk"))


def _offer(absence: Absence, duo: Duo, by: Actor, now: datetime) -> None:
    open_step(
        branch=duo.branch,
        kind=SupportStep.SUBSTITUTE,
        key=step_key(absence, duo),
        by=by,
        now=now,
        person=absence.person,
        due_on=max(local_day(now, duo.branch.timezone), absence.from_on - timedelta(days=7)),
        owner=owner_of(duo),
        rank=SUBSTITUTE_RANK,
        subject_type="absence",
        subject_id=absence.pk,
    )
