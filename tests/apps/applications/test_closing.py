"""A branch that closes: nobody new, nobody left alone, nobody moved without a yes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import applications as make_application
from tests.factories import follow_ups as make_follow_up
from tests.factories import judging as make_judging
from tests.factories import outcomes as tell
from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories import sessions as make_session
from tests.factories import training as train
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.actions import closing as actions
from traboule.apps.applications.actions.applications import BranchClosed
from traboule.apps.applications.actions.session_bookings import SessionOver
from traboule.apps.applications.models import BranchClosing, ClosingPerson, InfoSession
from traboule.apps.applications.queries.closing import others_open, remaining, takes_people, who_remains
from traboule.apps.branches.models import Branch
from traboule.apps.followups.actions.asking import give_to_call
from traboule.apps.messages.models import Message
from traboule.apps.outcomes.queries.facts import branch_facts
from traboule.apps.people.enums import MenteeState, Role
from traboule.apps.people.models import Login, MenteeProfile, Person
from traboule.apps.steps.actions import open_step
from traboule.apps.steps.models import OpenStep
from traboule.apps.training.models import Attendance, TrainingSession
from traboule.core.actors import Actor, system
from traboule.core.audit import check_chain
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
LINK = system("link of a closing")
DAY = TODAY + timedelta(days=20)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def lille(lyon: Branch) -> Branch:
    return make.branch(slug="lille", organisation=lyon.organisation)


@pytest.fixture
def by(lyon: Branch) -> Actor:
    return make.actor(Role.DIRECTOR, lyon)


def close(lyon: Branch, by: Actor) -> BranchClosing:
    contact = Login.objects.get(pk=by.id)
    return actions.close_branch(branch=lyon, closes_on=DAY, contact=contact, by=by, now=NOW)


def told(lyon: Branch, by: Actor, person: Person) -> ClosingPerson:
    actions.tell_everybody(closing=close(lyon, by), by=by, now=NOW)
    return ClosingPerson.everywhere.get(person=person)


def test_from_the_day_on_nobody_new_comes_in(lyon: Branch, by: Actor) -> None:
    close(lyon, by)
    session = make_session.session(lyon, starts_at=NOW + timedelta(days=30))
    assert takes_people(lyon, DAY - timedelta(days=1))
    assert not takes_people(lyon, DAY)
    make_application.draft(lyon)
    late = NOW + timedelta(days=20)
    with pytest.raises(BranchClosed):
        make_application.draft(lyon, now=late)
    with pytest.raises(SessionOver):
        make_session.booking(session, now=late)


def test_the_decision_tells_nobody_and_is_taken_back_until_then(lyon: Branch, by: Actor) -> None:
    make.mentee(lyon)
    closing = close(lyon, by)
    assert not Message.everywhere.exists()
    actions.undo_closing(closing=closing, by=by, now=LATER)
    assert takes_people(lyon, DAY)
    again = close(lyon, by)
    actions.tell_everybody(closing=again, by=by, now=LATER)
    with pytest.raises(actions.ClosingOver):
        actions.undo_closing(closing=again, by=by, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        BranchClosing.everywhere.filter(pk=again.pk).update(undone_at=LATER)


def test_a_branch_closes_once_and_not_yesterday(lyon: Branch, by: Actor) -> None:
    close(lyon, by)
    with pytest.raises(actions.AlreadyClosing):
        close(lyon, by)
    contact = Login.objects.get(pk=by.id)
    with pytest.raises(ValueError, match="2026"):
        actions.close_branch(
            branch=lyon, closes_on=TODAY - timedelta(days=1), contact=contact, by=by, now=NOW
        )


def test_everybody_who_is_still_here_is_told_once_and_each_open_step_has_an_owner(
    lyon: Branch, by: Actor
) -> None:
    waits, trains = make.mentee(lyon, contact_language="en"), make.mentor(lyon)
    make.mentee(lyon, state=MenteeState.LEFT)
    open_step(branch=lyon, kind="x", key="x", by=by, now=NOW)
    closing = close(lyon, by)
    assert [actions.tell_everybody(closing=closing, by=by, now=NOW) for _ in range(2)] == [2, 0]
    late = make.mentee(lyon)
    assert actions.tell_everybody(closing=closing, by=by, now=LATER) == 1
    assert set(Message.everywhere.values_list("person", "kind")) == {
        (person.pk, "branch.closes") for person in (waits, trains, late)
    }
    assert not OpenStep.everywhere.filter(owner=None, closed_at=None).exists()
    assert OpenStep.everywhere.filter(kind="branch.closing").count() == 3


def test_what_lies_after_the_day_is_called_off(lyon: Branch, by: Actor) -> None:
    before = make_session.session(lyon, starts_at=NOW + timedelta(days=10))
    after = make_session.session(lyon, starts_at=NOW + timedelta(days=25))
    make_session.booking(after, 1)
    sitting = train.sitting(
        lyon, starts_at=NOW + timedelta(days=26), ends_at=NOW + timedelta(days=26, hours=3)
    )
    actions.tell_everybody(closing=close(lyon, by), by=by, now=NOW)
    assert dict(InfoSession.everywhere.values_list("pk", "cancelled_at")) == {before.pk: None, after.pk: NOW}
    assert TrainingSession.everywhere.get(pk=sitting.pk).cancelled_at == NOW
    assert Message.everywhere.filter(kind="session.cancelled").count() == 1


def test_who_says_yes_moves_with_what_is_theirs(lyon: Branch, lille: Branch, by: Actor) -> None:
    application = make_judging.application(lyon)
    person = application.person
    make_judging.talk(application, make.coordinator(lyon))
    make_session.booking(make_session.session(lyon), person=person)
    row = told(lyon, by, person)
    for _ in range(2):
        row = actions.say_yes(told=row, to=lille, by=LINK, now=LATER)
    person.refresh_from_db()
    application.refresh_from_db()
    assert (person.branch, application.branch, application.state) == (lille, lille, "sent")
    assert not OpenStep.everywhere.filter(branch=lyon, person=person, closed_at=None).exists()
    kinds = OpenStep.everywhere.filter(branch=lille, person=person, closed_at=None)
    assert set(kinds.values_list("kind", flat=True)) == {"application.new", "branch.closing"}
    assert not person.session_bookings.filter(state="booked").exists()
    assert list(who_remains(lyon)) == []
    assert (check_chain(lyon.pk), check_chain(lille.pk)) == (None, None)


def test_seats_are_given_back_and_a_file_id_of_somebody_else_is_not_taken(
    lyon: Branch, lille: Branch, by: Actor
) -> None:
    mentor = make.mentor(lyon, external_id="7")
    make.mentee(lille, external_id="7")
    sitting = train.sitting(lyon, starts_at=NOW + timedelta(days=3), ends_at=NOW + timedelta(days=3, hours=3))
    train.seat(sitting, mentor, presence="planned")
    actions.say_yes(told=told(lyon, by, mentor), to=lille, by=LINK, now=NOW)
    mentor.refresh_from_db()
    assert (mentor.branch, mentor.external_id) == (lille, "")
    assert not Attendance.everywhere.exists()


def test_what_became_of_a_duo_stays_with_its_branch_and_somebody_there_looks_at_it(
    lyon: Branch, lille: Branch, by: Actor
) -> None:
    duo = make_follow_up.ended(lyon)
    person = Person.everywhere.get(pk=duo.mentee_id)
    outcome = tell.told(person)
    call = give_to_call(row=make_follow_up.asked(duo), by=LINK, now=NOW)
    OpenStep.everywhere.filter(branch=lyon).update(owner=None)
    MenteeProfile.everywhere.filter(person=person).update(state=MenteeState.POOL)
    actions.say_yes(told=told(lyon, by, person), to=lille, by=LINK, now=LATER)
    outcome.refresh_from_db()
    call.refresh_from_db()
    assert Person.everywhere.get(pk=person.pk).branch == lille
    assert (outcome.branch, outcome.duo, call.branch) == (lyon, duo, lyon)
    left = OpenStep.everywhere.filter(branch=lyon, person=person, closed_at=None)
    steps = {("outcome.to_verify", by.id), ("follow_up.call", by.id)}
    assert set(left.values_list("kind", "owner")) == steps
    assert [len(fact.outcomes) for fact in branch_facts(lyon) if fact.duo_id == duo.pk] == [1]
    assert branch_facts(lille) == []


def test_nobody_moves_without_their_own_yes(lyon: Branch, lille: Branch, by: Actor) -> None:
    person = make.mentee(lyon)
    row = told(lyon, by, person)
    with pytest.raises(NotAllowed):
        actions.say_yes(told=row, to=lille, by=by, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingPerson.everywhere.filter(pk=row.pk).update(moved_to=lille)
    actions.say_no(told=row, by=LINK, now=NOW)
    person.refresh_from_db()
    assert person.branch == lyon
    step = OpenStep.everywhere.get(kind="branch.closing", closed_at=None)
    assert step.owner_id == by.id


def test_a_duo_stays_together_and_a_closing_branch_takes_nobody(
    lyon: Branch, lille: Branch, by: Actor
) -> None:
    mentee, mentor = make.mentee(lyon), make.mentor(lyon)
    pair.duo(mentee, mentor, make.coordinator(lyon))
    row = told(lyon, by, mentee)
    with pytest.raises(actions.CannotMove):
        actions.say_yes(told=row, to=lille, by=LINK, now=NOW)
    found = remaining(actor=by, branch=lyon, closing=row.closing)
    assert (found.untold, found.moved, mentor.pk in found.engaged) == (0, 0, True)
    assert others_open(lyon, TODAY) == [lille]
    close(lille, make.actor(Role.DIRECTOR, lille))
    assert others_open(lyon, TODAY) == []
    elsewhere = make.mentee(lyon)
    actions.tell_everybody(closing=row.closing, by=by, now=LATER)
    with pytest.raises(actions.CannotMove):
        actions.say_yes(told=ClosingPerson.everywhere.get(person=elsewhere), to=lille, by=LINK, now=LATER)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DPO, Role.FUNDER])
def test_only_a_director_or_an_administrator_closes(lyon: Branch, role: Role) -> None:
    with pytest.raises(NotAllowed):
        close(lyon, make.actor(role, lyon))
