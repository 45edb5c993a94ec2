"""Other dates for a talk: offered by the team, chosen by the person; of two who reach for one, one has it."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import judging as make_judging
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.applications.actions import talk_slots, talks
from traboule.apps.applications.actions.errors_judging import SlotsUnfit, SlotTaken, TalkIsOver
from traboule.apps.applications.models import Talk, TalkSlot
from traboule.apps.applications.queries.talks import free_slots
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor, system
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
LINK = system("link of a talk")


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def by(lyon: Branch) -> Actor:
    return make.coordinator(lyon)


def at(days: int, hours: int = 0) -> datetime:
    return NOW + timedelta(days=days, hours=hours)


def planned(lyon: Branch, by: Actor, starts_at: datetime | None = None) -> Talk:
    return make_judging.talk(make_judging.application(lyon), by, starts_at=starts_at)


def offer(talk: Talk, by: Actor, *starts: datetime) -> list[TalkSlot]:
    return talk_slots.offer_slots(talk=talk, starts=starts, by=by, now=NOW)


def take(slot: TalkSlot) -> Talk:
    return talk_slots.take_slot(talk=slot.talk, slot_id=slot.pk, by=LINK, now=NOW)


def test_the_person_is_told_of_the_dates_and_takes_one(lyon: Branch, by: Actor) -> None:
    talk = planned(lyon, by)
    slots = offer(talk, by, at(3), at(4))
    moved = take(slots[1])
    assert (moved.starts_at, moved.moves) == (at(4), 1)
    assert list(
        Message.everywhere.exclude(kind="talk.reminder").order_by("pk").values_list("kind", flat=True)
    ) == [
        "talk.planned",
        "talk.slots",
        "talk.moved",
    ]
    (chosen,) = TalkSlot.everywhere.filter(talk=talk)
    assert (chosen.starts_at, chosen.taken_at) == (at(4), NOW)


def test_an_offer_answers_the_wish_and_its_step(lyon: Branch, by: Actor) -> None:
    talk = planned(lyon, by)
    talks.ask_another_date(talk=talk, wish="Tuesdays", by=LINK, now=NOW)
    offer(talk, by, at(3), at(4))
    talk.refresh_from_db()
    assert talk.wish == ""
    assert not OpenStep.everywhere.filter(kind="talk.to_move", closed_at=None).exists()


def test_of_two_people_who_reach_for_one_date_the_first_has_it(lyon: Branch, by: Actor) -> None:
    first, second = planned(lyon, by, at(1)), planned(lyon, by, at(2))
    mine, theirs = offer(first, by, at(3), at(4)), offer(second, by, at(3), at(5))
    take(mine[0])
    with pytest.raises(SlotTaken):
        take(theirs[0])
    second.refresh_from_db()
    assert second.starts_at == at(2)
    assert [slot.starts_at for slot in free_slots(second, NOW)] == [at(5)]


def test_the_database_gives_one_hour_of_one_host_to_one_talk(lyon: Branch, by: Actor) -> None:
    host = Login.objects.get(pk=by.id)
    for hours, raises in ((0, False), (1, True)):
        talk = planned(lyon, by, at(1, hours))
        row = TalkSlot(talk=talk, host=host, starts_at=at(3), offered_at=NOW, taken_at=NOW)
        if raises:
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save()
        else:
            row.save()


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ([3], "number"),
        ([1, 2, 3, 4, 5, 6], "number"),
        ([3, 3], "number"),
        ([-1, 3], "past"),
        ([1, 3], "same"),
    ],
)
def test_dates_that_cannot_be_chosen_are_not_offered(
    lyon: Branch, by: Actor, days: list[int], code: str
) -> None:
    talk = planned(lyon, by)
    with pytest.raises(SlotsUnfit) as unfit:
        offer(talk, by, *map(at, days))
    assert unfit.value.code == code
    assert not TalkSlot.everywhere.exists()


def test_a_date_at_which_the_host_talks_with_somebody_else_is_not_offered(lyon: Branch, by: Actor) -> None:
    planned(lyon, by, at(3))
    talk = planned(lyon, by, at(1))
    with pytest.raises(SlotsUnfit):
        offer(talk, by, at(3) + timedelta(minutes=30), at(5))
    assert len(offer(talk, by, at(3) + timedelta(minutes=45), at(5))) == 2


def test_dates_come_with_the_plan_and_go_with_a_move_or_an_end(lyon: Branch, by: Actor) -> None:
    talk = talks.plan_talk(
        application=make_judging.application(lyon),
        starts_at=at(1),
        host=Login.objects.get(pk=by.id),
        where="12 rue de la Paix",
        others=[at(2), at(3)],
        by=by,
        now=NOW,
    )
    assert TalkSlot.everywhere.count() == 2
    talk = talks.move_talk(talk=talk, starts_at=at(6), by=by, now=NOW)
    assert not TalkSlot.everywhere.exists()
    (slot, _other) = offer(talk, by, at(2), at(3))
    talks.cancel_talk(talk=talk, by=by, now=NOW)
    assert not TalkSlot.everywhere.exists()
    with pytest.raises((SlotTaken, TalkIsOver)):
        take(slot)


def test_only_who_plans_talks_offers_dates(lyon: Branch, by: Actor) -> None:
    talk = planned(lyon, by)
    with pytest.raises(NotAllowed):
        offer(talk, make.actor(Role.FUNDER, lyon), at(3), at(4))
