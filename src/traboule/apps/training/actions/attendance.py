"""Who came, the signed sheet, and what people thought of it."""

from datetime import datetime, timedelta

from django.db import transaction

from traboule.apps.messages.actions import tell
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.enums import Permission
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.training.actions._shared import login_id, record_session
from traboule.apps.training.actions.sessions import dates_link, missed_key
from traboule.apps.training.enums import Pace, Presence, TrainingStep, Useful
from traboule.apps.training.models import Attendance, Feedback, TrainingSession
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.links import address_of, make_link
from traboule.core.permissions import authorise
from traboule.core.scope import locked

FEEDBACK, SUBJECT = "training.feedback", "attendance"
FEEDBACK_DAYS = 30


class NotYet(ValueError):
    """Nobody has come to a sitting that has not begun."""


class NotedOtherwise(Exception):
    """Somebody else noted otherwise meanwhile: who, when, and what. A human decides."""

    def __init__(self, found: Attendance) -> None:
        super().__init__(found.presence)
        self.by = str(found.noted_by) if found.noted_by else ""
        self.at = found.noted_at
        self.presence = found.presence


@transaction.atomic
def mark_presence(
    *,
    attendance: Attendance,
    presence: Presence,
    seen: str,
    by: Actor,
    now: datetime,
    marked_at: datetime | None = None,
    client_key: str = "",
) -> Attendance:
    """Note whether somebody came, from a list that may be old. ``seen`` is what stood there ("" for nothing).

    ``client_key`` comes from the phone: the same key again changes nothing. Raises NotedOtherwise, NotYet.
    """
    authorise(by, Permission.TRAINING_WRITE, attendance.session.branch_id)
    row = locked(attendance)
    if (client_key and row.client_key == client_key) or row.presence == presence:
        return row
    if row.presence not in (Presence.PLANNED, seen):
        raise NotedOtherwise(row)
    row = note_presence(attendance=row, presence=presence, by=by, now=now)
    row.client_key = client_key
    # A phone whose clock runs ahead has marked nothing in the future.
    row.noted_at = min(marked_at or now, now) if row.noted_at else None
    row.save(update_fields=["client_key", "noted_at"])
    return row


@transaction.atomic
def note_presence(*, attendance: Attendance, presence: Presence, by: Actor, now: datetime) -> Attendance:
    """Note whether somebody came; noting it again corrects it. Raises NotYet.

    Who came is asked what they thought; who did not gets the next dates, and a step stays open.
    """
    session = attendance.session
    authorise(by, Permission.TRAINING_WRITE, session.branch_id)
    if session.starts_at > now and presence != Presence.EXCUSED:
        raise NotYet
    row = locked(attendance)
    if row.presence == presence:
        return row
    before = row.presence
    row.presence = presence
    planned = presence == Presence.PLANNED
    row.noted_at, row.noted_by_id = (None, None) if planned else (now, login_id(by))
    row.save(update_fields=["presence", "noted_at", "noted_by"])
    if presence == Presence.PRESENT:
        touch(row.person_id, now)
        _came(row, by, now)
    elif presence in (Presence.MISSED, Presence.EXCUSED):
        _missed(row, by, now)
    facts = {"person": row.person_id, "from": before, "to": presence}
    record_session(session, "presence_noted", by, now, facts)
    return row


@transaction.atomic
def see_sheet(*, session: TrainingSession, by: Actor, now: datetime) -> TrainingSession:
    """Note that the sheet signed by those who came was seen; twice keeps the first time."""
    authorise(by, Permission.TRAINING_WRITE, session.branch_id)
    row = locked(session)
    if row.sheet_seen_at is not None:
        return row
    row.sheet_seen_at, row.sheet_seen_by_id = now, login_id(by)
    row.save(update_fields=["sheet_seen_at", "sheet_seen_by"])
    record_session(row, "sheet_seen", by, now, {})
    return row


@transaction.atomic
def give_feedback(
    *,
    attendance: Attendance,
    useful: Useful,
    pace: Pace,
    recommends: bool,
    by: Actor,
    now: datetime,
    sentence: str = "",
) -> Feedback:
    """Keep three taps and a sentence; saying it again corrects it. The link is the right to say it."""
    row, _is_new = Feedback.everywhere.update_or_create(
        attendance=attendance,
        defaults={
            "useful": useful,
            "pace": pace,
            "recommends": recommends,
            "sentence": sentence.strip(),
            "given_at": now,
        },
    )
    record_session(attendance.session, "feedback_given", by, now, {"attendance": attendance.pk})
    return row


def feedback_link(attendance: Attendance, now: datetime) -> str:
    """Make a link that opens the three questions about one sitting, and return its secret."""
    return make_link(
        right=FEEDBACK,
        subject_type=SUBJECT,
        subject_id=attendance.pk,
        scope=attendance.session.branch_id,
        now=now,
        ends_at=now + timedelta(days=FEEDBACK_DAYS),
    )


def _came(row: Attendance, by: Actor, now: datetime) -> None:
    session = row.session
    if session.module is not None:
        close_steps(
            branch=session.branch, key=missed_key(row.person_id, session.module.number), by=by, now=now
        )
    _say(row, "training.feedback", feedback_link(row, now), by, now)


def _missed(row: Attendance, by: Actor, now: datetime) -> None:
    session = row.session
    if session.module is None:
        return
    open_step(
        branch=session.branch,
        kind=TrainingStep.MODULE_MISSED,
        key=missed_key(row.person_id, session.module.number),
        by=by,
        now=now,
        person=row.person,
        due_on=local_day(now, session.branch.timezone) + timedelta(days=7),
        rank=55,
        text=session.said_title,
        subject_type="person",
        subject_id=row.person_id,
    )
    _say(row, "training.missed", dates_link(row.person, now), by, now)


def _say(row: Attendance, kind: str, secret: str, by: Actor, now: datetime) -> None:
    tell(
        branch=row.session.branch,
        kind=kind,
        event=f"attendance:{row.pk}",
        values={
            "first_name": row.person.first_name,
            "title": row.session.said_title,
            "branch": row.session.branch.name,
            "link": address_of(secret),
        },
        by=by,
        now=now,
        person=row.person,
        not_after=now + timedelta(days=FEEDBACK_DAYS),
    )
