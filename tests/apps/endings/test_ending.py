"""Ending before the day, changing the mentor, and what each side says of it apart from the other."""

from datetime import timedelta

import pytest

from tests.factories import endings as app
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from tests.factories.support import LINK
from traboule.apps.duos.actions import WrongDates
from traboule.apps.duos.actions.meeting_ticks import tick_meetings
from traboule.apps.duos.enums import CloseReason, DuoState
from traboule.apps.duos.enums_meetings import Because
from traboule.apps.duos.models import Duo, Meeting, MentorPlace
from traboule.apps.duos.rules import HumanNeeded
from traboule.apps.endings.actions.ending import change_mentor, end_duo
from traboule.apps.endings.actions.resting import TeamMadeItRest, let_duo_go_on, rest_duo
from traboule.apps.endings.actions.words import AlreadySaid, NothingChosen, ask_words, say_word
from traboule.apps.endings.models import Certificate, EndWord, MentorChoice
from traboule.apps.messages.models import Message
from traboule.apps.pairing.queries.profiles import build_profiles
from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.models import Avoid, MenteeProfile, Note
from traboule.apps.people.queries import actor_of
from traboule.apps.support.actions.concerns import pause_for_concern, tell_concern
from traboule.core.actors import system
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed
from traboule.kernel.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(kind: str) -> list[int | None]:
    return sorted(Message.everywhere.filter(kind=kind).values_list("person_id", flat=True))  # type: ignore[type-var]


def end(duo: Duo, reason: CloseReason = CloseReason.NO_TIME, **more: object) -> Duo:
    given = {"closed_on": TODAY, "by": actor_of(duo.started_by), "now": NOW} | more
    return end_duo(duo=duo, reason=reason, **given)  # type: ignore[arg-type]


def test_an_early_end_tells_both_and_asks_each_side_apart() -> None:
    duo = end(app.duo())
    both = sorted((duo.mentee_id, duo.mentor_id))
    assert (duo.state, duo.close_reason, duo.place) == (DuoState.CLOSED, CloseReason.NO_TIME, None)
    assert told("ending.early") == both
    assert told("ending.word") == both
    assert {row.person_id for row in EndWord.everywhere.all()} == set(both)
    assert not MentorChoice.everywhere.exists()  # the mentor is left in peace first
    assert AuditEntry.objects.filter(verb="duo.closed").count() == 1


def test_what_is_told_blames_nobody_and_says_no_reason() -> None:
    duo = end(app.duo(), CloseReason.NOT_A_FIT)
    for message in Message.everywhere.filter(kind__startswith="ending."):
        assert "get on" not in message.body
        assert duo.mentor.last_name not in message.body


def test_meetings_ahead_are_off_and_nobody_is_reminded_of_them() -> None:
    duo = app.duo()
    ahead = app.meetings.meeting(duo, NOW + 2 * DAY, now=NOW)
    duo.remind_mentor = True
    duo.save()
    end(duo)
    ahead.refresh_from_db()
    assert (ahead.state, ahead.cancelled_because) == ("cancelled", Because.CLOSED)
    tick_meetings(NOW + DAY)
    assert told("meeting.tomorrow") == []
    assert Meeting.everywhere.filter(state="held").count() == 1


def test_a_paused_duo_and_one_with_a_concern_can_end_too() -> None:
    duo = app.duo()
    chief = make.actor(Role.DIRECTOR, duo.branch)
    concern = tell_concern(branch=duo.branch, duo=duo, text="Afraid.", by=chief, now=NOW)
    pause_for_concern(concern=concern, by=chief, now=NOW)
    assert end(duo).state == DuoState.CLOSED


def test_a_duo_ends_once_and_not_before_it_began() -> None:
    duo = app.duo()
    with pytest.raises(WrongDates):
        end(duo, closed_on=duo.started_on - DAY)
    end(duo)
    with pytest.raises(IllegalMove):
        end(duo)


def test_a_machine_ends_no_duo() -> None:
    duo = app.duo()
    with pytest.raises(HumanNeeded):
        end_duo(duo=duo, reason=CloseReason.OTHER, closed_on=TODAY, by=system("robot"), now=NOW)


def test_a_side_says_why_by_link_and_the_team_may_not_write_over_it() -> None:
    duo = end(app.duo())
    word = EndWord.everywhere.get(duo=duo, side="mentee")
    with pytest.raises(NothingChosen):
        say_word(word=word, reasons=[], words="", by=LINK, now=NOW)
    said = say_word(word=word, reasons=["rhythm", "language"], words=" Hm ", by=LINK, now=NOW)
    assert (said.reasons, said.words, said.said_by) == (["rhythm", "language"], "Hm", None)
    team = actor_of(duo.started_by)
    with pytest.raises(AlreadySaid):
        say_word(word=word, reasons=["other"], words="", by=team, now=NOW)
    assert duo.close_reason == CloseReason.NO_TIME  # the team has a reason of its own


