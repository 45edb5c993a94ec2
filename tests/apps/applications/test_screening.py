"""Screening: references of every fate, identity without a copy, a check with a second look."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from tests.factories import judging
from tests.factories import people as make
from tests.factories import training as train
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.actions import references as asking
from traboule.apps.applications.actions import screening as acting
from traboule.apps.applications.hooks_screening import erase, export, missing
from traboule.apps.applications.models import IdentityCheck, Reference, SafeguardingCheck
from traboule.apps.applications.queries.decisions import ready_to_accept
from traboule.apps.applications.queries.screening import screening_lacks
from traboule.apps.applications.screening_enums import Document, Known, ReferenceState, Trust
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Channel, Role, Side
from traboule.apps.people.models import Person
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.actors import Actor, system
from traboule.core.links import LinkUnknown, open_link
from traboule.core.permissions import NotAllowed, NotVisible

pytestmark = pytest.mark.django_db
CLOCK = system("clock")
REFEREE = system("referee")


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Claire")


@pytest.fixture
def anne(lyon: Branch) -> Person:
    return train.candidate(lyon, first_name="Anne", last_name="Martin")


def secret_in(message: Message) -> str:
    return message.body.split("/l/")[1].split("/")[0]


def answer(reference: Reference, **more: object) -> Reference:
    said: dict[str, object] = {"known": Known.OVER_FIVE, "trust": Trust.YES, "by": REFEREE, "now": NOW}
    return asking.answer_reference(reference=reference, **(said | more))  # type: ignore[arg-type]  # mixed values


def open_kinds(person: Person) -> list[str]:
    return sorted(OpenStep.everywhere.filter(person=person, closed_at=None).values_list("kind", flat=True))


def test_a_referee_reads_who_asks_about_whom_and_how_long_it_takes(anne: Person, claire: Actor) -> None:
    train.reference(anne, claire, language="en")
    message = Message.everywhere.get(kind="reference.ask")
    assert message.address == "j@example.org"
    assert all(word in message.body for word in ("Jeanne Roux", "Anne Martin", "Claire", "three minutes"))
    assert open_link(secret=secret_in(message), now=NOW).right == "reference.give"


def test_a_reference_needs_an_address_that_we_can_write_to(anne: Person, claire: Actor) -> None:
    for channel, address in ((Channel.EMAIL, " "), (Channel.PHONE, "+33612345678")):
        with pytest.raises(asking.NoAddress):
            train.reference(anne, claire, channel=channel, address=address)
    assert not Reference.everywhere.exists()


def test_reminders_come_on_days_5_and_10_and_the_end_on_day_21(anne: Person, claire: Actor) -> None:
    reference = train.reference(anne, claire)
    done = [acting.tick_screening(by=CLOCK, now=NOW + timedelta(days=day)) for day in range(22)]
    assert {day: what for day, what in enumerate(done) if what} == {
        5: {"reminded": 1},
        10: {"reminded": 1},
        21: {"expired": 1},
    }
    reference.refresh_from_db()
    assert (reference.state, reference.reminders) == (ReferenceState.EXPIRED, 2)
    assert open_kinds(anne) == ["reference_expired"]


def test_a_clock_that_slept_sends_one_reminder_and_no_stale_one(anne: Person, claire: Actor) -> None:
    train.reference(anne, claire)
    assert acting.tick_screening(by=CLOCK, now=NOW + timedelta(days=12)) == {"reminded": 1}
    assert acting.tick_screening(by=CLOCK, now=NOW + timedelta(days=12)) == {}
    assert Message.everywhere.filter(kind="reference.remind").count() == 1


def test_asking_another_referee_closes_the_step(anne: Person, claire: Actor) -> None:
    train.reference(anne, claire)
    acting.tick_screening(by=CLOCK, now=NOW + timedelta(days=30))
    train.reference(anne, claire, referee="Paul", address="p@example.org", now=NOW + timedelta(days=31))
    assert open_kinds(anne) == []


def test_a_late_answer_counts_and_closes_the_step(anne: Person, claire: Actor) -> None:
    reference = train.reference(anne, claire)
    acting.tick_screening(by=CLOCK, now=NOW + timedelta(days=25))
    late = answer(reference, now=NOW + timedelta(days=40))
    assert (late.state, open_kinds(anne)) == (ReferenceState.ANSWERED, [])
    entry = audit.entries(anne.branch_id).filter(verb="reference.answered").get()
    assert entry.facts["late"] is True


def test_an_answer_is_given_once(anne: Person, claire: Actor) -> None:
    reference = train.reference(anne, claire)
    answer(reference, trust=Trust.NO, text="Never.")
    with pytest.raises(asking.NotOpen):
        answer(reference, trust=Trust.YES, text="Changed my mind.")
    reference.refresh_from_db()
    assert (reference.trust, reference.text) == (Trust.NO, "Never.")


def test_a_doubt_is_put_before_a_person(anne: Person, claire: Actor) -> None:
    answer(train.reference(anne, claire), trust=Trust.BESIDE)
    assert open_kinds(anne) == ["reference_doubt"]
    assert "references" in screening_lacks(anne.pk, today=TODAY)


def test_a_referee_may_prefer_a_call_and_the_team_writes_the_answer_down(anne: Person, claire: Actor) -> None:
    reference = train.reference(anne, claire)
    asking.ask_for_call(reference=reference, by=REFEREE, now=NOW)
    asking.ask_for_call(reference=reference, by=REFEREE, now=NOW)
    assert open_kinds(anne) == ["reference_call"]
    assert acting.tick_screening(by=CLOCK, now=NOW + timedelta(days=10)) == {}
    row = answer(reference, by=claire)
    assert (row.taken_by_id, open_kinds(anne)) == (claire.id, [])


def test_a_withdrawn_question_opens_nothing_any_more(anne: Person, claire: Actor) -> None:
    reference = train.reference(anne, claire)
    secret = secret_in(Message.everywhere.get(kind="reference.ask"))
    asking.withdraw_reference(reference=reference, by=claire, now=NOW)
    with pytest.raises(LinkUnknown):
        open_link(secret=secret, now=NOW)
    with pytest.raises(asking.NotOpen):
        answer(reference)


def test_an_answered_reference_has_an_answer_in_the_database_too(anne: Person, claire: Actor) -> None:
    reference = train.reference(anne, claire)
    with pytest.raises(IntegrityError):
        Reference.everywhere.filter(pk=reference.pk).update(state="answered")


def test_only_the_branch_screens(anne: Person) -> None:
    with pytest.raises(NotVisible):
        train.reference(anne, make.coordinator(make.branch()))
    with pytest.raises(NotAllowed):
        train.reference(anne, make.actor(Role.MENTOR, anne.branch))


def test_a_document_is_not_seen_tomorrow_nor_by_a_clock(anne: Person, claire: Actor) -> None:
    seen = {"person": anne, "document": Document.PASSPORT, "now": NOW}
    with pytest.raises(acting.DateInFuture):
        acting.note_identity(**seen, seen_on=TODAY + timedelta(days=1), by=claire)
    with pytest.raises(asking.PersonNeeded):
        acting.note_identity(**seen, seen_on=TODAY, by=CLOCK)
    acting.note_identity(**seen, seen_on=TODAY, by=claire)
    assert "identity" not in screening_lacks(anne.pk, today=TODAY)


def test_a_check_counts_after_a_second_look_of_somebody_else(anne: Person, claire: Actor) -> None:
    check = acting.ask_check(person=anne, by=claire, now=NOW)
    assert acting.ask_check(person=anne, by=claire, now=NOW) == check
    check = acting.note_check(check=check, seen_on=TODAY, issued_on=TODAY, by=claire, now=NOW)
    assert ("safeguarding" in screening_lacks(anne.pk, today=TODAY), open_kinds(anne)) == (
        True,
        ["check_approve"],
    )
    with pytest.raises(acting.SamePair):
        acting.approve_check(check=check, by=claire, now=NOW)
    acting.approve_check(check=check, by=make.coordinator(anne.branch), now=NOW)
    assert ("safeguarding" in screening_lacks(anne.pk, today=TODAY), open_kinds(anne)) == (False, [])
    with pytest.raises(acting.NotSeen):
        acting.approve_check(check=check, by=make.coordinator(anne.branch), now=NOW)


def test_the_database_refuses_one_person_on_both_sides_of_a_second_look(anne: Person, claire: Actor) -> None:
    check = train.approved_check(anne, claire, make.coordinator(anne.branch))
    with pytest.raises(IntegrityError):
        SafeguardingCheck.everywhere.filter(pk=check.pk).update(approved_by=claire.id)


def test_a_second_look_may_send_back(anne: Person, claire: Actor) -> None:
    check = acting.ask_check(person=anne, by=claire, now=NOW)
    check = acting.note_check(check=check, seen_on=TODAY, issued_on=TODAY, by=claire, now=NOW)
    check = acting.send_back_check(check=check, by=make.coordinator(anne.branch), now=NOW)
    assert (check.seen_on, check.noted_by_id, open_kinds(anne)) == (None, None, [])


@pytest.mark.parametrize(("country", "until"), [("FR", date(2028, 3, 1)), ("BE", date(2027, 3, 2))])
def test_how_long_a_check_counts_follows_from_the_country(country: str, until: date) -> None:
    branch = make.branch(country=country)
    check = train.approved_check(train.candidate(branch), make.coordinator(branch), make.coordinator(branch))
    assert check.valid_until == until


def test_an_old_extract_and_a_country_without_a_rule_are_refused(anne: Person, claire: Actor) -> None:
    check = acting.ask_check(person=anne, by=claire, now=NOW)
    with pytest.raises(acting.TooOld):
        acting.note_check(check=check, seen_on=TODAY, issued_on=TODAY - timedelta(93), by=claire, now=NOW)
    abroad = make.branch(country="LU")
    with pytest.raises(acting.NotLawfulHere):
        acting.ask_check(person=train.candidate(abroad), by=make.coordinator(abroad), now=NOW)


def test_a_mentor_reads_words_of_a_referee_only_with_consent(anne: Person, claire: Actor) -> None:
    answer(train.reference(anne, claire), text="secret-canary")
    answer(train.reference(anne, claire), text="open words", may_share=True)
    told = str(export(anne.pk))
    assert ("secret-canary" in told, "open words" in told, "Jeanne Roux" in told) == (False, True, False)


def test_erasing_a_person_leaves_nothing_of_the_screening(anne: Person, claire: Actor) -> None:
    train.complete(anne, claire)
    other = train.reference(train.candidate(anne.branch), claire)
    erase(anne.pk, NOW)
    assert not IdentityCheck.everywhere.exists()
    assert not SafeguardingCheck.everywhere.exists()
    assert list(Reference.everywhere.all()) == [other]


def test_what_lacks_is_said_before_a_mentor_is_accepted(anne: Person, claire: Actor) -> None:
    application = train.accepted(anne)
    assert missing(application) == ["identity", "references", "safeguarding"]
    other = train.candidate(anne.branch)
    train.complete(other, claire)
    assert missing(other.applications.get()) == []


def test_a_mentor_is_not_accepted_before_the_screening_is_complete(lyon: Branch) -> None:
    by = make.coordinator(lyon)
    person = train.candidate(lyon)
    row = judging.held(judging.application(lyon, Side.MENTOR, person=person), by)
    assert set(ready_to_accept(row)) == {"identity", "references", "safeguarding"}
