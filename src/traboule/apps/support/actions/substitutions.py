"""Another mentor stands in for the mentor of a duo, and stops: by itself, at the return, or by a change."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.duos.rules import human
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.apps.steps.actions import close_steps
from traboule.apps.support.actions._writing import first_name, record, say
from traboule.apps.support.enums import EndReason, SupportStep
from traboule.apps.support.models import Absence, Substitution
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.each import each_apart
from traboule.core.permissions import authorise
from traboule.core.scope import locked


class CannotStandIn(ValueError):
    """This person cannot stand in for this duo; ``code``: same_person, taken, closed, over."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def days_of(row: Absence | Substitution) -> dict[str, str]:
    """Return the first and the last day, short, for a message in any language."""
    return {"from": f"{row.from_on:%d/%m}", "until": f"{row.until_on:%d/%m}"}


def step_key(absence: Absence, duo: Duo) -> str:
    """Return under which name the offer of a substitute is open."""
    return f"{SupportStep.SUBSTITUTE}:{absence.pk}:{duo.pk}"


@transaction.atomic
def arrange_substitute(
    *, duo: Duo, substitute: Person, absence: Absence, by: Actor, now: datetime
) -> Substitution:
    """Let another ready mentor stand in from the first to the last day of the absence; all three are told.

    A change is a normal act: who was to stand in on one of these days stops. Whoever stands in on other days
    is left alone. Raises CannotStandIn.
    """
    authorise(by, Permission.DUOS_WRITE, duo.branch_id)
    row = Duo.everywhere.select_for_update(of=("self",)).select_related("branch").get(pk=duo.pk)
    today = local_day(now, row.branch.timezone)
    substitute = locked(substitute)  # two coordinators at once do not give one person two duos
    _refuse(row, substitute, absence, today)
    from_on = max(today, absence.from_on)
    standing = Substitution.everywhere.filter(duo=row, ended_at=None)
    for earlier in standing.filter(from_on__lte=absence.until_on, until_on__gte=from_on):
        end_substitution(substitution=earlier, reason=EndReason.CHANGED, by=by, now=now)
    made = Substitution.everywhere.create(
        duo=row,
        substitute=substitute,
        absence=absence,
        from_on=from_on,
        until_on=absence.until_on,
        arranged_at=now,
        arranged_by_id=human(by),
    )
    for person, kind, other in (
        (row.mentee, "substitute.mentee", substitute),
        (row.mentor, "substitute.mentor", substitute),
        (substitute, "substitute.asked", row.mentee),
    ):
        said = {"other": first_name(other), **days_of(made)}
        if person == substitute:  # who stands in may have no link of their own any more
            said["link"] = my_place_address(person=substitute, now=now)
        say(person, kind, f"substitution:{made.pk}", row.branch, by, now, **said)
    close_steps(branch=row.branch, key=step_key(absence, row), by=by, now=now)
    facts = {"person": substitute.pk, "until_on": made.until_on.isoformat()}
    record(row.branch_id, "duo", row.pk, "duo.substitute_arranged", by, now, **facts)
    return made


def _refuse(duo: Duo, substitute: Person, absence: Absence, today: date) -> None:
    if duo.state not in OPEN_DUO_STATES:
        raise CannotStandIn("closed")
    if substitute.pk in (duo.mentor_id, duo.mentee_id) or substitute.branch_id != duo.branch_id:
        raise CannotStandIn("same_person")
    if absence.person_id != duo.mentor_id or absence.until_on < today or absence.back_on is not None:
        raise CannotStandIn("over")
    busy = Substitution.everywhere.filter(substitute=substitute, ended_at=None).exclude(duo=duo)
    overlaps = busy.filter(from_on__lte=absence.until_on, until_on__gte=absence.from_on)
    if getattr(substitute, "mentor", None) is None or overlaps.exists():
        raise CannotStandIn("taken")


@transaction.atomic
def end_substitution(
    *, substitution: Substitution, reason: EndReason, by: Actor, now: datetime
) -> Substitution:
    """End a substitution, and with it the right to the duo's page; who stood in and the mentee are told.

    The team may end it at any time; the return of the mentor and the last day end it by themselves.
    """
    if reason == EndReason.CHANGED:
        authorise(by, Permission.DUOS_WRITE, substitution.duo.branch_id)
    row = locked(substitution)
    if row.ended_at is not None:
        return row
    row.ended_at, row.end_reason = now, reason
    row.save(update_fields=["ended_at", "end_reason"])
    event, duo = f"substitution:{row.pk}", row.duo
    say(row.substitute, "substitute.ended", event, duo.branch, by, now, other=first_name(duo.mentee))
    if duo.state in OPEN_DUO_STATES:
        say(duo.mentee, "substitute.returned", event, duo.branch, by, now, other=first_name(row.substitute))
    record(duo.branch_id, "duo", duo.pk, "duo.substitute_ended", by, now, reason=reason)
    return row


def end_due_substitutions(branch_id: int, today: date, by: Actor, now: datetime) -> None:
    """End what has seen its last day, or whose duo is closed."""
    rows = Substitution.everywhere.filter(duo__branch_id=branch_id, ended_at=None)
    over = rows.filter(Q(until_on__lt=today) | ~Q(duo__state__in=OPEN_DUO_STATES))
    with each_apart() as apart:
        for row in over.select_related("duo__branch", "duo__mentee", "duo__mentor", "substitute"):
            with apart.one(row):
                end_substitution(substitution=row, reason=EndReason.OVER, by=by, now=now)