def test_the_team_writes_what_a_side_told_it_and_may_correct_it() -> None:
    duo = end(app.duo())
    word, team = EndWord.everywhere.get(duo=duo, side="mentor"), actor_of(duo.started_by)
    say_word(word=word, reasons=["heavy"], words="", by=team, now=NOW)
    said = say_word(word=word, reasons=["no_time"], words="", by=team, now=NOW + DAY)
    assert (said.reasons, said.said_by) == (["no_time"], duo.started_by)


def test_nobody_else_says_a_word_for_somebody() -> None:
    duo = end(app.duo())
    word = EndWord.everywhere.get(duo=duo, side="mentor")
    stranger = make.actor(Role.MENTEE, duo.branch)
    with pytest.raises(NotAllowed):
        say_word(word=word, reasons=["other"], words="", by=stranger, now=NOW)


def test_both_sides_are_asked_once() -> None:
    duo = end(app.duo())
    assert ask_words(duo=duo, by=LINK, now=NOW) == []
    assert EndWord.everywhere.count() == 2


def test_a_change_of_mentor_puts_the_mentee_first_and_gives_the_place_back() -> None:
    duo = app.duo()
    make.mentee(duo.branch, waiting_since=TODAY - 60 * DAY)
    by = actor_of(duo.started_by)
    closed = change_mentor(duo=duo, closed_on=TODAY, learned="Needs somebody patient.", by=by, now=NOW)
    assert closed.close_reason == CloseReason.CHANGE_OF_MENTOR
    profile = MenteeProfile.everywhere.get(person=duo.mentee)
    assert (profile.state, profile.waiting_since, profile.comes_first_since) == ("pool", TODAY, TODAY)
    assert not MentorPlace.everywhere.filter(mentor=duo.mentor).exists()
    found = build_profiles(duo.branch, TODAY)
    assert found.mentees[0].id == str(duo.mentee_id)  # before somebody who has waited for two months
    assert found.mentees[0].comes_first
    pair = Avoid.everywhere.get()
    assert (pair.person, pair.other, pair.by_wish) == (duo.mentee, duo.mentor, False)
    assert Note.everywhere.get().text == "Needs somebody patient."
    assert (told("ending.mentee_change"), told("ending.mentor_change")) == ([duo.mentee_id], [duo.mentor_id])


def test_priority_ends_with_the_next_duo() -> None:
    duo = app.duo()
    by = actor_of(duo.started_by)
    change_mentor(duo=duo, closed_on=TODAY, by=by, now=NOW)
    app.meetings.duo(duo.branch, by, mentee=duo.mentee, mentor=make.mentor(duo.branch))
    assert MenteeProfile.everywhere.get(person=duo.mentee).comes_first_since is None


def test_a_done_duo_brings_papers_and_the_question_what_next() -> None:
    duo = end(app.duo(met=3), CloseReason.COMPLETED)
    assert not EndWord.everywhere.exists()
    assert MentorChoice.everywhere.get().person == duo.mentor
    papers = list(Certificate.everywhere.all())
    assert [(row.side, row.meetings, row.hours) for row in papers] == [("mentee", 3, 6.0), ("mentor", 3, 6.0)]
    assert papers[0].purposes == ["cv", "interview"]
    assert told("certificate.ready") == sorted((duo.mentee_id, duo.mentor_id))


def test_no_meeting_held_certifies_nothing() -> None:
    end(app.duo(met=0), CloseReason.COMPLETED)
    assert not Certificate.everywhere.exists()


def test_a_rest_tells_both_and_a_rest_of_the_team_is_not_ended_by_chance() -> None:
    duo = app.duo()
    by = actor_of(duo.started_by)
    rest_duo(duo=duo, paused_on=TODAY, by=by, now=NOW)
    let_duo_go_on(duo=duo, by=by, now=NOW + DAY)
    both = sorted((duo.mentee_id, duo.mentor_id))
    assert told("duo.pausing") == told("duo.going_on") == both
    chief = make.actor(Role.DIRECTOR, duo.branch)
    concern = tell_concern(branch=duo.branch, duo=duo, text="Afraid.", by=chief, now=NOW)
    pause_for_concern(concern=concern, by=chief, now=NOW)
    assert not by.may(Permission.CONCERNS_WRITE, duo.branch_id)
    with pytest.raises(TeamMadeItRest):
        let_duo_go_on(duo=duo, by=by, now=NOW)
