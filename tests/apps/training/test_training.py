"""Sittings and seats, who came, what is asked, and the human act that makes a mentor ready."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.factories import people as make
from tests.factories import places
from tests.factories import training as train
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.models import SafeguardingCheck
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.actions import pause_person, resume_person
from traboule.apps.people.enums import MentorState, Role
from traboule.apps.people.models import MentorProfile, Person
from traboule.apps.steps.models import OpenStep
from traboule.apps.training.actions import modules as setting
from traboule.apps.training.actions.attendance import NotYet, give_feedback, note_presence, see_sheet
from traboule.apps.training.actions.exchange import tick_exchange_due
from traboule.apps.training.actions.readiness import (
    CannotBeWaived,
    MissingReason,
    NotReady,
    declare_ready,
    take_back_waiver,
    tick_training,
    waive,
)
from traboule.apps.training.actions.sessions import (
    RoomTooSmall,
    SeatUsed,
    SessionFull,
    SessionOver,
    cancel_session,
    enrol,
    give_back_seat,
    plan_session,
)
from traboule.apps.training.enums import Pace, Presence, SessionKind, Useful
from traboule.apps.training.hooks import erase, export
from traboule.apps.training.models import Attendance, ConditionWaiver, Declaration, Feedback
from traboule.apps.training.queries.exchange import not_come_lately
from traboule.apps.training.queries.readiness import states_of
from traboule.apps.training.queries.sessions import catch_up, opinion_of
from traboule.apps.training.rules import HumanNeeded
from traboule.core.actors import Actor, system
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.readiness import Condition

pytestmark = pytest.mark.django_db
CLOCK, LINK = system("clock"), system("link of a mentor")
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Claire")


@pytest.fixture
def anne(lyon: Branch) -> Person:
    return train.candidate(lyon, first_name="Anne")


def open_kinds(person: Person) -> list[str]:
    return sorted(OpenStep.everywhere.filter(person=person, closed_at=None).values_list("kind", flat=True))


def lacking(person: Person) -> list[str]:
    return [state.condition for state in states_of(person, TODAY) if state.is_open]


def mentor_of(person: Person) -> MentorProfile:
    return MentorProfile.everywhere.get(person=person)


# --- seats ------------------------------------------------------------------------------------------------


def test_the_lowest_free_seat_is_given_and_the_same_person_keeps_hers(
    lyon: Branch, claire: Actor, anne: Person
) -> None:
    session = train.sitting(lyon, module=train.modules(lyon)[0], starts_at=TOMORROW, seats=3)
    first = enrol(session=session, person=train.candidate(lyon), by=claire, now=NOW)
    second = enrol(session=session, person=anne, by=claire, now=NOW)
    give_back_seat(attendance=first, by=claire, now=NOW)
    third = enrol(session=session, person=train.candidate(lyon), by=LINK, now=NOW)
    assert [second.seat, third.seat] == [2, 1]
    assert enrol(session=session, person=anne, by=claire, now=NOW) == second
    assert Message.everywhere.filter(person=anne, kind="training.enrolled").count() == 1


def test_nobody_gets_a_seat_that_is_not_there(lyon: Branch, claire: Actor, anne: Person) -> None:
    session = train.sitting(lyon, module=train.modules(lyon)[0], starts_at=TOMORROW, seats=1)
    enrol(session=session, person=train.candidate(lyon), by=claire, now=NOW)
    with pytest.raises(SessionFull):
        enrol(session=session, person=anne, by=claire, now=NOW)
    over = train.sitting(lyon, module=train.modules(lyon)[0], starts_at=NOW - timedelta(days=2))
    with pytest.raises(SessionOver):
        enrol(session=over, person=anne, by=claire, now=NOW)
    with pytest.raises(NotVisible):
        enrol(session=session, person=train.candidate(make.branch()), by=claire, now=NOW)


def test_the_database_knows_a_seat_once(lyon: Branch, anne: Person) -> None:
    session = train.sitting(lyon, starts_at=TOMORROW)
    train.seat(session, anne, Presence.PLANNED)
    with pytest.raises(IntegrityError):
        Attendance.everywhere.create(session=session, person=train.candidate(lyon), seat=1, enrolled_at=NOW)


def test_a_seat_is_not_given_back_after_the_beginning(lyon: Branch, claire: Actor, anne: Person) -> None:
    begun = train.sitting(lyon, starts_at=NOW - timedelta(hours=1))
    with pytest.raises(SessionOver):
        give_back_seat(attendance=train.seat(begun, anne, Presence.PLANNED), by=claire, now=NOW)
    with pytest.raises(SeatUsed):
        give_back_seat(attendance=train.seat(begun, train.candidate(lyon)), by=claire, now=NOW)


def test_a_room_holds_no_more_than_it_holds(lyon: Branch, claire: Actor) -> None:
    small, module = places.room(lyon, capacity=8), train.modules(lyon)[0]
    fields = {"starts_at": TOMORROW, "ends_at": TOMORROW + timedelta(hours=3), "room": small, "seats": 9}
    plan = {"branch": lyon, "kind": SessionKind.MODULE, "module": module, "by": claire, "now": NOW}
    with pytest.raises(RoomTooSmall):
        plan_session(fields=fields, **plan)
    session = plan_session(fields=fields | {"seats": 8}, **plan)
    assert session.said_place.startswith(str(small))
    elsewhere = {**fields, "seats": 5, "room": places.room(make.branch())}
    with pytest.raises(NotVisible):
        plan_session(fields=elsewhere, **plan)


def test_cancelling_tells_those_who_had_a_seat_once(lyon: Branch, claire: Actor, anne: Person) -> None:
    session = train.sitting(lyon, module=train.modules(lyon)[0], starts_at=TOMORROW)
    enrol(session=session, person=anne, by=claire, now=NOW)
    for _ in range(2):
        cancel_session(session=session, by=claire, now=NOW)
    assert Message.everywhere.filter(person=anne, kind="training.cancelled").count() == 1
    with pytest.raises(SessionOver):
        enrol(session=session, person=train.candidate(lyon), by=claire, now=NOW)


# --- who came ---------------------------------------------------------------------------------------------


def test_who_came_is_asked_and_who_missed_hears_the_next_dates(
    lyon: Branch, claire: Actor, anne: Person
) -> None:
    module = train.modules(lyon)[4]
    session = train.sitting(lyon, module=module, starts_at=NOW - timedelta(hours=4))
    came, missed = train.seat(session, anne, Presence.PLANNED), train.candidate(lyon)
    note_presence(attendance=came, presence=Presence.PRESENT, by=claire, now=NOW)
    seat = train.seat(session, missed, Presence.PLANNED)
    note_presence(attendance=seat, presence=Presence.MISSED, by=claire, now=NOW)
    assert Message.everywhere.filter(person=anne).get().kind == "training.feedback"
    assert Message.everywhere.filter(person=missed).get().kind == "training.missed"
    assert open_kinds(missed) == ["module_missed"]
    coming = train.sitting(lyon, module=module, starts_at=TOMORROW)
    assert catch_up(missed, NOW) == [coming]
    enrol(session=coming, person=missed, by=LINK, now=NOW)
    assert (open_kinds(missed), catch_up(missed, NOW), catch_up(anne, NOW)) == ([], [], [])


def test_nobody_has_come_before_the_beginning(lyon: Branch, claire: Actor, anne: Person) -> None:
    seat = train.seat(train.sitting(lyon, starts_at=TOMORROW), anne, Presence.PLANNED)
    with pytest.raises(NotYet):
        note_presence(attendance=seat, presence=Presence.PRESENT, by=claire, now=NOW)
    assert note_presence(attendance=seat, presence=Presence.EXCUSED, by=claire, now=NOW).noted_at == NOW


def test_a_presence_is_corrected_and_the_sheet_is_seen_once(
    lyon: Branch, claire: Actor, anne: Person
) -> None:
    session = train.sitting(lyon, module=train.modules(lyon)[0], starts_at=NOW - timedelta(hours=4))
    seat = train.seat(session, anne, Presence.PLANNED)
    for presence in (Presence.MISSED, Presence.PRESENT):
        seat = note_presence(attendance=seat, presence=presence, by=claire, now=NOW)
    assert (seat.presence, open_kinds(anne)) == (Presence.PRESENT, [])
    first = see_sheet(session=session, by=claire, now=NOW)
    again = see_sheet(session=session, by=make.coordinator(lyon), now=TOMORROW)
    assert (first.sheet_seen_at, again.sheet_seen_by_id) == (NOW, claire.id)


def test_opinions_are_counted_and_corrected_not_doubled(lyon: Branch, anne: Person) -> None:
    session = train.sitting(lyon, starts_at=NOW - timedelta(hours=4))
    seat = train.seat(session, anne)
    assert opinion_of(session) is None
    for useful in (Useful.LITTLE, Useful.VERY):
        give_feedback(
            attendance=seat,
            useful=useful,
            pace=Pace.RIGHT,
            recommends=True,
            sentence="Bien",
            by=LINK,
            now=NOW,
        )
    told = opinion_of(session)
    assert told is not None
    assert (told.number, told.useful, told.right_pace, told.recommend, told.sentences) == (
        1,
        3,
        1,
        1,
        ["Bien"],
    )


# --- ready ------------------------------------------------------------------------------------------------


def test_a_mentor_with_everything_is_declared_ready_by_a_person(anne: Person, claire: Actor) -> None:
    train.complete(anne, claire)
    assert lacking(anne) == []
    with pytest.raises(HumanNeeded):
        declare_ready(person=anne, by=CLOCK, now=NOW)
    declaration = declare_ready(person=anne, by=claire, now=NOW)
    assert declare_ready(person=anne, by=claire, now=NOW) == declaration
    profile = mentor_of(anne)
    assert (profile.state, profile.trained_on) == (MentorState.POOL, TODAY)
    assert [line["condition"] for line in declaration.conditions] == [str(c) for c in Condition]
    assert Message.everywhere.filter(person=anne, kind="training.ready").count() == 1


def test_nobody_is_declared_ready_while_something_lacks(anne: Person, claire: Actor) -> None:
    train.accepted(anne)
    with pytest.raises(NotReady) as trouble:
        declare_ready(person=anne, by=claire, now=NOW)
    assert trouble.value.lacks == ["identity", "references", "safeguarding", "modules"]
    assert (mentor_of(anne).trained_on, Declaration.everywhere.exists()) == (None, False)


def test_a_condition_is_let_go_by_who_may_with_a_reason_and_asked_for_again(
    anne: Person, claire: Actor
) -> None:
    with pytest.raises(MissingReason):
        waive(person=anne, condition=Condition.MODULES, reason="  ", by=claire, now=NOW)
    with pytest.raises(CannotBeWaived):
        waive(person=anne, condition=Condition.PROFILE, reason="no time", by=claire, now=NOW)
    with pytest.raises(NotAllowed):
        waive(person=anne, condition=Condition.SAFEGUARDING, reason="known", by=claire, now=NOW)
    waive(person=anne, condition=Condition.MODULES, reason="trains others", by=claire, now=NOW)
    assert "modules" not in lacking(anne)
    take_back_waiver(person=anne, condition=Condition.MODULES, by=claire, now=NOW)
    assert "modules" in lacking(anne)
    director = make.actor(Role.DIRECTOR, anne.branch)
    assert waive(person=anne, condition=Condition.SAFEGUARDING, reason="abroad", by=director, now=NOW)


def test_a_branch_sets_how_much_it_asks(lyon: Branch, anne: Person, claire: Actor) -> None:
    train.modules(lyon)
    director = make.actor(Role.DIRECTOR, lyon)
    asked = {"modules": 0, "references": 0, "safeguarding": False, "exchange_days": 61}
    with pytest.raises(NotAllowed):
        setting.set_rule(branch=lyon, fields=asked, by=claire, now=NOW)
    setting.set_rule(branch=lyon, fields=asked, by=director, now=NOW)
    assert lacking(anne) == ["application", "identity"]


def test_a_branch_begins_with_the_shipped_modules_and_rewrites_one(lyon: Branch) -> None:
    director = make.actor(Role.DIRECTOR, lyon)
    train.modules(lyon)[0].delete()  # a version exists; the branch has modules already
    assert len(setting.start_modules(branch=lyon, by=director, now=NOW)) == 7
    module = setting.start_modules(branch=lyon, by=director, now=NOW)[0]
    changed = setting.save_module(
        branch=lyon, module=module, fields={"title": "Écouter", "goal": ""}, by=director, now=NOW
    )
    assert (changed.said_title, changed.said_goal != "") == ("Écouter", True)
    fields = {"title": "Extra", "kind": "know_how"}
    assert setting.save_module(branch=lyon, module=None, fields=fields, by=director, now=NOW).number == 9


# --- what the clock does ----------------------------------------------------------------------------------


def test_the_clock_says_who_may_be_declared_ready_and_never_declares(anne: Person, claire: Actor) -> None:
    train.complete(anne, claire)
    for _ in range(2):
        assert tick_training(by=CLOCK, now=NOW) == {"ready_to_declare": 1}
    assert (open_kinds(anne), mentor_of(anne).state) == (["ready_to_declare"], MentorState.NEW)
    declare_ready(person=anne, by=claire, now=NOW)
    assert open_kinds(anne) == []


def test_a_check_is_announced_60_days_before_and_its_end_takes_the_mentor_out_of_the_pool(
    anne: Person, claire: Actor
) -> None:
    declare_ready(person=train.complete(anne, claire), by=claire, now=NOW)
    until = SafeguardingCheck.everywhere.get().valid_until
    assert until is not None
    days = (until - TODAY).days
    done = {
        day: tick_training(by=CLOCK, now=NOW + timedelta(days=day))
        for day in (0, days - 61, days - 60, days, days + 1, days + 2)
    }
    assert list(done.values()) == [{}, {}, {"check_ends": 1}, {"check_ends": 1}, {"left_pool": 1}, {}]
    assert open_kinds(anne) == ["training_check_lapsed"]
    profile = mentor_of(anne)
    assert (profile.state, profile.trained_on) == (MentorState.NEW, None)
    assert Declaration.everywhere.get().ended_because == "lapsed"


def test_a_lapsed_mentor_does_not_come_back_through_a_pause(anne: Person, claire: Actor) -> None:
    declare_ready(person=train.complete(anne, claire), by=claire, now=NOW)
    later = NOW + timedelta(days=800)
    tick_training(by=CLOCK, now=later)
    pause_person(person=anne, until=None, by=claire, now=later)
    resume_person(person=anne, by=claire, now=later)
    assert mentor_of(anne).state == MentorState.NEW


def test_a_new_check_clears_the_steps_and_the_mentor_may_be_declared_again(
    anne: Person, claire: Actor
) -> None:
    declare_ready(person=train.complete(anne, claire), by=claire, now=NOW)
    later = NOW + timedelta(days=800)
    tick_training(by=CLOCK, now=later)
    train.approved_check(anne, claire, make.coordinator(anne.branch), now=later)
    assert open_kinds(anne) == []
    assert tick_training(by=CLOCK, now=later) == {"ready_to_declare": 1}
    declare_ready(person=anne, by=claire, now=later)
    assert (mentor_of(anne).trained_on, open_kinds(anne)) == (later.date(), [])


def test_ready_mentors_who_have_not_come_for_two_months_are_named(lyon: Branch, claire: Actor) -> None:
    never = make.mentor(lyon, trained_on=TODAY - timedelta(days=100))
    lately, long_ago = make.mentor(lyon), make.mentor(lyon)
    make.mentor(lyon, trained_on=TODAY - timedelta(days=61))  # due today, not overdue
    train.seat(train.sitting(lyon, starts_at=NOW - timedelta(days=10)), lately)
    train.seat(train.sitting(lyon, starts_at=NOW - timedelta(days=90)), long_ago)
    found = not_come_lately(actor=claire, branch=lyon, today=TODAY)
    assert [(one.person, one.due_on) for one in found] == [
        (never, TODAY - timedelta(days=39)),
        (long_ago, TODAY - timedelta(days=29)),
    ]


def test_a_step_of_the_branch_says_how_many_miss_the_exchange_until_nobody_does(
    lyon: Branch, claire: Actor
) -> None:
    make.mentor(lyon, trained_on=TODAY - timedelta(days=100))
    late = make.mentor(lyon, trained_on=TODAY - timedelta(days=90))
    for _ in range(2):
        assert tick_exchange_due(by=CLOCK, now=NOW) == 2
    step = OpenStep.everywhere.get(kind="training_exchange_due", closed_at=None)
    assert (step.text, step.due_on) == ("2", TODAY - timedelta(days=39 - 14))
    for person in (late, *Person.everywhere.filter(mentor__isnull=False).exclude(pk=late.pk)):
        train.seat(train.sitting(lyon, starts_at=NOW - timedelta(days=10)), person)
    assert tick_exchange_due(by=CLOCK, now=NOW) == 0
    assert not OpenStep.everywhere.filter(kind="training_exchange_due", closed_at=None).exists()


def test_what_is_held_about_a_person_can_be_shown_and_erased(anne: Person, claire: Actor) -> None:
    declare_ready(person=train.complete(anne, claire), by=claire, now=NOW)
    give_feedback(
        attendance=Attendance.everywhere.filter(person=anne)[0],
        useful=Useful.VERY,
        pace=Pace.RIGHT,
        recommends=True,
        sentence="canary",
        by=LINK,
        now=NOW,
    )
    told = export(anne.pk)
    assert (len(told["attendances"]), "canary" in str(told)) == (8, True)
    erase(anne.pk, NOW)
    left = (Attendance, Feedback, Declaration, ConditionWaiver)
    assert [model.everywhere.count() for model in left] == [0, 0, 0, 0]
