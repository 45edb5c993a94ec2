"""Clocks: a month to answer, two years to keep, thirty days of notice, and nobody twice."""

from datetime import date, datetime, timedelta

import pytest

from tests.apps.privacy.test_erasing import ended_duo
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.apps.privacy import actions
from traboule.apps.privacy.enums import Answer, AskedBy, EraseReason, IdentityCheck, RequestKind
from traboule.apps.privacy.models import ErasureEntry, RetentionNotice, RightsRequest
from traboule.apps.privacy.queries import open_steps, retention_due
from traboule.apps.privacy.rules import is_due, last_day_to_answer
from traboule.core.actors import Actor, system
from traboule.core.each import SomeFailed
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
RUN = system("retention")


class AtOnce:
    """A post that arrives the moment it is written."""

    def send(self, person: Person, *, by: Actor, now: datetime) -> None:
        """Nothing to carry."""

    def reached(self, person: Person, since: datetime) -> datetime | None:
        return since


def run(branch: Branch, now: datetime) -> tuple[int, int]:
    return actions.run_retention(branch=branch, post=AtOnce(), by=RUN, now=now)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def officer(lyon: Branch) -> Actor:
    return make.actor(Role.DPO, lyon)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 3, 2), date(2026, 4, 2)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2026, 3, 31), date(2026, 4, 30)),
    ],
)
def test_an_answer_has_one_month(asked: date, due: date) -> None:
    assert last_day_to_answer(asked) == due


def test_day_729_is_kept_and_day_731_is_due(lyon: Branch) -> None:
    kept = make.mentee(lyon, last_contact_at=NOW - timedelta(days=729))
    due = make.mentee(lyon, last_contact_at=NOW - timedelta(days=731))
    assert [line.person for line in retention_due(branch=lyon, now=NOW)] == [due]
    assert (is_due(kept.last_contact_at, NOW), is_due(due.last_contact_at, NOW)) == (False, True)


def test_first_the_notice_then_thirty_days_then_the_erasure(lyon: Branch) -> None:
    person = make.mentee(lyon, last_contact_at=NOW - timedelta(days=731))
    assert run(lyon, NOW) == (1, 0)
    assert run(lyon, NOW + timedelta(days=29)) == (0, 0)
    assert run(lyon, NOW + timedelta(days=30)) == (0, 1)
    assert run(lyon, NOW + timedelta(days=31)) == (0, 0)
    assert ErasureEntry.everywhere.get().number == person.pk


def test_who_comes_back_after_the_notice_stays(lyon: Branch) -> None:
    person = make.mentee(lyon, last_contact_at=NOW - timedelta(days=731))
    run(lyon, NOW)
    Person.everywhere.filter(pk=person.pk).update(last_contact_at=NOW + timedelta(days=5))
    assert run(lyon, NOW + timedelta(days=40)) == (0, 0)
    later = NOW + timedelta(days=5 + 731)  # the old notice counts for nothing then
    assert run(lyon, later) == (1, 0)


def test_a_hold_stops_the_clock(lyon: Branch, officer: Actor) -> None:
    person = make.mentee(lyon, last_contact_at=NOW - timedelta(days=900))
    actions.set_hold(person=person, reason="A court asked.", until=TODAY + timedelta(60), by=officer, now=NOW)
    assert run(lyon, NOW) == (0, 0)
    assert [line.blocked for line in retention_due(branch=lyon, now=NOW)] == [("legal_hold",)]


def test_a_stand_in_is_never_due(lyon: Branch, officer: Actor) -> None:
    person = make.mentee(lyon)
    ended_duo(person, make.mentor(lyon, last_contact_at=NOW + timedelta(days=9_000)), make.coordinator(lyon))
    now = NOW + timedelta(days=1)
    actions.erase_person(person=person, by=officer, now=now, reason=EraseReason.ASKED)
    assert list(retention_due(branch=lyon, now=NOW + timedelta(days=3_000))) == []


def test_a_record_that_was_merged_away_gets_no_notice_of_its_own(lyon: Branch) -> None:
    kept, gone = make.mentee(lyon, last_contact_at=NOW), make.mentee(lyon, archived_at=NOW)
    Person.everywhere.filter(pk=gone.pk).update(merged_into=kept, last_contact_at=NOW - timedelta(days=900))
    assert list(retention_due(branch=lyon, now=NOW)) == []
    assert run(lyon, NOW) == (0, 0)
    assert run(lyon, NOW + timedelta(days=60)) == (0, 0)


def test_one_notice_that_breaks_stops_nobody_else(lyon: Branch) -> None:
    first, second = (make.mentee(lyon, last_contact_at=NOW - timedelta(days=days)) for days in (900, 800))

    class Breaks(AtOnce):
        def send(self, person: Person, *, by: Actor, now: datetime) -> None:
            if person == first:
                raise ValueError("no")

    with pytest.raises(SomeFailed):
        actions.run_retention(branch=lyon, post=Breaks(), by=RUN, now=NOW)
    assert RetentionNotice.everywhere.get().person == second


def test_asking_twice_is_one_request_with_one_clock(lyon: Branch, officer: Actor) -> None:
    person = make.mentee(lyon)
    first = actions.ask(person=person, kind=RequestKind.ACCESS, asked_by=AskedBy.PHONE, by=officer, now=NOW)
    again = actions.ask(
        person=person, kind=RequestKind.ACCESS, asked_by=AskedBy.DOOR, by=RUN, now=NOW + timedelta(days=3)
    )
    assert again == first
    assert RightsRequest.everywhere.get().due_on == first.due_on


def test_an_open_request_stands_on_today_and_presses_in_its_last_week(lyon: Branch, officer: Actor) -> None:
    person = make.mentee(lyon)
    asked = actions.ask(person=person, kind=RequestKind.ACCESS, asked_by=AskedBy.PHONE, by=officer, now=NOW)
    (early,) = open_steps(lyon.pk, TODAY)
    (late,) = open_steps(lyon.pk, asked.due_on - timedelta(days=7))
    assert (early.reason, late.reason) == ("rights_request_open", "rights_request_late")
    assert late.rank < early.rank
    actions.note_identity(request=asked, check=IdentityCheck.KNOWN, by=officer, now=NOW)
    actions.answer_request(request=asked, answer=Answer.DONE, by=officer, now=NOW)
    assert list(open_steps(lyon.pk, TODAY)) == []
    with pytest.raises(actions.AlreadyAnswered):
        actions.answer_request(request=asked, answer=Answer.DONE, by=officer, now=NOW)


def test_an_answer_needs_to_know_who_asked_and_a_refusal_its_reason(lyon: Branch, officer: Actor) -> None:
    asked = actions.ask(
        person=make.mentee(lyon), kind=RequestKind.ERASE, asked_by=AskedBy.EMAIL, by=officer, now=NOW
    )
    with pytest.raises(actions.AnswerIncomplete) as missing:
        actions.answer_request(request=asked, answer=Answer.DONE, by=officer, now=NOW)
    assert missing.value.code == "identity"
    with pytest.raises(actions.AnswerIncomplete) as why:
        actions.answer_request(request=asked, answer=Answer.REFUSED, by=officer, now=NOW)
    assert why.value.code == "text"


def test_a_coordinator_does_not_answer(lyon: Branch, officer: Actor) -> None:
    asked = actions.ask(
        person=make.mentee(lyon), kind=RequestKind.ERASE, asked_by=AskedBy.EMAIL, by=officer, now=NOW
    )
    with pytest.raises(NotAllowed):
        actions.answer_request(
            request=asked, answer=Answer.REFUSED, text="No.", by=make.coordinator(lyon), now=NOW
        )
