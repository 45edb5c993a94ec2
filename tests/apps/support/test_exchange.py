"""Groups of mentors: places that two never share, who came of how many due, notes without names."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import exchange, places
from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role
from traboule.apps.steps.models import OpenStep
from traboule.apps.support.actions.exchange import (
    GatheringOver,
    GatheringPast,
    GroupNameTaken,
    NamesMentee,
    RoomTooSmall,
    cancel_gathering,
    change_members,
    close_group,
    form_group,
    keep_notes,
)
from traboule.apps.support.actions.exchange_answers import (
    GatheringFull,
    MarkedOtherwise,
    answer_invitation,
    mark_presence,
    tick_exchange,
)
from traboule.apps.support.exchange_enums import GatheringPresence
from traboule.apps.support.models import GatheringInvitation, PeerMember
from traboule.apps.support.queries.exchange import attended_in, next_of
from traboule.apps.training.queries.exchange import not_come_lately
from traboule.core.actors import Actor, system
from traboule.core.permissions import NotVisible
from traboule.core.registry import ON_LEAVE

pytestmark = pytest.mark.django_db
LINK = system("link")
CAME, MISSED = GatheringPresence.CAME, GatheringPresence.MISSED


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon)


def test_planning_invites_each_mentor_of_the_group_by_their_own_link(lyon: Branch, claire: Actor) -> None:
    anne, paul = make.mentor(lyon, contact_language="en"), make.mentor(lyon)
    gathering = exchange.gathering(exchange.group(lyon, claire, anne, paul), claire)
    told = list(Message.everywhere.filter(kind="exchange.invited").values_list("person", "body"))
    assert {person for person, _ in told} == {anne.pk, paul.pk}
    assert len({body for _, body in told}) == 2
    invited = next_of(anne.pk, NOW)
    assert invited is not None
    assert invited.gathering_id == gathering.pk


def test_who_joins_later_is_invited_too_and_leaves_the_other_group(lyon: Branch, claire: Actor) -> None:
    anne = make.mentor(lyon)
    exchange.group(lyon, claire, anne, name="Thursday")
    group = exchange.group(lyon, claire, make.mentor(lyon))
    gathering = exchange.gathering(group, claire)
    change_members(group=group, add=[anne], by=claire, now=NOW)
    assert PeerMember.everywhere.get(person=anne).group_id == group.pk
    assert GatheringInvitation.everywhere.filter(gathering=gathering, person=anne).exists()


def test_a_gathering_has_as_many_places_as_it_has(lyon: Branch, claire: Actor) -> None:
    mentors = [make.mentor(lyon) for _ in range(3)]
    gathering = exchange.gathering(exchange.group(lyon, claire, *mentors), claire, places=2)
    seats = [exchange.invitation(gathering, mentor) for mentor in mentors]
    for seat in seats[:2]:
        answer_invitation(invitation=seat, comes=True, by=LINK, now=NOW)
    with pytest.raises(GatheringFull):
        answer_invitation(invitation=seats[2], comes=True, by=LINK, now=NOW)
    answer_invitation(invitation=seats[0], comes=False, by=LINK, now=NOW)
    assert answer_invitation(invitation=seats[2], comes=True, by=LINK, now=NOW).number == 1


def test_nobody_answers_once_it_has_begun_or_is_cancelled(lyon: Branch, claire: Actor) -> None:
    anne = make.mentor(lyon)
    gathering = exchange.gathering(exchange.group(lyon, claire, anne), claire)
    seat = exchange.invitation(gathering, anne)
    with pytest.raises(GatheringOver):
        answer_invitation(invitation=seat, comes=True, by=LINK, now=gathering.starts_at)
    cancel_gathering(gathering=gathering, by=claire, now=NOW)
    cancel_gathering(gathering=gathering, by=claire, now=NOW)
    assert Message.everywhere.filter(kind="exchange.cancelled").count() == 1
    with pytest.raises(GatheringOver):
        answer_invitation(invitation=seat, comes=True, by=LINK, now=NOW)


def test_a_mentor_has_attended_one_of_two_due_in_this_duo(lyon: Branch, claire: Actor) -> None:
    anne = make.mentor(lyon)
    duo = pair.duo(make.mentee(lyon), anne, claire)
    group = exchange.group(lyon, claire, anne)
    for days, state in ((5, CAME), (9, MISSED)):
        gathering = exchange.gathering(group, claire, starts_at=NOW + timedelta(days=days))
        mark_presence(
            invitation=exchange.invitation(gathering, anne),
            state=state,
            seen="",
            by=claire,
            now=gathering.ends_at,
        )
    found = attended_in(duo)
    assert (found.number, found.due, found.is_enough) == (1, 2, False)


def test_who_came_to_a_gathering_is_not_among_those_who_miss_the_exchange(
    lyon: Branch, claire: Actor
) -> None:
    long_ago = NOW.date() - timedelta(days=200)
    anne, paul = make.mentor(lyon, trained_on=long_ago), make.mentor(lyon, trained_on=long_ago)
    gathering = exchange.gathering(exchange.group(lyon, claire, anne, paul), claire)
    for person, state in ((anne, CAME), (paul, MISSED)):
        mark_presence(
            invitation=exchange.invitation(gathering, person),
            state=state,
            seen="",
            by=claire,
            now=gathering.ends_at,
        )
    found = not_come_lately(actor=claire, branch=lyon, today=gathering.ends_at.date())
    assert [absent.person for absent in found] == [paul]


def test_two_who_mark_otherwise_hear_of_each_other_and_the_same_key_counts_once(
    lyon: Branch, claire: Actor
) -> None:
    anne = make.mentor(lyon)
    gathering = exchange.gathering(exchange.group(lyon, claire, anne), claire)
    seat, later = exchange.invitation(gathering, anne), gathering.ends_at
    with pytest.raises(GatheringOver):
        mark_presence(invitation=seat, state=CAME, seen="", by=claire, now=NOW)
    for _ in range(2):
        mark_presence(invitation=seat, state=CAME, seen="", by=claire, now=later, client_key="k1")
    with pytest.raises(MarkedOtherwise):
        mark_presence(invitation=seat, state=MISSED, seen="", by=make.coordinator(lyon), now=later)
    assert mark_presence(invitation=seat, state=MISSED, seen="came", by=claire, now=later).presence == MISSED


def test_notes_that_name_a_mentee_are_refused_whole_words_only(lyon: Branch, claire: Actor) -> None:
    anne = make.mentor(lyon)
    pair.duo(make.mentee(lyon, first_name="Sélam", last_name="Tesfay"), anne, claire)
    gathering = exchange.gathering(exchange.group(lyon, claire, anne), claire)
    with pytest.raises(NamesMentee) as refused:
        keep_notes(gathering=gathering, notes="We spoke of selam.", by=claire, now=NOW)
    assert refused.value.word == "Sélam"
    kept = keep_notes(gathering=gathering, notes="We spoke of Selamat pagi.", by=claire, now=NOW)
    assert kept.notes == "We spoke of Selamat pagi."


def test_a_group_without_a_gathering_in_sixty_days_asks_for_one_once(lyon: Branch, claire: Actor) -> None:
    group = exchange.group(lyon, claire, make.mentor(lyon))
    exchange.gathering(group, claire, starts_at=NOW + timedelta(days=61))
    clock = system("clock")
    assert (tick_exchange(by=clock, now=NOW), tick_exchange(by=clock, now=NOW)) == (1, 1)
    step = OpenStep.everywhere.get(kind="exchange.none_planned", closed_at=None)
    assert (step.text, step.subject_id) == ("Tuesday", group.pk)
    due, omar = step.due_on, make.login(Role.COORDINATOR, lyon)
    OpenStep.everywhere.filter(pk=step.pk).update(owner=omar)
    tick_exchange(by=clock, now=NOW + timedelta(days=2))
    step.refresh_from_db()
    assert (step.due_on, step.owner) == (due, omar)
    exchange.gathering(group, claire)
    step.refresh_from_db()
    assert step.closed_at is not None
    assert tick_exchange(by=clock, now=NOW) == 0


def test_plans_that_cannot_be_are_refused(lyon: Branch, claire: Actor) -> None:
    group = exchange.group(lyon, claire, make.mentor(lyon))
    with pytest.raises(GatheringPast):
        exchange.gathering(group, claire, starts_at=NOW - timedelta(hours=1))
    room = places.room(lyon)
    with pytest.raises(RoomTooSmall):
        exchange.gathering(group, claire, room=room, place="", places=room.capacity + 1)
    with pytest.raises(NotVisible):
        exchange.gathering(group, claire, room=places.room(make.branch()), place="")
    with pytest.raises(NotVisible):
        change_members(group=group, add=[make.mentor()], by=claire, now=NOW)
    with pytest.raises(GroupNameTaken):
        form_group(branch=lyon, name="Tuesday", coordinator=None, by=claire, now=NOW)


def test_a_closed_group_frees_its_mentors_and_its_name(lyon: Branch, claire: Actor) -> None:
    group = exchange.group(lyon, claire, make.mentor(lyon))
    close_group(group=group, by=claire, now=NOW)
    close_group(group=group, by=claire, now=NOW)
    assert not PeerMember.everywhere.exists()
    assert exchange.group(lyon, claire, make.mentor(lyon)).pk != group.pk


def test_who_stops_leaves_the_group_and_gives_the_place_back(lyon: Branch, claire: Actor) -> None:
    mentor, stays = make.mentor(lyon), make.mentor(lyon)
    group = exchange.group(lyon, claire, mentor, stays)
    coming = exchange.gathering(group, claire, places=2)
    answer_invitation(invitation=exchange.invitation(coming, mentor), comes=True, by=LINK, now=NOW)
    for handler in ON_LEAVE:
        handler(mentor, NOW)
    assert list(PeerMember.everywhere.values_list("person", flat=True)) == [stays.pk]
    assert Message.everywhere.get(person=mentor, kind="exchange.invited").state == "withheld"
    answer_invitation(invitation=exchange.invitation(coming, stays), comes=True, by=LINK, now=NOW)


def test_the_hour_is_that_of_the_branch(claire: Actor) -> None:
    far = make.branch(timezone="Indian/Reunion")
    by = make.coordinator(far)
    exchange.gathering(exchange.group(far, by, make.mentor(far)), by, starts_at=NOW + timedelta(days=1))
    at = (NOW + timedelta(days=1)).astimezone(ZoneInfo("Indian/Reunion"))
    assert f"{at:%H:%M}" in Message.everywhere.get(kind="exchange.invited").body


def test_two_records_of_one_mentor_become_one_with_one_invitation(lyon: Branch, claire: Actor) -> None:
    kept, dropped = make.mentor(lyon), make.mentor(lyon)
    gathering = exchange.gathering(exchange.group(lyon, claire, kept, dropped), claire)
    merge = people.merge_people(kept=kept, dropped=dropped, choices={}, by=claire, now=NOW)
    assert GatheringInvitation.everywhere.get(gathering=gathering).person_id == kept.pk
    people.unmerge(merge=merge, by=claire, now=NOW)
    assert GatheringInvitation.everywhere.filter(gathering=gathering).count() == 2
