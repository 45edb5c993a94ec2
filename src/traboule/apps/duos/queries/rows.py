"""Duos as programs of others read them: ids, days and codes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Permission
from traboule.apps.people.queries.rows import Part, agreed, of_part
from traboule.core.actors import Actor
from traboule.core.changes import was_written, written_since
from traboule.core.permissions import authorise

# Joining records of people gives their duos another person.
JOINED = ("person.merged", "person.unmerged")
# A reason may be about somebody's health or family: outside it is told as an early end, like the others.
ENDINGS = {
    CloseReason.COMPLETED: "completed",
    CloseReason.FOUND_WORK: "found_work",
    CloseReason.CHANGE_OF_MENTOR: "change_of_mentor",
}
EARLY = "early"


@dataclass(frozen=True, slots=True, kw_only=True)
class DuosAsked:
    """Which duos; None and empty: no matter. ``consent``: only of mentees who hold to it."""

    state: str = ""
    started_from: date | None = None
    started_until: date | None = None
    changed_since: datetime | None = None
    consent: str = ""


@dataclass(frozen=True, slots=True)
class DuoRow:
    """One duo; ``mentor`` None: this mentor did not give the consent that was asked for."""

    pk: int
    mentor: int | None
    mentee: int
    state: str
    started_on: date
    planned_end: date
    ended_on: date | None
    ending: str


def duo_rows(*, actor: Actor, branch: Branch, part: Part, asked: DuosAsked) -> list[DuoRow]:
    """Return duos of a branch in the order of their ids. At most two queries. Raises NotVisible,
    NotAllowed."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    rows = Duo.objects.visible_to(actor).filter(branch=branch)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.started_from is not None:
        rows = rows.filter(started_on__gte=asked.started_from)
    if asked.started_until is not None:
        rows = rows.filter(started_on__lte=asked.started_until)
    if asked.consent:
        agrees = agreed("mentor_id", asked.consent)
        rows = rows.filter(agreed("mentee_id", asked.consent)).annotate(mentor_agrees=agrees)
    since = asked.changed_since
    if since is not None and not was_written(branch.pk, JOINED, since):
        rows = rows.filter(Q(started_at__gte=since) | Q(written_since(branch.pk, "duo", "pk", since)))
    return [_row(duo) for duo in of_part(rows, part)]


def _row(duo: Duo) -> DuoRow:
    return DuoRow(
        pk=duo.pk,
        mentor=duo.mentor_id if getattr(duo, "mentor_agrees", True) else None,
        mentee=duo.mentee_id,
        state=duo.state,
        started_on=duo.started_on,
        planned_end=duo.ends_on,
        ended_on=duo.closed_on,
        ending=ENDINGS.get(CloseReason(duo.close_reason), EARLY) if duo.close_reason else "",
    )
