"""Meetings of a duo: planned by a rhythm or by hand, moved, cancelled, resting with the duo."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from tests.factories import meetings as make
from tests.factories import people
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos import actions
from traboule.apps.duos.actions.meeting_ticks import remind, tick_meetings
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.enums_meetings import Because, MeetingState
from traboule.apps.duos.models import Duo, Meeting, MeetingLog
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Role
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.core.registry import AWAY
from traboule.kernel.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)  # ten o'clock in Lyon, in winter


@pytest.fixture
def branch() -> Branch:
    return people.branch()


@pytest.fixture
def ines(branch: Branch) -> Actor:
    return people.coordinator(branch, name="Inès")


@pytest.fixture
def duo(branch: Branch, ines: Actor) -> Duo:
    return make.duo(branch, ines)


def days(duo: Duo, state: str = MeetingState.PLANNED) -> list[date]:
    rows = Meeting.everywhere.filter(duo=duo, state=state).order_by("planned_at")
    return [row.planned_at.astimezone(PARIS).date() for row in rows]


def kinds(duo: Duo) -> list[str]:
    rows = Message.everywhere.filter(person__in=[duo.mentor, duo.mentee])
    return sorted(rows.values_list("kind", flat=True))


def test_a_rhythm_plans_three_weeks_ahead_and_tells_both(duo: Duo) -> None:
    make.rhythm(duo)
    assert days(duo) == [date(2026, 3, day) for day in (3, 10, 17, 24)]
    assert kinds(duo) == ["meeting.rhythm"] * 2


def test_the_clock_plans_on_and_ten_o_clock_stays_ten_when_the_clocks_change(duo: Duo) -> None:
    make.rhythm(duo)
    for week in range(30):
        tick_meetings(NOW + timedelta(weeks=week))
    rows = list(Meeting.everywhere.filter(duo=duo).order_by("planned_at"))
    assert {row.planned_at.astimezone(PARIS).time() for row in rows} == {time(10)}
    assert {row.planned_at.hour for row in rows} == {8, 9}
    assert len(rows) == 26
    assert rows[-1].planned_at.date() <= duo.ends_on


def test_the_clock_may_tick_twice(duo: Duo) -> None:
    make.rhythm(duo)
    later = NOW + timedelta(days=9)
    tick_meetings(later)
    before = list(Meeting.everywhere.values_list("pk", "state", "sequence"))
    entries, told = AuditEntry.objects.count(), Message.everywhere.count()
    tick_meetings(later)
    assert list(Meeting.everywhere.values_list("pk", "state", "sequence")) == before
    assert (AuditEntry.objects.count(), Message.everywhere.count()) == (entries, told)


def test_a_new_rhythm_takes_the_planned_meetings_along(duo: Duo) -> None:
    make.rhythm(duo)
    make.rhythm(duo, weekday=4, at=time(14), now=NOW + timedelta(hours=1))
    assert days(duo) == [date(2026, 3, day) for day in (6, 13, 20, 27)]
    assert Meeting.everywhere.filter(duo=duo).count() == 4
    assert set(Meeting.everywhere.values_list("sequence", flat=True)) == {1}


def test_a_free_rhythm_cancels_what_the_weekly_one_planned_and_weekly_brings_it_back(duo: Duo) -> None:
    make.rhythm(duo)
    make.rhythm(duo, weekday=None, now=NOW + timedelta(hours=1))
    assert days(duo) == []
    assert len(days(duo, MeetingState.CANCELLED)) == 4
    make.rhythm(duo, now=NOW + timedelta(hours=2))
    assert len(days(duo)) == 4


def test_a_moved_meeting_leads_to_the_new_one_and_both_are_told(duo: Duo) -> None:
    make.rhythm(duo)
    first = Meeting.everywhere.filter(duo=duo).earliest("planned_at")
    new = actions.move_meeting(
        meeting=first, side="mentee", to=TUESDAY + timedelta(days=2), by=make.LINK, now=NOW
    )
    again = actions.move_meeting(
        meeting=first, side="mentee", to=TUESDAY + timedelta(days=2), by=make.LINK, now=NOW
    )
    first.refresh_from_db()
    assert (first.state, first.moved_to, again) == ("moved", new, new)
    assert kinds(duo).count("meeting.moved") == 2
    tick_meetings(NOW + timedelta(hours=1))
    assert days(duo) == [date(2026, 3, day) for day in (5, 10, 17, 24)]


def test_a_moved_meeting_is_not_moved_to_the_past_nor_moved_again(duo: Duo) -> None:
    meeting = make.meeting(duo, TUESDAY, now=NOW)
    with pytest.raises(actions.NotAhead):
        actions.move_meeting(meeting=meeting, side="mentor", to=NOW, by=make.LINK, now=NOW)
    later = TUESDAY + timedelta(days=1)
    actions.move_meeting(meeting=meeting, side="mentor", to=later, by=make.LINK, now=NOW)
    with pytest.raises(IllegalMove):
        actions.move_meeting(
            meeting=meeting, side="mentor", to=later + timedelta(days=1), by=make.LINK, now=NOW
        )


def test_planning_the_same_time_twice_is_one_meeting(duo: Duo) -> None:
    assert make.meeting(duo, TUESDAY, now=NOW) == make.meeting(duo, TUESDAY, now=NOW)
    assert kinds(duo).count("meeting.planned") == 2


def test_cancelling_tells_both_once(duo: Duo) -> None:
    meeting = make.meeting(duo, TUESDAY, now=NOW)
    for _ in range(2):
        actions.cancel_meeting(meeting=meeting, side="mentor", by=make.LINK, now=NOW)
    assert days(duo, MeetingState.CANCELLED) == [date(2026, 3, 3)]
    assert kinds(duo).count("meeting.cancelled") == 2


def test_a_pause_cancels_what_is_to_come_and_its_end_brings_it_back(duo: Duo, ines: Actor) -> None:
    make.rhythm(duo)
    own = make.meeting(duo, TUESDAY + timedelta(days=3), now=NOW)
    actions.pause_duo(duo=duo, paused_on=TODAY, by=ines, now=NOW)
    assert days(duo) == []
    assert set(Meeting.everywhere.values_list("cancelled_because", flat=True)) == {Because.PAUSE}
    with pytest.raises(actions.DuoRests):
        make.meeting(duo, TUESDAY, now=NOW)
    actions.resume_duo(duo=duo, by=ines, now=NOW + timedelta(days=2))
    own.refresh_from_db()
    assert own.state == MeetingState.PLANNED
    assert days(duo) == [date(2026, 3, day) for day in (6, 10, 17, 24)]


def test_a_closed_duo_has_nothing_ahead(duo: Duo, ines: Actor) -> None:
    make.rhythm(duo)
    actions.close_duo(duo=duo, reason=CloseReason.NO_TIME, closed_on=TODAY, by=ines, now=NOW)
    assert days(duo) == []
    assert set(Meeting.everywhere.values_list("cancelled_because", flat=True)) == {Because.CLOSED}
    with pytest.raises(actions.DuoRests):
        make.rhythm(duo)


def test_a_rhythm_before_the_start_or_without_a_time_is_refused(duo: Duo) -> None:
    with pytest.raises(actions.OutsideDuo):
        make.rhythm(duo, since=TODAY - timedelta(days=1))
    with pytest.raises(ValueError):
        actions.set_rhythm(duo=duo, side="mentor", weekday=2, at=None, by=make.LINK, now=NOW)
    assert Meeting.everywhere.count() == 0


# --- who may --------------------------------------------------------------------------------------------


def test_one_of_the_two_speaks_for_herself_only(duo: Duo, branch: Branch) -> None:
    selam = actor_of(people.login(Role.MENTEE, branch, person=duo.mentee))
    meeting = make.meeting(duo, TUESDAY, now=NOW)
    with pytest.raises(NotAllowed):
        actions.cancel_meeting(meeting=meeting, side="mentor", by=selam, now=NOW)
    actions.cancel_meeting(meeting=meeting, side="mentee", by=selam, now=NOW)


def test_somebody_elses_mentee_may_do_nothing(duo: Duo, branch: Branch) -> None:
    other = people.mentee(branch)
    stranger = actor_of(people.login(Role.MENTEE, branch, person=other))
    away = people.coordinator(people.branch())
    for by, refusal in ((stranger, NotAllowed), (away, NotVisible)):
        with pytest.raises(refusal):
            make.meeting(duo, TUESDAY, now=NOW, by=by, side="mentee")


# --- what the clock asks ----------------------------------------------------------------------------------


def asked(duo: Duo) -> list[int | None]:
    rows = Message.everywhere.filter(kind="meeting.log").order_by("pk")
    return list(rows.values_list("person_id", flat=True))


def test_the_mentor_is_asked_a_day_later_and_the_mentee_after_three_more_days(duo: Duo) -> None:
    make.meeting(duo, TUESDAY, now=NOW)
    tick_meetings(TUESDAY + timedelta(hours=23))
    assert asked(duo) == []
    tick_meetings(TUESDAY + timedelta(hours=25))
    tick_meetings(TUESDAY + timedelta(hours=26))
    assert asked(duo) == [duo.mentor_id]
    tick_meetings(TUESDAY + timedelta(days=4, hours=2))
    tick_meetings(TUESDAY + timedelta(days=6))
    assert asked(duo) == [duo.mentor_id, duo.mentee_id]


def test_nobody_is_asked_for_what_is_logged_or_moved_or_of_a_duo_that_rests(duo: Duo, ines: Actor) -> None:
    meeting = make.meeting(duo, TUESDAY, now=NOW)
    later = TUESDAY + timedelta(days=2)
    actions.log_meeting(
        meeting=meeting, side="mentee", said=make.met(), through="link", client_key="k", by=make.LINK,
        now=TUESDAY + timedelta(hours=3),
    )  # fmt: skip
    make.meeting(duo, TUESDAY + timedelta(hours=5), now=NOW)
    actions.pause_duo(duo=duo, paused_on=TODAY, by=ines, now=TUESDAY + timedelta(hours=8))
    tick_meetings(later)
    assert asked(duo) == []


def test_who_is_away_is_not_asked(duo: Duo) -> None:
    make.meeting(duo, TUESDAY, now=NOW)
    AWAY.register("test", lambda person, _day: person == duo.mentor_id)
    try:
        tick_meetings(TUESDAY + timedelta(days=2))
        assert asked(duo) == []
        tick_meetings(TUESDAY + timedelta(days=5))
        assert asked(duo) == [duo.mentee_id]
    finally:
        AWAY.register("test", lambda _person, _day: False)


def test_a_reminder_the_day_before_goes_only_to_who_wishes_it(duo: Duo) -> None:
    make.meeting(duo, TUESDAY, now=NOW - timedelta(days=1))
    actions.wish_reminder(duo=duo, side="mentee", wanted=True, by=make.LINK, now=NOW)
    for _ in range(2):
        tick_meetings(TUESDAY - timedelta(hours=20))
    rows = Message.everywhere.filter(kind="meeting.tomorrow")
    assert list(rows.values_list("person_id", flat=True)) == [duo.mentee_id]


def test_nobody_is_reminded_of_tomorrow_on_the_very_day(duo: Duo) -> None:
    make.meeting(duo, TUESDAY, now=NOW - timedelta(days=1))
    actions.wish_reminder(duo=duo, side="mentee", wanted=True, by=make.LINK, now=NOW)
    tick_meetings(TUESDAY - timedelta(hours=2))
    assert not Message.everywhere.filter(kind="meeting.tomorrow").exists()


def test_a_waiting_reminder_goes_with_the_meeting_that_is_cancelled(duo: Duo) -> None:
    meeting = make.meeting(duo, TUESDAY, now=NOW - timedelta(days=1))
    actions.wish_reminder(duo=duo, side="mentee", wanted=True, by=make.LINK, now=NOW)
    late = TUESDAY - timedelta(hours=20)
    tick_meetings(late)
    actions.cancel_meeting(meeting=meeting, side="mentor", by=make.LINK, now=late)
    remind(meeting=meeting, now=late + timedelta(minutes=1))  # read before, run after
    row = Message.everywhere.get(kind="meeting.tomorrow")
    assert (row.state, row.reason) == ("withheld", "withdrawn")


def test_messages_name_first_names_only(duo: Duo) -> None:
    make.rhythm(duo)
    make.meeting(duo, TUESDAY + timedelta(hours=3), now=NOW)
    texts = "".join(Message.everywhere.values_list("body", flat=True))
    assert duo.mentor.last_name not in texts
    assert duo.mentee.last_name not in texts


# --- what the tables refuse -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "held"},
        {"state": "perhaps"},
        {"state": "cancelled"},
        {"met_minutes": 60},
        {"minutes": 0},
        {"how": "pigeon"},
        {"source": "nobody"},
    ],
)
def test_the_database_refuses_a_meeting_that_cannot_be(duo: Duo, wrong: dict[str, object]) -> None:
    fields = {"planned_at": NOW, "changed_at": NOW, "source": "mentor"} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.everywhere.create(duo=duo, **fields)


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "met"},
        {"outcome": "missed", "minutes": 60},
        {"outcome": "met", "minutes": 1800},
        {"side": "cat"},
        {"client_key": ""},
    ],
)
def test_the_database_refuses_a_log_that_cannot_be(duo: Duo, wrong: dict[str, object]) -> None:
    meeting = make.meeting(duo, TUESDAY, now=NOW)
    fields = {
        "side": "mentor", "outcome": "missed", "through": "link", "client_key": "k", "said_at": NOW,
    } | wrong  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingLog.everywhere.create(meeting=meeting, **fields)


def test_the_database_lets_a_week_of_the_rhythm_be_planned_once(duo: Duo) -> None:
    make.rhythm(duo)
    first = Meeting.everywhere.filter(duo=duo).earliest("planned_at")
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.everywhere.create(
            duo=duo, planned_at=NOW, changed_at=NOW, source="rhythm", slot_week=first.slot_week
        )
