"""What a decision changes about the person: pool, training, leaving; and the way back."""

from datetime import datetime

from traboule.apps.applications.enums_judging import Outcome
from traboule.apps.applications.models import Application, Decision
from traboule.apps.people.actions import move_mentee, move_mentor
from traboule.apps.people.actions.states import StillEngaged
from traboule.apps.people.enums import MenteeState, MentorState, Side
from traboule.apps.people.models import MenteeProfile, MentorProfile, Person
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.registry import STILL_OPEN


def state_of(application: Application) -> str:
    """Return where the person stands on the side of the application; empty without a profile."""
    if application.side == Side.MENTOR:
        mentor = MentorProfile.everywhere.filter(person=application.person).first()
        return mentor.state if mentor else ""
    mentee = MenteeProfile.everywhere.filter(person=application.person).first()
    return mentee.state if mentee else ""


def apply(decision: Decision, *, by: Actor, now: datetime) -> None:
    """Accepted mentees wait from today, mentors go to the training, refused people leave the lists."""
    application = decision.application
    if decision.outcome == Outcome.REFUSED:
        # The clock of retention counts from the last contact: the answer is it.
        if application.person is not None:
            Person.everywhere.filter(pk=application.person.pk).update(last_contact_at=now)
        if decision.person_before == "new":
            _move(application, "left", by, now)
    elif decision.outcome == Outcome.ACCEPTED and application.side == Side.MENTEE:
        _to_the_pool(application, by, now)
    elif decision.outcome == Outcome.ACCEPTED:
        _mentor(application)
        if decision.person_before == MentorState.LEFT:
            _move(application, "new", by, now)


def restore(decision: Decision, *, by: Actor, now: datetime) -> None:
    """Bring the person back to where the decision found them. Raises StillEngaged."""
    application = decision.application
    before, is_now = decision.person_before or "new", state_of(application)
    if before == is_now or not is_now or decision.outcome == Outcome.DEFERRED:
        return
    codes = [code for still_open in STILL_OPEN for code in still_open(application.person_id)]
    if codes:
        raise StillEngaged(codes)
    _move(application, before, by, now)


def come_back(application: Application, *, by: Actor, now: datetime) -> None:
    """Whoever had left the lists is new again."""
    if state_of(application) == "left":
        _move(application, "new", by, now)


def _to_the_pool(application: Application, by: Actor, now: datetime) -> None:
    person = application.person
    if person is None:
        return
    mentee, _new = MenteeProfile.everywhere.get_or_create(person=person)
    if mentee.state in (MenteeState.POOL, MenteeState.MATCHED):
        return
    today = local_day(now, application.branch.timezone)
    mentee.waiting_since = today
    if mentee.can_wait_until is not None and mentee.can_wait_until < today:
        mentee.can_wait_until = None
    mentee.save(update_fields=["waiting_since", "can_wait_until"])
    move_mentee(mentee=mentee, to=MenteeState.POOL, by=by, now=now)


def _mentor(application: Application) -> MentorProfile:
    return MentorProfile.everywhere.get_or_create(person_id=application.person_id)[0]


def _move(application: Application, to: str, by: Actor, now: datetime) -> None:
    if application.side == Side.MENTOR:
        move_mentor(mentor=_mentor(application), to=MentorState(to), by=by, now=now)
        return
    mentee, _new = MenteeProfile.everywhere.get_or_create(person_id=application.person_id)
    move_mentee(mentee=mentee, to=MenteeState(to), by=by, now=now)
