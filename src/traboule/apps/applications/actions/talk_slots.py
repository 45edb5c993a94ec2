"""Offering other dates for a talk, and the choice: of two who reach for one, the first has it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from traboule.apps.applications.actions._slots import put_slots
from traboule.apps.applications.actions.errors_judging import SlotTaken
from traboule.apps.applications.actions.talk_messages import tell_of
from traboule.apps.applications.actions.talks import answer_planned, move_talk, record
from traboule.apps.applications.models import Talk, TalkSlot
from traboule.apps.applications.queries.talks import is_free
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.actors import Actor
from traboule.core.permissions import authorise


@transaction.atomic
def offer_slots(*, talk: Talk, starts: Sequence[datetime], by: Actor, now: datetime) -> list[TalkSlot]:
    """Offer two to five other dates and tell the person; a wish is answered by this.

    Raises SlotsUnfit, TalkIsOver.
    """
    authorise(by, Permission.TALKS_WRITE, talk.branch_id)
    row = answer_planned(talk, by, now)
    slots = put_slots(row, starts, now)
    record(row, "talk.slots_offered", by, now, {"starts": [slot.starts_at for slot in slots]})
    tell_of(row, "talk.slots", f"talk:{row.pk}:{row.moves}:slots:{now:%Y-%m-%dT%H:%M:%S}", by, now)
    return slots


@transaction.atomic
def take_slot(*, talk: Talk, slot_id: int, by: Actor, now: datetime) -> Talk:
    """The person chooses one of the dates: the talk moves there. Raises SlotTaken, TalkIsOver.

    The row of the host is locked first: two people with two talks reach for one hour of one host.
    """
    authorise(by, Permission.TALKS_WRITE, talk.branch_id)
    slot = TalkSlot.everywhere.filter(talk=talk, pk=slot_id, taken_at=None).first()
    if slot is None or slot.starts_at <= now:
        raise SlotTaken
    if slot.host_id is not None:
        Login.objects.select_for_update(of=("self",)).filter(pk=slot.host_id).first()
    if slot.host_id != talk.host_id or not is_free(talk, slot.starts_at):
        raise SlotTaken
    row = move_talk(talk=talk, starts_at=slot.starts_at, by=by, now=now)
    try:
        with transaction.atomic():
            TalkSlot.everywhere.create(
                talk=row,
                host_id=slot.host_id,
                starts_at=slot.starts_at,
                offered_at=slot.offered_at,
                taken_at=now,
            )
    except IntegrityError:  # the lock failed us; the unique date of the host did not
        raise SlotTaken from None
    record(row, "talk.slot_taken", by, now, {"starts_at": slot.starts_at})
    return row
