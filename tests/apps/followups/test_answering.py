"""What a mentee taps, and what a call brings: one truth in the outcomes, and nothing told twice."""

from datetime import timedelta

import pytest

from tests.factories import follow_ups as make_follow_up
from tests.factories import outcomes as tell
from tests.factories import people as make
from tests.factories.follow_ups import LINK, noon
from tests.factories.people import TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.followups.actions.answering import (
    FollowUpOver,
    refuse_follow_up,
    say_more,
    say_now,
    send_off,
    wrong_hands,
)
from traboule.apps.followups.actions.calling import note_call
from traboule.apps.followups.enums import CallResult
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.own_enums import Now
from traboule.apps.outcomes.actions.decisions import verify_outcome
from traboule.apps.outcomes.models import NoOutcome, Outcome
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.apps.steps.models import OpenStep
from traboule.core.models import AuditEntry, Link
from traboule.core.permissions import NotAllowed
from traboule.kernel.calendar import months_after

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
LATER = noon(TODAY + ONE)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def row(lyon: Branch) -> FollowUp:
    return make_follow_up.asked(make_follow_up.ended(lyon))


def tap(row: FollowUp, what: Now, since: str = "", hours: int | None = None, leads: str = "") -> FollowUp:
    """All three taps."""
    say_now(row=row, what=what, by=LINK, now=LATER)
    say_more(row=row, since=since, hours=hours, leads=leads, by=LINK, now=LATER)
    return send_off(row=row, ask_again=True, by=LINK, now=LATER)


def test_a_job_becomes_an_outcome_declared_by_the_mentee_for_no_more_days_than_were_told(
    row: FollowUp,
) -> None:
    done = tap(row, Now.JOB, "three", 25)
    told = Outcome.everywhere.get()
    assert (told.kind, told.told_by, told.grade, told.state) == ("job", "mentee", "declared", "told")
    assert (told.starts_on, told.weekly_hours) == (months_after(TODAY + ONE, -3), 25)
    assert (done.outcome, done.state, done.through) == (told, "reached", "link")
    assert (done.ask_again, done.done_at) == (True, LATER)


@pytest.mark.parametrize(
    ("what", "leads", "kind"),
    [
        (Now.INTERNSHIP, "", "internship"),
        (Now.TRAINING, "training", "training"),
        (Now.TRAINING, "study", "study"),
        (Now.TRAINING, "", "study"),  # of which nobody said more: the weaker of the two
    ],
)
def test_what_was_tapped_is_the_kind_of_the_outcome(row: FollowUp, what: Now, leads: str, kind: str) -> None:
    tap(row, what, leads=leads)
    assert Outcome.everywhere.get().kind == kind


def test_searching_is_nothing_yet_and_something_else_is_neither(lyon: Branch, row: FollowUp) -> None:
    tap(row, Now.SEARCHING, "long")
    assert NoOutcome.everywhere.get().answer == "nothing_yet"
    other = make_follow_up.asked(make_follow_up.ended(lyon))
    tap(other, Now.OTHER)
    assert (NoOutcome.everywhere.count(), Outcome.everywhere.count()) == (1, 0)


def test_a_job_that_we_know_is_noted_as_still_running_and_not_told_twice(row: FollowUp) -> None:
    begun = TODAY - 120 * ONE
    known = tell.told(row.person, now=noon(begun), starts_on=begun, contract="permanent")
    verify_outcome(outcome=known, by=make.coordinator(row.branch), now=noon(begun))
    done = tap(row, Now.JOB, "three")
    known.refresh_from_db()
    assert (Outcome.everywhere.count(), done.outcome) == (1, known)
    assert (known.seen_on, known.state) == (TODAY + ONE, "verified")  # it counts the days it counted


def test_where_the_end_is_not_known_a_second_person_looks_anew_because_days_grow(row: FollowUp) -> None:
    begun = TODAY - 120 * ONE
    known = tell.told(row.person, now=noon(begun), starts_on=begun, contract="fixed")
    verify_outcome(outcome=known, by=make.coordinator(row.branch), now=noon(begun))
    tap(row, Now.JOB, "three")
    known.refresh_from_db()
    assert (known.state, known.decided_by, known.seen_on) == ("told", None, TODAY + ONE)
    assert OpenStep.everywhere.filter(kind="outcome.to_verify", closed_at=None).count() == 1


def test_a_job_since_a_few_days_is_not_the_one_of_last_year(row: FollowUp) -> None:
    begun = TODAY - 300 * ONE
    tell.told(row.person, now=noon(begun), starts_on=begun, contract="permanent")
    tap(row, Now.JOB, "days")
    assert Outcome.everywhere.count() == 2


