"""The days on which people took the steps of the way in, for the figures of a branch."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from traboule.apps.applications.enums import ApplicationState, Presence
from traboule.apps.applications.enums_judging import DecisionState
from traboule.apps.applications.models import Application, Attendance, Decision
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MenteeState, MentorState, Permission, Side
from traboule.apps.people.models import MenteeProfile, MentorProfile
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.models import AuditEntry
from traboule.core.permissions import authorise

CONTACT, SESSION, SENT, TALK = "contact", "session", "sent", "talk"
ACCEPTED, READY = "accepted", "ready"
LEFT = "left"
_VERBS = {
    "application.sent": SENT,
    "application.talk_held": TALK,
    "application.accepted": ACCEPTED,
}
DECIDED = {ApplicationState.REFUSED, ApplicationState.DEFERRED}
_STOPS = {ApplicationState.REFUSED, ApplicationState.DEFERRED, ApplicationState.WITHDRAWN}


@dataclass(slots=True)
class PathOf:
    """One person on one side: the first day of each step, and why the path stopped, if it did."""

    person: int
    side: str
    entered: dict[str, date] = field(default_factory=dict)
    stopped: str = ""

    def enter(self, step: str, day: date | None) -> None:
        """Keep the earlier of two days."""
        if day is not None:
            self.entered[step] = min(day, self.entered.get(step, day))


def paths(*, actor: Actor, branch: Branch) -> dict[tuple[int, str], PathOf]:
    """Return the path of everybody of a branch up to "ready", by (person, side), in six queries.

    Somebody who has not sent the application yet has no number as a person: the negative number of the
    application stands for it.
    """
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    found: dict[tuple[int, str], PathOf] = {}
    zone = ZoneInfo(branch.timezone)
    moves, sessions, reasons = _moves(branch, zone), _came(branch, zone), _reasons(branch)
    rows = Application.everywhere.filter(branch=branch).order_by("moved_at")
    for row in rows.defer("answers"):
        path = _path(found, row.person_id or -row.pk, row.side)
        path.enter(CONTACT, row.started_at.astimezone(zone).date())
        path.enter(SENT, row.sent_at.astimezone(zone).date() if row.sent_at else None)
        for step, day in moves.get(str(row.pk), ()):
            path.enter(step, day)
        if row.state == ApplicationState.ACCEPTED and row.decided_at:
            path.enter(ACCEPTED, row.decided_at.astimezone(zone).date())
        path.enter(SESSION, sessions.get((None, row.pk)))
        stop = str(row.state) if row.state in _STOPS else ""
        path.stopped = reasons.get(row.pk, stop) if stop in DECIDED else stop
    for (person, _none), day in sessions.items():
        for side in Side:
            if person is not None and (person, side.value) in found:
                found[person, side.value].enter(SESSION, day)
    _add_people(found, branch, zone)
    return found


def _moves(branch: Branch, zone: ZoneInfo) -> dict[str, list[tuple[str, date]]]:
    entries = AuditEntry.objects.filter(
        scope=audit.scope_name(branch.pk), subject_type="application", verb__in=list(_VERBS)
    )
    moves: dict[str, list[tuple[str, date]]] = {}
    for subject, verb, at in entries.values_list("subject_id", "verb", "at"):
        moves.setdefault(subject, []).append((_VERBS[verb], at.astimezone(zone).date()))
    return moves


def _came(branch: Branch, zone: ZoneInfo) -> dict[tuple[int | None, int | None], date]:
    """Return the first information session that each person, or each application without one, came to."""
    rows = Attendance.everywhere.filter(
        booking__session__branch=branch, booking__session__cancelled_at=None, state=Presence.CAME
    ).order_by("-booking__session__starts_at")
    came: dict[tuple[int | None, int | None], date] = {}
    columns = ("booking__person", "booking__application", "booking__session__starts_at")
    for person, application, at in rows.values_list(*columns):
        day = at.astimezone(zone).date()
        for key in ((person, None), (None, application)):
            if key != (None, None):
                came[key] = day
    return came


def _reasons(branch: Branch) -> dict[int, str]:
    """Return the coded reason of each application that was refused or put off."""
    rows = Decision.everywhere.filter(branch=branch, state=DecisionState.MADE).exclude(reason="")
    return dict(rows.order_by("decided_at").values_list("application", "reason"))


def _add_people(found: dict[tuple[int, str], PathOf], branch: Branch, zone: ZoneInfo) -> None:
    mentors = MentorProfile.everywhere.filter(person__branch=branch).select_related("person")
    for mentor in mentors:
        path = _path(found, mentor.person_id, Side.MENTOR)
        path.enter(CONTACT, mentor.person.created_at.astimezone(zone).date())
        path.enter(READY, mentor.trained_on)
        if mentor.state == MentorState.LEFT:
            path.stopped = path.stopped or LEFT
    mentees = MenteeProfile.everywhere.filter(person__branch=branch).select_related("person")
    for mentee in mentees:
        path = _path(found, mentee.person_id, Side.MENTEE)
        path.enter(CONTACT, mentee.person.created_at.astimezone(zone).date())
        path.enter(READY, mentee.waiting_since)
        if mentee.state == MenteeState.LEFT:
            path.stopped = path.stopped or LEFT


def _path(found: dict[tuple[int, str], PathOf], person: int, side: str) -> PathOf:
    return found.setdefault((person, str(side)), PathOf(person, str(side)))


def drawn(found: dict[tuple[int, str], PathOf]) -> Iterator[PathOf]:
    """Yield the paths whose first day is not after a later one's: a contact is never after what followed."""
    for path in found.values():
        if path.entered:
            path.entered[CONTACT] = min(path.entered.values())
            yield path
