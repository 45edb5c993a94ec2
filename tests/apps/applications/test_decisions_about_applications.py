"""Decisions: what is missing, two people for a mentor, letters, the way back, races."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import judging as app
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.actions import decisions
from traboule.apps.applications.actions.errors_judging import (
    AlreadyDecided,
    DateMissing,
    LetterHasLeft,
    NothingToUndo,
    NotReady,
    SamePerson,
    WrongReason,
)
from traboule.apps.applications.enums_judging import Outcome, Reason
from traboule.apps.applications.letters import REASONS, WHY, kind_of_decision
from traboule.apps.applications.models import Application, Decision
from traboule.apps.applications.queries.decisions import letter_before, letter_of, ready_to_accept
from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions import pool_tick
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.kinds import kind_of
from traboule.apps.messages.models import Message
from traboule.apps.people.actions.states import StillEngaged
from traboule.apps.people.enums import Role, Side
from traboule.apps.people.models import MenteeProfile, MentorProfile
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor, system
from traboule.core.permissions import NotAllowed
from traboule.core.registry import ACCEPTANCE, STILL_OPEN
from traboule.kernel.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def nothing_else_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other parts ask for before an acceptance is tested with them."""
    monkeypatch.setattr(ACCEPTANCE, "_handlers", {})


@pytest.fixture
def lyon() -> Branch:
    return make.branch(name="Lyon")


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Claire")


