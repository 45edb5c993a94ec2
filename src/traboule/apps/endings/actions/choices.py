"""After a duo: what it brought to the mentor, what comes next, and asking once more when the day has come."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from traboule.apps.duos.enums import OPEN_DUO_STATES, DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions._writing import hand_of, link_to, own_or_team, record, tell_side
from traboule.apps.endings.enums import EndingStep
from traboule.apps.endings.models import MentorChoice
from traboule.apps.endings.own_enums import Brought, Onward, OtherRole
from traboule.apps.people.actions import pause_person, resume_person
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.actions.states import move_mentor
from traboule.apps.people.enums import MentorState
from traboule.apps.people.models import MentorProfile, Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.support.enums import Mark
from traboule.apps.support.queries.settings import owner_of
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.links import withdraw_links
from traboule.core.scope import locked
from traboule.kernel.calendar import months_after

CHOOSE = "mentor.onward"
LATEST_MONTHS = 24
RANK = 60


class NoDate(ValueError):
    """Who rests names a day, in the next two years."""


class NotAnEnd(ValueError):
    """The duo has not ended."""


@transaction.atomic
def ask_choice(*, duo: Duo, by: Actor, now: datetime) -> MentorChoice:
    """Ask the mentor of an ended duo what comes next, by a link; doing it twice changes nothing."""
    if duo.state != DuoState.CLOSED:
        raise NotAnEnd
    row, is_new = MentorChoice.everywhere.get_or_create(
        duo=duo, defaults={"person": duo.mentor, "asked_at": now}
    )
    if is_new:
        _send(row, "mentor.onward", f"choice:{row.pk}", by, now)
        record(duo.branch_id, "duo", duo.pk, "choice.asked", by, now)
    return row


@transaction.atomic
def choose(
    *,
    choice: MentorChoice,
    onward: Onward,
    by: Actor,
    now: datetime,
    role: str = "",
    ask_again_on: date | None = None,
    brought: Mapping[str, int] | None = None,
) -> MentorChoice:
    """Write down what a mentor does next, by the mentor or by the team for them; it may change later.

    Resting and another role take the mentor out of the pool, again brings them back, stopping lets them
    leave once no duo runs. Raises NoDate; NotAllowed for anybody else.
    """
    own_or_team(choice.person, by)
    row = locked(choice)
    today = local_day(now, row.duo.branch.timezone)
    if onward == Onward.REST and ask_again_on is None:
        raise NoDate
    if ask_again_on is not None and not today < ask_again_on <= months_after(today, LATEST_MONTHS):
        raise NoDate
    row.onward, row.chosen_at = Onward(onward), now
    row.chosen_by_id = by.id if by.kind is ActorKind.LOGIN else None
    row.role = OtherRole(role) if role and onward == Onward.OTHER_ROLE else ""
    row.ask_again_on = ask_again_on if onward in (Onward.REST, Onward.OTHER_ROLE) else None
    row.asked_again_at = None
    for item, value in (brought or {}).items():
        setattr(row, Brought(item), Mark(value))
    row.save()
    touch(row.person_id, now)
    hand = hand_of(row.person, by)
    _follow(row, hand, now)
    close_steps(branch=row.duo.branch, key=_key(EndingStep.ASKED_AGAIN, row), by=by, now=now)
    record(row.duo.branch_id, "duo", row.duo_id, "choice.made", by, now, onward=str(row.onward))
    return row


@transaction.atomic
def ask_again(*, choice: MentorChoice, by: Actor, now: datetime) -> bool:
    """The day that a mentor named has come: ask once more, and let the team see it. Twice changes nothing.

    Somebody who is in a duo again meanwhile is not asked.
    """
    row = locked(choice)
    today = local_day(now, row.duo.branch.timezone)
    if row.ask_again_on is None or row.ask_again_on > today or row.asked_again_at is not None:
        return False
    row.asked_again_at = now
    row.save(update_fields=["asked_again_at"])
    if _in_duo(row.person):
        return False
    _send(row, "mentor.again", f"choice:{row.pk}:{row.ask_again_on.isoformat()}", by, now)
    _step(EndingStep.ASKED_AGAIN, row, by, now)
    record(row.duo.branch_id, "duo", row.duo_id, "choice.asked_again", by, now)
    return True


def _follow(row: MentorChoice, by: Actor, now: datetime) -> None:
    """Bring the state of the mentor in line with the choice."""
    mentor = MentorProfile.everywhere.filter(person_id=row.person_id).first()
    if mentor is None or mentor.state == MentorState.NEW:
        return
    person = row.person
    if row.onward == Onward.AGAIN:
        if mentor.state == MentorState.PAUSED:
            resume_person(person=person, by=by, now=now)
        elif mentor.state == MentorState.LEFT:
            move_mentor(mentor=mentor, to=MentorState.POOL, by=by, now=now)
    elif row.onward == Onward.STOP and not _in_duo(person):
        move_mentor(mentor=mentor, to=MentorState.LEFT, by=by, now=now)
    elif mentor.state == MentorState.POOL and not getattr(person, "mentee", None):
        pause_person(person=person, until=None, by=by, now=now)
    if row.onward == Onward.OTHER_ROLE:
        _step(EndingStep.OTHER_ROLE, row, by, now)


def _in_duo(person: Person) -> bool:
    return Duo.everywhere.filter(mentor=person, state__in=OPEN_DUO_STATES).exists()


def _send(row: MentorChoice, kind: str, event: str, by: Actor, now: datetime) -> None:
    withdraw_links(subject_type="mentorchoice", subject_id=row.pk, now=now)
    link = link_to(CHOOSE, "mentorchoice", row.pk, row.duo.branch_id, now)
    tell_side(row.duo, row.person, kind, event, by, now, link=link)


def _key(kind: EndingStep, row: MentorChoice) -> str:
    return f"{kind}:{row.pk}"


def _step(kind: EndingStep, row: MentorChoice, by: Actor, now: datetime) -> None:
    duo = row.duo
    open_step(
        branch=duo.branch,
        kind=kind,
        key=_key(kind, row),
        by=by,
        now=now,
        person=row.person,
        due_on=local_day(now, duo.branch.timezone),
        owner=owner_of(duo),
        rank=RANK,
        subject_type="duo",
        subject_id=duo.pk,
    )
