"""A proposal that is read and answered by a link: who is asked when, what is told, and who decided."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import people, starting
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import start_duo, take_place
from traboule.apps.duos.rules import HumanNeeded
from traboule.apps.messages.models import Message
from traboule.apps.pairing.actions import letters, record_mentee_answer
from traboule.apps.pairing.actions.answers import answer_by_link
from traboule.apps.pairing.enums import Answer, LetterStep, ProposalState, ProposalStep
from traboule.apps.pairing.models import Proposal, ProposalLetter
from traboule.apps.pairing.queries.letters import shareable
from traboule.apps.pairing.queries.steps import open_steps
from traboule.apps.people.models import Avoid, Consent, Person
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor, ActorKind, Grant, system
from traboule.core.models import AuditEntry
from traboule.kernel.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db
LINK = system("link of a proposal")


@pytest.fixture
def branch() -> Branch:
    return people.branch()


@pytest.fixture
def ines(branch: Branch) -> Actor:
    return people.coordinator(branch, name="Inès")


@pytest.fixture
def selam(branch: Branch) -> Person:
    return people.mentee(branch, first_name="Selam", needs=["cv"], languages={"fr": 3, "ti": 6})


@pytest.fixture
def anne(branch: Branch) -> Person:
    return people.mentor(branch, first_name="Anne", strengths=["cv", "network"], years_experience=31)


@pytest.fixture
def asked(selam: Person, anne: Person, ines: Actor) -> Proposal:
    return starting.proposal(selam, anne, ines)


def both_said_yes(asked: Proposal, ines: Actor) -> Proposal:
    first = starting.letter(asked, ines)
    answer_by_link(letter=first, answer=Answer.YES, by=LINK, now=NOW)
    asked.refresh_from_db()
    second = starting.letter(asked, ines)
    return answer_by_link(letter=second, answer=Answer.YES, by=LINK, now=NOW)


def test_two_yeses_by_link_make_a_duo_that_a_human_has_started(asked: Proposal, ines: Actor) -> None:
    done = both_said_yes(asked, ines)
    assert done.state == ProposalState.ACCEPTED
    assert done.duo is not None
    assert done.duo.started_by_id == ines.id
    assert (done.mentee_answer_by_id, done.mentee_answer_via) == (None, "link")


def test_the_system_alone_starts_no_duo_and_a_token_never_does(
    branch: Branch, selam: Person, anne: Person, ines: Actor
) -> None:
    place = take_place(mentor=anne, by=ines, now=NOW)
    token = Actor(
        ActorKind.TOKEN, 1, grants=(Grant(frozenset({"duos.write", "proposals.answer"}), branch.pk),)
    )
    for by in (LINK, token):
        with pytest.raises(HumanNeeded):
            start_duo(mentor=anne, mentee=selam, place=place, started_on=TODAY, by=by, now=NOW)
    with pytest.raises(HumanNeeded):
        start_duo(
            mentor=anne,
            mentee=selam,
            place=place,
            started_on=TODAY,
            by=token,
            now=NOW,
            decided_by=place.taken_by,
        )


def test_the_database_refuses_an_answer_that_came_from_nowhere(asked: Proposal, ines: Actor) -> None:
    record_mentee_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW)
    rows = Proposal.everywhere.filter(pk=asked.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(mentee_answer_by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(mentee_answer_via="link")


def test_the_mentor_reads_nothing_before_the_mentee_said_yes(asked: Proposal, ines: Actor) -> None:
    first = starting.letter(asked, ines)
    assert first.side == "mentee"
    with pytest.raises(letters.AlreadySent):
        starting.letter(asked, ines)
    assert not Message.everywhere.filter(person=asked.mentor).exists()
    answer_by_link(letter=first, answer=Answer.YES, by=LINK, now=NOW)
    asked.refresh_from_db()
    assert starting.letter(asked, ines).side == "mentor"


def test_nothing_is_told_of_somebody_who_has_not_agreed(asked: Proposal, ines: Actor) -> None:
    with pytest.raises(letters.NotShared):
        starting.letter(asked, ines, agreed_now=False)
    assert not ProposalLetter.everywhere.exists()
    assert not Message.everywhere.exists()
    starting.letter(asked, ines)
    assert Consent.everywhere.get(person=asked.mentor).collected_by_id == ines.id


def test_more_than_three_sentences_are_refused(asked: Proposal, ines: Actor) -> None:
    every = [fact["code"] for fact in shareable(asked, "mentee")]
    assert len(every) == 4
    with pytest.raises(letters.TooMuchToRead):
        starting.letter(asked, ines, codes=every)


def test_what_is_told_is_work_and_languages_and_never_a_last_name_or_a_place(
    asked: Proposal, ines: Actor
) -> None:
    sent = starting.letter(asked, ines, codes=["work_done", "both_speak", "can_help", "unknown"])
    assert [fact["code"] for fact in sent.shared] == ["work_done", "both_speak", "can_help"]
    assert "Last" not in str(sent.shared)
    assert "69009" not in str(sent.shared)


def test_a_no_by_link_needs_no_reason_and_gives_the_place_back(asked: Proposal, ines: Actor) -> None:
    done = answer_by_link(letter=starting.letter(asked, ines), answer=Answer.NO, by=LINK, now=NOW)
    assert (done.state, done.decline_reason) == (ProposalState.DECLINED, "not_said")
    assert not asked.mentor.places_taken.exists()


def test_a_second_answer_changes_nothing(asked: Proposal, ines: Actor) -> None:
    sent = starting.letter(asked, ines)
    answer_by_link(letter=sent, answer=Answer.NO, by=LINK, now=NOW)
    with pytest.raises(IllegalMove):
        answer_by_link(letter=sent, answer=Answer.YES, by=LINK, now=NOW)


def test_a_mentor_who_says_no_leaves_the_mentee_with_kind_news(asked: Proposal, ines: Actor) -> None:
    answer_by_link(letter=starting.letter(asked, ines), answer=Answer.YES, by=LINK, now=NOW)
    asked.refresh_from_db()
    second = starting.letter(asked, ines)
    answer_by_link(letter=second, answer=Answer.NO, decline_reason="schedule", by=LINK, now=NOW)
    assert Message.everywhere.filter(person=asked.mentee, kind="proposal.goes_on").count() == 1
    assert not Message.everywhere.filter(person=asked.mentor, kind="proposal.goes_on").exists()


def test_wanting_to_talk_first_is_a_step_for_tomorrow_and_no_answer(asked: Proposal, ines: Actor) -> None:
    letters.ask_to_talk_first(letter=starting.letter(asked, ines), by=LINK, now=NOW)
    step = OpenStep.everywhere.get(kind=LetterStep.TALK_FIRST)
    assert (step.due_on, step.owner_id) == (TODAY + timedelta(days=1), ines.id)
    asked.refresh_from_db()
    assert asked.state == ProposalState.PROPOSED


def test_a_full_name_keeps_two_apart_and_a_first_name_only_tells_the_team(
    branch: Branch, asked: Proposal, ines: Actor
) -> None:
    paul = people.mentor(branch, first_name="Paul", last_name="Durand")
    sent = starting.letter(asked, ines)
    letters.say_rather_not(letter=sent, text="Paul, my neighbour", by=LINK, now=NOW)
    assert not Avoid.everywhere.exists()
    letters.say_rather_not(letter=sent, text="monsieur DURAND, Paul!", by=LINK, now=NOW)
    assert Avoid.everywhere.get(person=asked.mentee).other == paul
    assert OpenStep.everywhere.filter(kind=LetterStep.RATHER_NOT_MEET, closed_at=None).count() == 1
    assert "Durand" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_two_of_the_same_name_are_for_a_colleague_to_sort_out(
    branch: Branch, asked: Proposal, ines: Actor
) -> None:
    for _ in range(2):
        people.mentor(branch, first_name="Paul", last_name="Durand")
    letters.say_rather_not(letter=starting.letter(asked, ines), text="Paul Durand", by=LINK, now=NOW)
    assert not Avoid.everywhere.exists()


def test_a_reminder_goes_out_once_after_three_days_and_a_step_comes_after_five(
    asked: Proposal, ines: Actor
) -> None:
    starting.letter(asked, ines)
    assert letters.remind(by=LINK, now=NOW + timedelta(days=2, hours=23)) == 0
    later = NOW + timedelta(days=3)
    assert [letters.remind(by=LINK, now=later) for _ in range(2)] == [1, 0]
    reasons = [next(open_steps(asked.branch_id, TODAY + timedelta(days=days))).reason for days in (5, 6)]
    assert reasons == [ProposalStep.MENTEE_ANSWERS, ProposalStep.NO_ANSWER]


def test_nobody_is_reminded_who_answered_or_wants_to_talk(asked: Proposal, ines: Actor) -> None:
    letters.ask_to_talk_first(letter=starting.letter(asked, ines), by=LINK, now=NOW)
    assert letters.remind(by=LINK, now=NOW + timedelta(days=9)) == 0
