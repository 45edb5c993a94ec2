"""How a mentor is: asked after two and four months, voluntary, read by the team; a call if they wish it."""

from datetime import datetime

from django.db import transaction

from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions._writing import link_to, record, tell_side
from traboule.apps.endings.enums import EndingStep
from traboule.apps.endings.models import WellBeing
from traboule.apps.endings.own_enums import Load
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.actions.own import authorise_own
from traboule.apps.steps.actions import open_step
from traboule.apps.support.queries.settings import owner_of
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.links import withdraw_links
from traboule.core.scope import locked
from traboule.kernel.calendar import working_days_after

WELL = "wellbeing.answer"
LONGEST = 1_000
RANK = 25


class WellBeingOver(ValueError):
    """Answered or left out already."""


class NothingSaid(ValueError):
    """Not one thing was said."""


@transaction.atomic
def ask_well_being(*, duo: Duo, month: int, by: Actor, now: datetime) -> WellBeing:
    """Ask the mentor, once for each month; twice changes nothing."""
    row, is_new = WellBeing.everywhere.get_or_create(
        duo=duo, month=month, defaults={"person": duo.mentor, "asked_at": now}
    )
    if is_new:
        link = link_to(WELL, "wellbeing", row.pk, duo.branch_id, now)
        tell_side(duo, duo.mentor, "wellbeing.asked", f"well_being:{row.pk}", by, now, link=link)
        record(duo.branch_id, "duo", duo.pk, "well_being.asked", by, now, month=month)
    return row


@transaction.atomic
def say_well_being(
    *,
    row: WellBeing,
    load: str,
    hard_story: bool,
    wants_talk: bool,
    words: str,
    by: Actor,
    now: datetime,
) -> WellBeing:
    """Write down how the mentor is; who would like to talk is called within two working days.

    Raises WellBeingOver, NothingSaid; NotAllowed for anybody else.
    """
    authorise_own(row.person, by)
    found = _open(row)
    said = words.strip()[:LONGEST]
    if not (load or hard_story or wants_talk or said):
        raise NothingSaid
    found.load = Load(load) if load else ""
    found.hard_story, found.wants_talk, found.words, found.answered_at = hard_story, wants_talk, said, now
    found.save()
    touch(found.person_id, now)
    withdraw_links(subject_type="wellbeing", subject_id=found.pk, now=now)
    record(found.duo.branch_id, "duo", found.duo_id, "well_being.answered", by, now, wants_talk=wants_talk)
    if wants_talk:
        _call(found, by, now)
    return found


@transaction.atomic
def skip_well_being(*, row: WellBeing, by: Actor, now: datetime) -> WellBeing:
    """The mentor would rather not answer; nobody asks again this time. Raises WellBeingOver."""
    authorise_own(row.person, by)
    found = _open(row)
    found.skipped_at = now
    found.save(update_fields=["skipped_at"])
    withdraw_links(subject_type="wellbeing", subject_id=found.pk, now=now)
    record(found.duo.branch_id, "duo", found.duo_id, "well_being.skipped", by, now)
    return found


def _open(row: WellBeing) -> WellBeing:
    found = locked(row)
    if found.answered_at is not None or found.skipped_at is not None:
        raise WellBeingOver
    return found


def _call(row: WellBeing, by: Actor, now: datetime) -> None:
    duo = row.duo
    open_step(
        branch=duo.branch,
        kind=EndingStep.WANTS_TALK,
        key=f"{EndingStep.WANTS_TALK}:{row.pk}",
        by=by,
        now=now,
        person=row.person,
        due_on=working_days_after(local_day(now, duo.branch.timezone), 2),
        owner=owner_of(duo),
        rank=RANK,
        subject_type="duo",
        subject_id=duo.pk,
    )
