"""The days on which people took the steps of the way in, for the figures of a branch."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery

from traboule.apps.applications.enums import ApplicationState, Presence
from traboule.apps.applications.enums_judging import DecisionState
from traboule.apps.applications.models import Application, Attendance, Decision
from traboule.apps.branches.models import Branch
from traboule.apps.partners.models import Referrer
from traboule.apps.people.enums import MenteeState, MentorState, Permission, Side
from traboule.apps.people.models import MenteeProfile, MentorProfile
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.models import AuditEntry
from traboule.core.permissions import authorise

CONTACT, SESSION, SENT, TALK = "contact", "session", "sent", "talk"
ACCEPTED, READY = "accepted", "ready"
LEFT = "left"
# Families of cohorts beside month and quarter, and what stands for the rest of each.
BY_SESSION, BY_WAY = "session", "way"
OLDER, NO_SESSION, OTHER_PARTNERS, NO_APPLICATION = "older", "none", "others", "none"
# More are neither compared nor read: older sessions and smaller partners are counted together.
MOST_SESSIONS, MOST_PARTNERS = 24, 20
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
    session: int | None = None
    way: str = NO_APPLICATION

    def enter(self, step: str, day: date | None) -> None:
        """Keep the earlier of two days."""
        if day is not None:
            self.entered[step] = min(day, self.entered.get(step, day))


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths of a branch, and the names of the cohorts: sessions by their moment, partners by theirs."""

    of: dict[tuple[int, str], PathOf]
    sessions: dict[int, datetime]
    partners: dict[int, str]


def paths(*, actor: Actor, branch: Branch) -> Paths:
    """Return the path of everybody of a branch up to "ready", by (person, side), in six queries.

    Somebody who has not sent the application yet has no number as a person: the negative number of the
    application stands for it.
    """
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    found: dict[tuple[int, str], PathOf] = {}
    zone = ZoneInfo(branch.timezone)
    came, held = _came(branch)
    partners: dict[int, str] = {}
    asked = _add_applications(found, branch, zone, partners)
    for (person, application), session in came.items():
        own = [found.get((person or 0, side.value)) for side in Side]
        for path in (*own, asked.get(application or 0)):
            if path is not None:
                _enter_session(path, session, held)
    for path in found.values():
        if path.session is not None:
            path.enter(SESSION, held[path.session].astimezone(zone).date())
    _add_people(found, branch, zone)
    return Paths(found, held, partners)


def _add_applications(
    found: dict[tuple[int, str], PathOf], branch: Branch, zone: ZoneInfo, partners: dict[int, str]
) -> dict[int, PathOf]:
    """Add the steps of every application, and the names of partners; return the path of each."""
    moves, reasons = _moves(branch, zone), _reasons(branch)
    sent_by = Referrer.everywhere.filter(login=OuterRef("referred_by"), partner__branch=branch)
    last = sent_by.order_by("-invited_at", "-pk")
    rows: Any = Application.everywhere.filter(branch=branch).order_by("moved_at")
    rows = rows.annotate(
        partner=Subquery(last.values("partner")[:1]), partner_name=Subquery(last.values("partner__name")[:1])
    )
    asked: dict[int, PathOf] = {}
    first: dict[tuple[int, str], datetime] = {}
    for row in rows.defer("answers"):
        path = asked[row.pk] = _path(found, row.person_id or -row.pk, row.side)
        path.enter(CONTACT, row.started_at.astimezone(zone).date())
        path.enter(SENT, row.sent_at.astimezone(zone).date() if row.sent_at else None)
        for step, day in moves.get(str(row.pk), ()):
            path.enter(step, day)
        if row.state == ApplicationState.ACCEPTED and row.decided_at:
            path.enter(ACCEPTED, row.decided_at.astimezone(zone).date())
        if row.partner:
            partners[row.partner] = row.partner_name
        at = (path.person, path.side)
        if at not in first or row.started_at < first[at]:  # how somebody came is how they came first
            first[at], path.way = row.started_at, _way(row)
        stop = str(row.state) if row.state in _STOPS else ""
        path.stopped = reasons.get(row.pk, stop) if stop in DECIDED else stop
    return asked


def _way(row: Any) -> str:
    """By whom somebody came: a partner by its number, else how the application came in."""
    return f"partner-{row.partner}" if row.partner else str(row.source)


def _enter_session(path: PathOf, session: int, held: dict[int, datetime]) -> None:
    """Keep the first session of somebody who came to several."""
    if path.session is None or held[session] < held[path.session]:
        path.session = session


def _moves(branch: Branch, zone: ZoneInfo) -> dict[str, list[tuple[str, date]]]:
    entries = AuditEntry.objects.filter(
        scope=audit.scope_name(branch.pk), subject_type="application", verb__in=list(_VERBS)
    )
    moves: dict[str, list[tuple[str, date]]] = {}
    for subject, verb, at in entries.values_list("subject_id", "verb", "at"):
        moves.setdefault(subject, []).append((_VERBS[verb], at.astimezone(zone).date()))
    return moves


def _came(branch: Branch) -> tuple[dict[tuple[int | None, int | None], int], dict[int, datetime]]:
    """Return the first information session of each person, or of each application without one; and when
    each session was.
    """
    rows = Attendance.everywhere.filter(
        booking__session__branch=branch, booking__session__cancelled_at=None, state=Presence.CAME
    ).order_by("-booking__session__starts_at", "-booking__session")
    came: dict[tuple[int | None, int | None], int] = {}
    held: dict[int, datetime] = {}
    of = "booking__session"
    columns = ("booking__person", "booking__application", of, f"{of}__starts_at")
    for person, application, session, at in rows.values_list(*columns):
        held[session] = at
        for key in ((person, None), (None, application)):
            if key != (None, None):
                came[key] = session
    return came, held


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


def groups_of(found: Paths) -> dict[tuple[int, str], tuple[str, str]]:
    """Return the cohort of each path by its information session, and by the way it came.

    The latest sessions and the partners who sent most stand alone, the others together.
    """
    recent = sorted(found.sessions, key=lambda pk: (found.sessions[pk], pk), reverse=True)[:MOST_SESSIONS]
    sent = Counter(path.way for path in found.of.values() if path.way.startswith("partner-"))
    large = {way for way, _number in sorted(sent.items(), key=lambda row: (-row[1], row[0]))[:MOST_PARTNERS]}
    said: dict[tuple[int, str], tuple[str, str]] = {}
    for at, path in found.of.items():
        session = NO_SESSION if path.session is None else str(path.session)
        if path.session is not None and path.session not in recent:
            session = OLDER
        way = path.way if path.way in large or not path.way.startswith("partner-") else OTHER_PARTNERS
        said[at] = f"{BY_SESSION}:{session}", f"{BY_WAY}:{way}"
    return said


def drawn(found: dict[tuple[int, str], PathOf]) -> Iterator[PathOf]:
    """Yield the paths whose first day is not after a later one's: a contact is never after what followed."""
    for path in found.values():
        if path.entered:
            path.entered[CONTACT] = min(path.entered.values())
            yield path
