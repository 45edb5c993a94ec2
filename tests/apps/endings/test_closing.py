"""The closing talk, what comes next for the mentor, how a mentor is, figures of starting again, alumni."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import endings as app
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from tests.factories.support import LINK
from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions.alumni import agree_to_be_asked
from traboule.apps.endings.actions.choices import NoDate, ask_choice, choose
from traboule.apps.endings.actions.ending import change_mentor
from traboule.apps.endings.actions.talks import TalkOver, WrongDay, hold_talk
from traboule.apps.endings.actions.ticks import tick_endings
from traboule.apps.endings.actions.well_being import (
    NothingSaid,
    WellBeingOver,
    ask_well_being,
    say_well_being,
    skip_well_being,
)
from traboule.apps.endings.enums import EndingStep, Present
from traboule.apps.endings.models import ClosingTalk, MentorChoice, WellBeing
from traboule.apps.endings.own_enums import Onward
from traboule.apps.endings.queries.again import brought_of, renewal_of, resting_of
from traboule.apps.endings.queries.endings import alumni_of
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Role
from traboule.apps.people.models import MentorProfile
from traboule.apps.people.queries import actor_of
from traboule.apps.steps.models import OpenStep
from traboule.core.permissions import NotAllowed
from traboule.kernel.endings import closing_talk_day

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def steps(kind: str) -> list[OpenStep]:
    return list(OpenStep.everywhere.filter(kind=kind, closed_at=None))


def state_of(duo: Duo) -> str:
    return MentorProfile.everywhere.get(person=duo.mentor).state


def asked(at: Branch | None = None) -> MentorChoice:
    return MentorChoice.everywhere.get(duo=app.ended(at))


def test_the_talk_is_dated_from_the_start_and_raised_in_the_last_two_weeks_only() -> None:
    early = app.duo(started_on=TODAY - 10 * DAY, met=0)
    tick_endings(NOW)
    talk = ClosingTalk.everywhere.get(duo=early)
    assert talk.due_on == closing_talk_day(early.ends_on)
    assert early.ends_on - 14 * DAY <= talk.due_on <= early.ends_on
    assert steps(EndingStep.CLOSING_TALK) == []
    late = app.duo(early.branch, met=0)
    tick_endings(NOW)
    tick_endings(NOW)
    assert [step.subject_id for step in steps(EndingStep.CLOSING_TALK)] == [late.pk]


def test_a_held_talk_says_who_was_there_and_ends_its_step() -> None:
    duo = app.duo(met=0)
    tick_endings(NOW)
    talk, by = ClosingTalk.everywhere.get(), actor_of(duo.started_by)
    said: dict[str, Any] = {"present": Present.BOTH, "words": "Well.", "today": TODAY, "by": by, "now": NOW}
    with pytest.raises(WrongDay):
        hold_talk(talk=talk, held_on=TODAY + DAY, **said)
    held = hold_talk(talk=talk, held_on=TODAY, **said)
    assert (held.state, held.written_by) == ("held", duo.started_by)
    assert steps(EndingStep.CLOSING_TALK) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingTalk.everywhere.filter(pk=talk.pk).update(present="")


def test_a_duo_that_ended_without_it_has_no_talk_to_hold() -> None:
    duo = app.duo(met=0)
    tick_endings(NOW)
    by = actor_of(duo.started_by)
    change_mentor(duo=duo, closed_on=TODAY, by=by, now=NOW)
    talk = ClosingTalk.everywhere.get()
    assert (talk.state, steps(EndingStep.CLOSING_TALK)) == ("dropped", [])
    with pytest.raises(TalkOver):
        hold_talk(talk=talk, held_on=TODAY, present=Present.BOTH, words="", today=TODAY, by=by, now=NOW)


def test_who_rests_leaves_the_pool_and_is_asked_again_once_on_the_day() -> None:
    choice = asked()
    with pytest.raises(NoDate):
        choose(choice=choice, onward=Onward.REST, by=LINK, now=NOW)
    day = TODAY + 60 * DAY
    choose(choice=choice, onward=Onward.REST, ask_again_on=day, by=LINK, now=NOW)
    assert state_of(choice.duo) == "paused"
    tick_endings(NOW + 59 * DAY)
    assert not Message.everywhere.filter(kind="mentor.again").exists()
    for later in (60, 61, 90):
        tick_endings(NOW + later * DAY)
    assert Message.everywhere.filter(kind="mentor.again").count() == 1
    assert [step.person for step in steps(EndingStep.ASKED_AGAIN)] == [choice.person]
    choose(choice=choice, onward=Onward.AGAIN, by=LINK, now=NOW + 91 * DAY)
    assert (state_of(choice.duo), steps(EndingStep.ASKED_AGAIN)) == ("pool", [])


def test_who_is_in_a_duo_again_meanwhile_is_not_asked() -> None:
    choice = asked()
    choose(choice=choice, onward=Onward.OTHER_ROLE, ask_again_on=TODAY + DAY, by=LINK, now=NOW)
    choose(choice=choice, onward=Onward.REST, ask_again_on=TODAY + DAY, by=LINK, now=NOW)
    by = actor_of(choice.duo.started_by)
    MentorProfile.everywhere.update(state="pool")
    app.meetings.duo(choice.duo.branch, by, mentor=choice.person)
    tick_endings(NOW + 2 * DAY)
    assert not Message.everywhere.filter(kind="mentor.again").exists()


def test_who_stops_leaves_and_another_role_asks_the_team_to_call() -> None:
    stops = asked()
    choose(choice=stops, onward=Onward.STOP, by=LINK, now=NOW)
    assert state_of(stops.duo) == "left"
    other = asked(stops.duo.branch)
    choose(choice=other, onward=Onward.OTHER_ROLE, role="witness", by=LINK, now=NOW)
    assert (state_of(other.duo), other.duo.mentor.pk) == ("paused", steps(EndingStep.OTHER_ROLE)[0].person_id)


def test_nobody_else_chooses_for_a_mentor_but_the_team() -> None:
    choice = asked()
    with pytest.raises(NotAllowed):
        choose(choice=choice, onward=Onward.STOP, by=make.actor(Role.MENTEE, choice.duo.branch), now=NOW)
    done = choose(choice=choice, onward=Onward.AGAIN, by=actor_of(choice.duo.started_by), now=NOW)
    assert done.chosen_by == choice.duo.started_by


def test_after_an_early_end_the_mentor_is_asked_two_weeks_later_and_not_after_long() -> None:
    duo = app.ended(reason=CloseReason.MOVED)
    tick_endings(NOW + 13 * DAY)
    assert not MentorChoice.everywhere.exists()
    old = app.ended(duo.branch, reason=CloseReason.MOVED)
    Duo.everywhere.filter(pk=old.pk).update(closed_on=TODAY - 60 * DAY)
    tick_endings(NOW + 14 * DAY)
    assert [row.duo for row in MentorChoice.everywhere.all()] == [duo]


def test_a_mentor_is_asked_how_they_are_after_two_and_four_months() -> None:
    duo = app.duo(started_on=date(2026, 1, 5), met=0)
    seen = []
    for days in range(0, 170, 5):
        tick_endings(NOW + timedelta(days=days))
        seen.append(WellBeing.everywhere.count())
    assert sorted(WellBeing.everywhere.values_list("month", flat=True)) == [2, 4]
    assert Message.everywhere.filter(kind="wellbeing.asked").count() == seen[-1]
    assert {row.person_id for row in WellBeing.everywhere.all()} == {duo.mentor_id}


def test_how_a_mentor_is_reaches_the_team_and_a_wish_to_talk_opens_a_step() -> None:
    duo = app.duo(met=0)
    row = ask_well_being(duo=duo, month=2, by=LINK, now=NOW)
    said: dict[str, Any] = {"load": "", "hard_story": False, "wants_talk": False, "words": " "}
    said |= {"by": LINK, "now": NOW}
    with pytest.raises(NothingSaid):
        say_well_being(row=row, **said)
    say_well_being(row=row, **(said | {"load": "heavy", "wants_talk": True}))
    assert [step.person for step in steps(EndingStep.WANTS_TALK)] == [duo.mentor]
    with pytest.raises(WellBeingOver):
        skip_well_being(row=row, by=LINK, now=NOW)


def test_who_starts_again_counts_by_the_first_end_once_the_window_is_closed() -> None:
    branch = make.branch()
    for back in (300, 300, 100):
        duo = app.ended(branch, met=0)
        closed = TODAY - timedelta(days=back)
        Duo.everywhere.filter(pk=duo.pk).update(started_on=closed - 170 * DAY, closed_on=closed)
    by = make.coordinator(branch)
    first = Duo.everywhere.earliest("pk")
    app.meetings.duo(branch, by, mentor=first.mentor, started_on=TODAY - 290 * DAY)
    found = renewal_of(actor=by, branch=branch, today=TODAY)
    assert (found.again, found.closed, found.not_due) == (1, 2, 1)
    assert found.share is not None
    assert found.share.low < 0.5 < found.share.high


def test_what_it_brought_is_shown_from_five_mentors_on() -> None:
    branch = make.branch()
    by = make.coordinator(branch)
    for number in range(5):
        answers = brought_of(actor=by, branch=branch)
        assert (answers[0].number, answers[0].mean) == (number, None)
        marks = {"useful": 5 if number else 1}
        choose(choice=asked(branch), onward=Onward.AGAIN, brought=marks, by=LINK, now=NOW)
    useful, skills, _network = brought_of(actor=by, branch=branch)
    assert (useful.number, useful.mean, skills.mean) == (5, 4.2, None)


def test_alumni_are_those_after_the_last_duo_and_by_name_only_who_agreed() -> None:
    duo = app.ended()
    by = actor_of(duo.started_by)
    choose(choice=MentorChoice.everywhere.get(), onward=Onward.STOP, by=LINK, now=NOW)
    app.duo(duo.branch)
    found = alumni_of(actor=by, branch=duo.branch)
    assert (found.number, found.agreed) == (2, ())
    agree_to_be_asked(person=duo.mentee, language="en", by=LINK, now=NOW)
    assert alumni_of(actor=by, branch=duo.branch).agreed == (duo.mentee,)
    with pytest.raises(NotAllowed):
        agree_to_be_asked(person=duo.mentor, language="en", by=by, now=NOW)


def test_who_named_a_day_is_listed_the_next_one_first() -> None:
    choice = asked()
    by = actor_of(choice.duo.started_by)
    assert list(resting_of(actor=by, branch=choice.duo.branch)) == []
    choose(choice=choice, onward=Onward.REST, ask_again_on=TODAY + DAY, by=LINK, now=NOW)
    assert list(resting_of(actor=by, branch=choice.duo.branch)) == [choice]


def test_asking_what_next_twice_is_once() -> None:
    choice = asked()
    assert ask_choice(duo=choice.duo, by=LINK, now=NOW) == choice
    assert Message.everywhere.filter(kind="mentor.onward").count() == 1
