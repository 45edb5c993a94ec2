"""Asking the team for advice, and the call back: within two working days, the answer written down."""

from datetime import date, datetime

from django.db import transaction

from traboule.apps.duos.models import Duo
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.enums import Part, Permission, Side
from traboule.apps.people.models import Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.support.actions._writing import record
from traboule.apps.support.enums import AdviceTopic, SupportStep
from traboule.apps.support.models import AdviceCall
from traboule.apps.support.queries.settings import owner_of
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.registry import may_stand_in
from traboule.core.scope import locked
from traboule.kernel.calendar import working_days_after

CLOCK_DAYS = 2  # working days
ADVICE_RANK = 25


class AlreadyAnswered(ValueError):
    """Somebody of the team has called already."""


class NoAnswerWritten(ValueError):
    """What was said must be written down."""


@transaction.atomic
def ask_advice(
    *,
    duo: Duo,
    person: Person,
    topic: AdviceTopic,
    question: str,
    wanted_on: date,
    part: Part,
    by: Actor,
    now: datetime,
) -> AdviceCall:
    """Ask to be called back, on a day that suits; the step is due after two working days at the latest.

    Asking again while a call is awaited replaces the question. The other side is not told.
    """
    authorise_own(person, by)
    today = local_day(now, duo.branch.timezone)
    if person.pk not in (duo.mentor_id, duo.mentee_id) and not may_stand_in(person.pk, duo.pk, today):
        raise ValueError("not in this duo")
    due_on = working_days_after(today, CLOCK_DAYS)
    said = {"topic": topic, "question": question.strip(), "wanted_on": wanted_on, "part": part}
    row, _new = AdviceCall.everywhere.update_or_create(
        duo=duo,
        person=person,
        answered_at=None,
        defaults=said,
        create_defaults={
            **said,
            "branch": duo.branch,
            "side": Side.MENTEE if duo.mentee_id == person.pk else Side.MENTOR,
            "asked_at": now,
            "due_on": due_on,
        },
    )
    _ask_team(row, duo, today, by, now)
    record(duo.branch_id, "advice", row.pk, "advice.asked", by, now, person=person.pk, topic=topic)
    return row


def _ask_team(row: AdviceCall, duo: Duo, today: date, by: Actor, now: datetime) -> None:
    open_step(
        branch=duo.branch,
        kind=SupportStep.ADVICE,
        key=f"{SupportStep.ADVICE}:{row.pk}",
        by=by,
        now=now,
        person=row.person,
        due_on=min(row.due_on, max(today, row.wanted_on)),
        owner=owner_of(duo),
        rank=ADVICE_RANK,
        subject_type="advice",
        subject_id=row.pk,
    )


@transaction.atomic
def answer_advice(*, call: AdviceCall, answer: str, by: Actor, now: datetime) -> AdviceCall:
    """Write down what was said on the phone; a contact. Raises AlreadyAnswered, NoAnswerWritten."""
    authorise(by, Permission.DUOS_WRITE, call.branch_id)
    row = locked(call)
    if row.answered_at is not None:
        raise AlreadyAnswered
    if not answer.strip():
        raise NoAnswerWritten
    row.answer, row.answered_at, row.answered_by_id = answer.strip(), now, by.id
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    touch(row.person_id, now)
    close_steps(branch=row.branch, key=f"{SupportStep.ADVICE}:{row.pk}", by=by, now=now)
    record(row.branch_id, "advice", row.pk, "advice.answered", by, now)
    return row