def test_going_back_changes_the_answer_until_it_is_sent_off(row: FollowUp) -> None:
    say_now(row=row, what=Now.JOB, by=LINK, now=LATER)
    say_more(row=row, since="one", hours=15, leads="", by=LINK, now=LATER)
    again = say_now(row=row, what=Now.JOB, by=LINK, now=LATER)
    assert (again.since, again.hours) == ("one", 15)  # the same tap loses nothing
    changed = say_now(row=row, what=Now.SEARCHING, by=LINK, now=LATER)
    assert (changed.now, changed.since, changed.hours) == ("searching", "", None)
    assert not Outcome.everywhere.exists()
    refuse_follow_up(row=row, by=LINK, now=LATER)
    row.refresh_from_db()
    assert (row.state, row.now, row.answered_at) == ("refused", "", None)


def test_after_the_last_tap_nothing_is_changed_and_nothing_told_twice(row: FollowUp) -> None:
    tap(row, Now.JOB)
    for act in (
        lambda: say_now(row=row, what=Now.SEARCHING, by=LINK, now=LATER),
        lambda: say_more(row=row, since="one", hours=None, leads="", by=LINK, now=LATER),
        lambda: send_off(row=row, ask_again=False, by=LINK, now=LATER),
        lambda: refuse_follow_up(row=row, by=LINK, now=LATER),
        lambda: wrong_hands(row=row, by=LINK, now=LATER),
    ):
        with pytest.raises(FollowUpOver):
            act()
    assert (Outcome.everywhere.count(), NoOutcome.everywhere.count()) == (1, 0)


def test_nobody_answers_for_somebody_else(row: FollowUp) -> None:
    with pytest.raises(NotAllowed):
        say_now(row=row, what=Now.JOB, by=make.actor(Role.REFERRER, row.branch), now=LATER)


def test_a_link_in_wrong_hands_opens_nothing_any_more_and_somebody_calls(row: FollowUp) -> None:
    wrong_hands(row=row, by=LINK, now=LATER)
    row.refresh_from_db()
    assert row.state == "to_call"
    assert not Link.objects.filter(right="follow_up.answer", withdrawn_at=None).exists()
    assert OpenStep.everywhere.filter(kind="follow_up.call", closed_at=None).count() == 1


def test_a_call_is_noted_with_its_answer_by_who_called(row: FollowUp) -> None:
    by = make.coordinator(row.branch)
    done = note_call(row=row, result=CallResult.ANSWERED, what="job", since="one", hours=35, by=by, now=LATER)
    told = Outcome.everywhere.get()
    assert (done.state, done.through, done.calls, done.noted_by_id) == ("reached", "call", 1, by.id)
    assert (done.outcome, told.recorded_by_id, told.told_by) == (told, by.id, "mentee")
    assert not AuditEntry.objects.filter(verb="follow_up.heard").exists()


def test_nobody_there_gives_the_call_another_day_and_then_it_is_not_reached(row: FollowUp) -> None:
    by = make.coordinator(row.branch)
    note_call(row=row, result=CallResult.TRY_AGAIN, by=by, now=LATER)
    first = OpenStep.everywhere.get(kind="follow_up.call").due_on
    note_call(row=row, result=CallResult.TRY_AGAIN, by=by, now=LATER + 4 * ONE)
    second = OpenStep.everywhere.get(kind="follow_up.call").due_on
    assert first is not None
    assert second is not None
    assert second > first
    lost = note_call(row=row, result=CallResult.UNREACHABLE, by=by, now=LATER + 9 * ONE)
    assert (lost.state, lost.calls, NoOutcome.everywhere.get().answer) == ("unreachable", 3, "not_reached")
    assert not OpenStep.everywhere.filter(kind="follow_up.call", closed_at=None).exists()


def test_who_answers_after_all_was_reached_and_the_team_overwrites_nothing(row: FollowUp) -> None:
    by = make.coordinator(row.branch)
    note_call(row=row, result=CallResult.UNREACHABLE, by=by, now=LATER)
    tap(row, Now.SEARCHING)
    with pytest.raises(FollowUpOver):
        note_call(row=row, result=CallResult.UNREACHABLE, by=by, now=LATER)
    row.refresh_from_db()
    assert row.state == "reached"


def test_a_refusal_on_the_phone_is_kept_apart_and_asks_no_more(row: FollowUp) -> None:
    done = note_call(row=row, result=CallResult.REFUSED, by=make.coordinator(row.branch), now=LATER)
    assert (done.state, done.through, NoOutcome.everywhere.get().answer) == ("refused", "call", "rather_not")


def test_only_who_may_write_outcomes_notes_a_call(row: FollowUp) -> None:
    with pytest.raises(NotAllowed):
        note_call(row=row, result=CallResult.REFUSED, by=make.actor(Role.FUNDER, row.branch), now=LATER)


def test_an_answer_is_a_contact_and_the_audit_does_not_say_what_was_answered(row: FollowUp) -> None:
    tap(row, Now.SEARCHING, "long")
    assert Person.everywhere.get(pk=row.person_id).last_contact_at == LATER
    facts = AuditEntry.objects.filter(verb__startswith="follow_up.").values_list("facts", flat=True)
    assert facts
    assert "searching" not in str(list(facts))
