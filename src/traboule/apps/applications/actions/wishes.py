"""What a person wishes of the team: whom they would rather not meet, said on their page or in the talk."""

from datetime import datetime, timedelta

from django.db import transaction

from traboule.apps.people.actions.avoiding import name_the_other, say_own_wish, take_back
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import NotToMeet, Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import authorise

NOT_TO_MEET = "not_to_meet"
RANK = 40


@transaction.atomic
def say_whom_not_to_meet(*, person: Person, words: str, by: Actor, now: datetime) -> NotToMeet:
    """The person says it themselves; the team gets a step, because a proposal may be on its way.

    Raises NothingSaid, TooManyWishes, NotAllowed.
    """
    wish = say_own_wish(person=person, words=words, by=by, now=now)
    open_wish_step(person=person, by=by, now=now)
    return wish


@transaction.atomic
def name_wish(*, wish: NotToMeet, other: Person, by: Actor, now: datetime) -> NotToMeet:
    """The team says whom the words mean; that answers the step too."""
    found = name_the_other(wish=wish, other=other, by=by, now=now)
    close_steps(branch=wish.person.branch, key=step_key(wish.person), by=by, now=now)
    return found


@transaction.atomic
def drop_wish(*, wish: NotToMeet, by: Actor, now: datetime) -> None:
    """The team takes a wish back; that answers the step too."""
    take_back(wish=wish, by=by, now=now)
    close_steps(branch=wish.person.branch, key=step_key(wish.person), by=by, now=now)


@transaction.atomic
def see_wishes(*, person: Person, by: Actor, now: datetime) -> None:
    """The team has read the wishes, and nobody fits yet: the words stay, the step is done."""
    authorise(by, Permission.PEOPLE_WRITE, person.branch_id)
    close_steps(branch=person.branch, key=step_key(person), by=by, now=now)


def step_key(person: Person) -> str:
    """Return the key of the step that asks the team to read the wishes of ``person``."""
    return f"{NOT_TO_MEET}:{person.pk}"


def open_wish_step(*, person: Person, by: Actor, now: datetime) -> None:
    """Ask the team to look at the wishes of ``person``, once."""
    open_step(
        branch=person.branch,
        kind=NOT_TO_MEET,
        key=step_key(person),
        by=by,
        now=now,
        person=person,
        due_on=local_day(now, person.branch.timezone) + timedelta(days=3),
        rank=RANK,
        subject_type="not_to_meet",
        subject_id=person.pk,
    )
