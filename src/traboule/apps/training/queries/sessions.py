"""Sittings: which come, who has a seat, who has not come for two months."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Avg, Count, F, Q

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MentorState, Permission
from traboule.apps.people.models import Person
from traboule.apps.training.enums import Presence, SessionKind
from traboule.apps.training.models import Attendance, Feedback, TrainingSession
from traboule.apps.training.queries.modules import modules_of
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.core.remember import remembered

# More than a branch can hold on one day, and the few that a page shows.
MOST_A_DAY = 40


@dataclass(frozen=True, slots=True)
class Opinion:
    """What those who came thought: how many answered, 1 to 3, right pace, would recommend."""

    number: int
    useful: float
    right_pace: int
    recommend: int
    sentences: list[str]


def _counted(rows: models.QuerySet[TrainingSession]) -> models.QuerySet[TrainingSession]:
    return rows.select_related("module", "room__venue", "led_by__person").annotate(taken=Count("attendances"))


def sessions_of(
    *, actor: Actor, branch: Branch, now: datetime, past: bool = False
) -> models.QuerySet[TrainingSession]:
    """Return the sittings to come, soonest first, or those gone by, latest first; each with ``taken``."""
    authorise(actor, Permission.TRAINING_SEE, branch.pk)
    rows = _counted(TrainingSession.everywhere.filter(branch=branch, cancelled_at=None))
    if past:
        return rows.filter(ends_at__lt=now).order_by("-starts_at")
    return rows.filter(ends_at__gte=now).order_by("starts_at", "pk")


@dataclass(frozen=True, slots=True)
class Coming:
    """The sittings that end today or later, soonest first, and whether the branch has modules at all."""

    sessions: list[TrainingSession]
    has_modules: bool


def coming_today(*, actor: Actor, branch: Branch, today: date) -> Coming:
    """Return the next sittings as of the morning of ``today``, read once per state of the branch."""
    authorise(actor, Permission.TRAINING_SEE, branch.pk)
    return remembered(branch.pk, f"coming {today}", lambda: _coming(actor, branch, today))


def _coming(actor: Actor, branch: Branch, today: date) -> Coming:
    morning = datetime.combine(today, time(0), tzinfo=ZoneInfo(branch.timezone))
    rows = sessions_of(actor=actor, branch=branch, now=morning)
    return Coming(list(rows[:MOST_A_DAY]), modules_of(branch).exists())


def find_session(*, actor: Actor, branch: Branch, pk: int) -> TrainingSession:
    """Return one sitting with ``taken``. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.TRAINING_SEE, branch.pk)
    rows = _counted(TrainingSession.everywhere.filter(branch=branch, pk=pk))
    row = rows.select_related("module", "room__venue", "branch", "sheet_seen_by", "led_by__person").first()
    if row is None:
        raise NotVisible
    return row


def seats_of(session: TrainingSession) -> models.QuerySet[Attendance]:
    """Return who has a seat, by name."""
    rows = Attendance.everywhere.filter(session=session).select_related("person", "noted_by")
    return rows.order_by("person__last_name", "person__first_name", "pk")


def could_come(session: TrainingSession) -> models.QuerySet[Person]:
    """Return mentors of the branch without a seat: those under way for a module, the ready for the rest."""
    states = (
        [MentorState.NEW] if session.kind == SessionKind.MODULE else [MentorState.POOL, MentorState.PAUSED]
    )
    rows = Person.everywhere.filter(branch_id=session.branch_id, archived_at=None, mentor__state__in=states)
    return rows.exclude(attendances__session=session).order_by("last_name", "first_name", "pk")


def attendances_of(person: Person) -> list[Attendance]:
    """Return every seat of a mentor, the latest sitting first."""
    rows = Attendance.everywhere.filter(person=person, session__cancelled_at=None)
    return list(rows.select_related("session__module").order_by("-session__starts_at"))


def catch_up(person: Person, now: datetime) -> list[TrainingSession]:
    """Return the coming sittings, with a free seat, of modules that this mentor neither did nor planned."""
    settled = Attendance.everywhere.filter(
        person=person, session__module__isnull=False, session__cancelled_at=None
    ).filter(Q(presence=Presence.PRESENT) | Q(presence=Presence.PLANNED, session__ends_at__gte=now))
    coming = TrainingSession.everywhere.filter(
        branch_id=person.branch_id, module__isnull=False, starts_at__gt=now, cancelled_at=None
    ).exclude(module__number__in=settled.values("session__module__number"))
    free = coming.annotate(taken=Count("attendances")).filter(taken__lt=F("seats"))
    return list(free.select_related("module", "room__venue").order_by("starts_at", "pk"))


def planned_for(person: Person, now: datetime) -> list[Attendance]:
    """Return the seats that a mentor holds in sittings to come."""
    rows = Attendance.everywhere.filter(
        person=person, presence=Presence.PLANNED, session__starts_at__gt=now, session__cancelled_at=None
    )
    return list(rows.select_related("session__module", "session__room__venue").order_by("session__starts_at"))


def opinion_of(session: TrainingSession) -> Opinion | None:
    """Return what people thought of a sitting; None before anybody said so."""
    rows = Feedback.everywhere.filter(attendance__session=session)
    told = rows.aggregate(
        number=Count("pk"),
        useful=Avg("useful"),
        right=Count("pk", filter=Q(pace="right")),
        yes=Count("pk", filter=Q(recommends=True)),
    )
    if not told["number"]:
        return None
    sentences = list(rows.exclude(sentence="").order_by("given_at").values_list("sentence", flat=True)[:20])
    return Opinion(told["number"], round(told["useful"], 1), told["right"], told["yes"], sentences)


def attendance_of(pk: int, branch_id: int | None) -> Attendance | None:
    """Return the seat that the link of a feedback is about."""
    rows = Attendance.everywhere.filter(pk=pk, session__branch_id=branch_id or 0)
    return rows.select_related("session__module", "session__branch", "person").first()


def mentor_behind_link(pk: int, branch_id: int | None) -> Person | None:
    """Return the mentor that the link of a choice of dates is about."""
    rows = Person.everywhere.filter(pk=pk, branch_id=branch_id or 0, archived_at=None, mentor__isnull=False)
    return rows.select_related("branch", "mentor").first()