@pytest.fixture
def mehdi(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Mehdi")


def decide(of: Application, by: Actor, outcome: Outcome = Outcome.ACCEPTED, **said: Any) -> Decision:
    said.setdefault("now", NOW)
    return decisions.decide(application=of, outcome=outcome, by=by, **said)


def defer(of: Application, by: Actor, **said: Any) -> Decision:
    until = said.pop("until", TODAY + timedelta(days=30))
    return decide(of, by, Outcome.DEFERRED, reason=Reason.NO_PLACE, until=until, **said)


def refuse(of: Application, by: Actor, **said: Any) -> Decision:
    return decide(of, by, Outcome.REFUSED, reason=Reason.AGE, **said)


def mentee_of(of: Application) -> MenteeProfile:
    return MenteeProfile.everywhere.get(person=of.person)


def state_of(of: Application) -> str:
    return Application.everywhere.values_list("state", flat=True).get(pk=of.pk)


def open_kinds(at: Branch) -> list[str]:
    return sorted(OpenStep.everywhere.filter(branch=at, closed_at=None).values_list("kind", flat=True))


def test_an_accepted_mentee_waits_from_today(lyon: Branch, claire: Actor) -> None:
    of = app.held(app.application(lyon), claire)
    made = decide(of, claire, sentence="It was good to meet you.")
    mentee = mentee_of(of)
    assert (state_of(of), mentee.state, mentee.waiting_since) == ("accepted", "pool", TODAY)
    assert made.letter is not None
    assert made.letter.due_at == NOW + timedelta(hours=1)
    assert "It was good to meet you." in made.letter.body
    assert open_kinds(lyon) == []


def test_before_the_talk_nobody_is_accepted_and_the_code_says_so(lyon: Branch, claire: Actor) -> None:
    with pytest.raises(NotReady) as missing:
        decide(app.application(lyon), claire)
    assert missing.value.codes == ["talk_not_held"]


def test_other_parts_say_what_is_still_missing(
    lyon: Branch, claire: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = app.held(app.application(lyon, Side.MENTOR), claire)
    monkeypatch.setitem(
        ACCEPTANCE._handlers, "test", lambda row: ["identity"] if row.side == "mentor" else []
    )
    assert ready_to_accept(of) == ["identity"]
    with pytest.raises(NotReady):
        decide(of, claire)


def test_a_mentor_is_accepted_by_two_people(lyon: Branch, claire: Actor, mehdi: Actor) -> None:
    of = app.held(app.application(lyon, Side.MENTOR), claire)
    made = decide(of, claire)
    assert (made.state, state_of(of), open_kinds(lyon)) == ("proposed", "talk_held", ["decision.to_approve"])
    assert not Message.everywhere.filter(kind__startswith="decision.").exists()
    with pytest.raises(SamePerson):
        decisions.approve(decision=made, by=claire, now=NOW)
    agreed = decisions.approve(decision=made, by=mehdi, now=LATER)
    assert (agreed.state, agreed.approved_by_id, state_of(of)) == ("made", mehdi.id, "accepted")
    assert MentorProfile.everywhere.get(person=of.person).state == "new"  # the training comes first
    with pytest.raises(AlreadyDecided):
        decisions.approve(decision=made, by=mehdi, now=LATER)


def test_the_database_refuses_one_person_in_both_parts(lyon: Branch, claire: Actor) -> None:
    made = decide(app.held(app.application(lyon, Side.MENTOR), claire), claire)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.everywhere.filter(pk=made.pk).update(approved_by_id=claire.id)


def test_putting_off_needs_a_date_ahead_and_comes_back_on_that_day(lyon: Branch, claire: Actor) -> None:
    of = app.application(lyon)
    for until in (None, TODAY):
        with pytest.raises(DateMissing):
            defer(of, claire, until=until)
    defer(of, claire)
    step = OpenStep.everywhere.get(closed_at=None)
    assert (step.kind, step.due_on) == ("decision.defer_over", TODAY + timedelta(days=30))
    assert state_of(of) == "deferred"


def test_refusing_starts_the_clock_of_retention_and_leaves_the_lists(lyon: Branch, claire: Actor) -> None:
    of = app.application(lyon)
    refuse(of, claire, now=LATER)
    assert of.person is not None
    of.person.refresh_from_db()
    assert (mentee_of(of).state, of.person.last_contact_at) == ("left", LATER)


def test_a_reason_has_to_go_with_the_decision_and_the_side(lyon: Branch, claire: Actor) -> None:
    of = app.application(lyon)
    for outcome, reason in (
        (Outcome.REFUSED, ""),
        (Outcome.REFUSED, Reason.NO_PLACE),
        (Outcome.REFUSED, Reason.ROLE),
    ):
        with pytest.raises(WrongReason):
            decide(of, claire, outcome, reason=reason)
    assert Decision.everywhere.count() == 0


def test_of_two_who_decide_the_second_reads_who_and_when(lyon: Branch, claire: Actor, mehdi: Actor) -> None:
    of = app.held(app.application(lyon), claire)
    stale = Application.everywhere.get(pk=of.pk)
    decide(of, claire)
    with pytest.raises(AlreadyDecided) as earlier:
        refuse(stale, mehdi, now=LATER)
    assert (earlier.value.who, earlier.value.at) == ("Claire", NOW)
    assert Decision.everywhere.count() == 1
    assert Message.everywhere.filter(kind__startswith="decision.").count() == 1


def test_the_database_refuses_two_live_decisions(lyon: Branch, claire: Actor) -> None:
    made = defer(app.application(lyon), claire)
    made.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_taking_back_leads_to_where_everything_stood(lyon: Branch, claire: Actor) -> None:
    for act, side, before in (
        (decide, Side.MENTEE, "talk_held"),
        (defer, Side.MENTEE, "sent"),
        (refuse, Side.MENTEE, "sent"),
        (refuse, Side.MENTOR, "sent"),
    ):
        of = app.application(lyon, side)
        if before == "talk_held":
            of = app.held(of, claire)
        made = act(of, claire)
        decisions.undo_decision(decision=made, by=claire, now=LATER)
        made.refresh_from_db()
        letter = made.letter
        assert letter is not None
        assert (state_of(of), made.state, letter.state) == (before, "undone", DeliveryState.WITHHELD)
        profile = MentorProfile if side == Side.MENTOR else MenteeProfile
        assert profile.everywhere.get(person=of.person).state == "new"
        with pytest.raises(NothingToUndo):
            decisions.undo_decision(decision=made, by=claire, now=LATER)


def test_the_first_word_of_the_pool_comes_behind_the_letter_and_not_at_all_after_an_undo(
    lyon: Branch, claire: Actor
) -> None:
    of = app.held(app.application(lyon), claire)
    made = decide(of, claire)
    pool_tick(LATER)
    first_word = Message.everywhere.get(person=of.person, kind="pool.entered")
    assert made.letter_due_at is not None
    assert first_word.due_at > made.letter_due_at
    decisions.undo_decision(decision=made, by=claire, now=LATER)
    first_word.refresh_from_db()
    assert (first_word.state, first_word.reason) == (DeliveryState.WITHHELD, "decision_undone")


def test_once_the_letter_has_left_nothing_is_taken_back(lyon: Branch, claire: Actor) -> None:
    of = app.application(lyon)
    made = refuse(of, claire)
    Message.everywhere.filter(pk=made.letter_id).update(state=DeliveryState.SENT, sent_at=LATER)
    with pytest.raises(LetterHasLeft):
        decisions.undo_decision(decision=made, by=claire, now=LATER)
    assert state_of(of) == "refused"


def test_whoever_has_a_proposal_already_stays_in_the_pool(
    lyon: Branch, claire: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = app.held(app.application(lyon), claire)
    made = decide(of, claire)
    monkeypatch.setitem(STILL_OPEN._handlers, "test", lambda person: ["open_proposal"])
    with pytest.raises(StillEngaged):
        decisions.undo_decision(decision=made, by=claire, now=LATER)
    assert Message.everywhere.get(pk=made.letter_id).state == DeliveryState.WAITING


def test_who_was_put_off_may_be_refused_and_that_taken_back_again(lyon: Branch, claire: Actor) -> None:
    of = app.application(lyon)
    first = defer(of, claire)
    second = refuse(of, claire, now=LATER)
    first.refresh_from_db()
    assert (first.state, state_of(of)) == ("replaced", "refused")
    decisions.undo_decision(decision=second, by=claire, now=LATER)
    first.refresh_from_db()
    assert (first.state, state_of(of)) == ("made", "deferred")


def test_a_refused_person_may_come_back(lyon: Branch, claire: Actor) -> None:
    of = app.application(lyon)
    refuse(of, claire)
    decisions.reopen_application(application=of, by=claire, now=NOW)
    assert (state_of(of), mentee_of(of).state, open_kinds(lyon)) == ("sent", "new", ["talk.to_plan"])
    accepted = decide(app.held(of, claire), claire)
    assert accepted.state == "made"
    with pytest.raises(IllegalMove):
        decisions.reopen_application(application=of, by=claire, now=NOW)


def test_only_humans_of_the_branch_decide(lyon: Branch) -> None:
    of = app.application(lyon)
    for nobody in (system("nightly"), make.actor(Role.REFERRER, lyon), make.actor(Role.DPO, lyon)):
        with pytest.raises(NotAllowed):
            refuse(of, nobody)


# --- letters ---------------------------------------------------------------------------------------------

LETTERS = [
    (outcome, side, reason)
    for outcome, sides in REASONS.items()
    for side, reasons in sides.items()
    for reason in (reasons or ("",))
]


@pytest.mark.parametrize(("outcome", "side", "reason"), LETTERS)
def test_every_letter_says_what_why_what_now_and_whom_to_call(
    lyon: Branch, claire: Actor, outcome: str, side: Side, reason: str
) -> None:
    of = app.application(lyon, side)
    until = TODAY + timedelta(days=30) if outcome == Outcome.DEFERRED else None
    letter = letter_before(
        application=of, outcome=outcome, reason=reason, until=until, sentence="Mine.", by=claire
    )
    assert of.person is not None
    assert letter.body.startswith(("Hello", "Bonjour"))
    assert of.person.first_name in letter.body
    assert "Claire" in letter.body
    assert "Mine." in letter.body
    assert "%(" not in letter.body + letter.subject
    if reason:
        assert all(code not in letter.body for code in (f"_{reason}", "deferred", "refused"))
        assert len(letter.body.split("\n\n")) >= 7


def test_every_reason_has_its_words_and_every_letter_its_kind() -> None:
    for outcome, side, reason in LETTERS:
        assert kind_of(kind_of_decision(outcome, side, reason)).sms
        assert not reason or reason in WHY


def test_the_letter_that_was_read_before_is_the_letter_that_leaves(lyon: Branch, claire: Actor) -> None:
    of = app.application(lyon)
    before = letter_before(
        application=of, outcome="refused", reason="age", until=None, sentence="All the best.", by=claire
    )
    made = refuse(of, claire, sentence="All the best.")
    made = Decision.everywhere.select_related("application__person", "branch", "decided_by").get(pk=made.pk)
    assert made.letter is not None
    assert made.letter.body == before.body == letter_of(made, made.decided_by).body


def test_a_new_yes_of_the_same_day_says_the_first_word_anew(lyon: Branch, claire: Actor) -> None:
    of = app.held(app.application(lyon), claire)
    made = decide(of, claire)
    pool_tick(LATER)
    decisions.undo_decision(decision=made, by=claire, now=LATER)
    of.refresh_from_db()
    decide(of, claire, now=LATER)
    pool_tick(LATER)
    words = Message.everywhere.filter(person=of.person, kind="pool.entered").order_by("pk")
    assert [row.state for row in words] == [DeliveryState.WITHHELD, DeliveryState.WAITING]
    pool_tick(LATER)
    assert words.count() == 2
