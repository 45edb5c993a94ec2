"""Nothing yet, would rather not say, not reached: noted as such, with what makes it hard, blaming nobody."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from traboule.apps.outcomes.actions._shared import duos_of_mentee, login_id, was_heard
from traboule.apps.outcomes.actions.telling import may_tell_of
from traboule.apps.outcomes.enums import ToldBy
from traboule.apps.outcomes.models import NoOutcome
from traboule.apps.outcomes.own_enums import Answer, Why
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.models import Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.days import local_day


class WrongDay(ValueError):
    """Asked on a day to come."""


@transaction.atomic
def note_answer(
    *,
    person: Person,
    answer: Answer,
    told_by: ToldBy,
    by: Actor,
    now: datetime,
    whys: Iterable[str] = (),
    asked_on: date | None = None,
    teller: Person | None = None,
) -> NoOutcome:
    """Note what was answered on a day; the last answer of a day and a side stands.

    Reasons go with "nothing yet" alone: a refusal needs none, and of somebody not reached we know none.
    Raises WrongDay, ValueError for a word that is none; NotVisible, NotAllowed.
    """
    may_tell_of(person, teller, told_by, by)
    today = local_day(now, person.branch.timezone)
    day = asked_on or today
    if day > today:
        raise WrongDay
    begun = [duo for duo in duos_of_mentee(person.pk) if duo.started_on <= day]
    kept = sorted({str(Why(why)) for why in whys}) if answer == Answer.NOTHING_YET else []
    row, _ = NoOutcome.everywhere.update_or_create(
        person=person,
        asked_on=day,
        told_by=ToldBy(told_by),
        defaults={
            "branch": person.branch, "duo": begun[-1] if begun else None, "answer": Answer(answer),
            "whys": kept, "recorded_at": now, "recorded_by_id": login_id(by),
        },
    )  # fmt: skip
    if told_by == ToldBy.MENTEE:
        touch(person.pk, now)
    _record(row, by, now)
    was_heard(person.pk, by, now)
    return row


def _record(row: NoOutcome, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=row.branch_id,
        verb="outcome.answered",
        subject_type="nooutcome",
        subject_id=row.pk,
        facts={"person": row.person_id, "answer": str(row.answer), "side": str(row.told_by)},
    )
