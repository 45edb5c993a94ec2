"""What both sides say of a meeting: kept as said, counted by a rule, sent exactly once, plausible."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.factories import meetings as make
from tests.factories import people
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos import actions
from traboule.apps.duos.enums_meetings import MeetingStep
from traboule.apps.duos.models import Duo, Meeting, MeetingLog
from traboule.apps.duos.rules import HumanNeeded
from traboule.apps.people.enums import Role
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed
from traboule.kernel.rhythm import Doubt, Implausible

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
EVENING = TUESDAY + timedelta(hours=9)
MISSED = actions.Said(outcome="missed", why_missed="ill")


@pytest.fixture
def branch() -> Branch:
    return people.branch()


@pytest.fixture
def ines(branch: Branch) -> Actor:
    return people.coordinator(branch, name="Inès")


@pytest.fixture
def duo(branch: Branch, ines: Actor) -> Duo:
    return make.duo(branch, ines)


@pytest.fixture
def meeting(duo: Duo) -> Meeting:
    return make.meeting(duo, TUESDAY, now=NOW)


def log(meeting: Meeting, side: str, said: actions.Said, **more: Any) -> MeetingLog:
    fields = {"through": "link", "client_key": f"{side}-{meeting.pk}", "by": make.LINK, "now": EVENING} | more
    return actions.log_meeting(meeting=meeting, side=side, said=said, **fields)


def counts(meeting: Meeting) -> tuple[str, int | None, str]:
    meeting.refresh_from_db()
    return meeting.state, meeting.met_minutes, meeting.agreement


def open_steps() -> list[str]:
    return list(OpenStep.everywhere.filter(closed_at=None).values_list("kind", flat=True))


def test_one_side_is_believed_until_the_other_speaks(meeting: Meeting) -> None:
    log(meeting, "mentor", make.met(120))
    assert counts(meeting) == ("held", 120, "one")
    log(meeting, "mentee", make.met(120))
    assert counts(meeting) == ("held", 120, "equal")
    assert open_steps() == []


def test_of_two_lengths_the_shorter_counts_and_the_coordinator_sees_a_small_step(meeting: Meeting) -> None:
    log(meeting, "mentor", make.met(120))
    log(meeting, "mentee", make.met(60))
    assert counts(meeting) == ("held", 60, "lower")
    assert open_steps() == [MeetingStep.DIFFERS]
    assert MeetingLog.everywhere.filter(replaced_at=None).count() == 2


def test_met_against_missed_stays_open_until_somebody_settles_it(meeting: Meeting, ines: Actor) -> None:
    log(meeting, "mentor", make.met(120))
    log(meeting, "mentee", MISSED)
    assert counts(meeting) == ("planned", None, "open")
    step = OpenStep.everywhere.get(closed_at=None)
    assert (step.kind, step.owner_id, step.subject_id) == (MeetingStep.OPEN, ines.id, meeting.duo_id)
    actions.settle_meeting(meeting=meeting, outcome="met", minutes=90, by=ines, now=EVENING)
    assert counts(meeting) == ("held", 90, "settled")
    assert open_steps() == []
    log(meeting, "mentee", make.met(30), client_key="later")
    assert counts(meeting) == ("held", 90, "settled")


def test_who_corrects_herself_closes_the_difference(meeting: Meeting) -> None:
    log(meeting, "mentor", make.met(120))
    first = log(meeting, "mentee", MISSED)
    actions.correct_log(
        log=first, said=make.met(120), through="link", client_key="two", by=make.LINK, now=EVENING
    )
    assert counts(meeting) == ("held", 120, "equal")
    assert open_steps() == []
    first.refresh_from_db()
    assert first.replaced_at == EVENING
    with pytest.raises(actions.NothingSaid):
        actions.correct_log(
            log=first, said=MISSED, through="link", client_key="three", by=make.LINK, now=EVENING
        )


def test_the_same_form_sent_five_times_is_one_log(meeting: Meeting) -> None:
    entries = AuditEntry.objects.count()
    first = log(meeting, "mentor", make.met(120))
    again = [log(meeting, "mentor", make.met(60), now=EVENING + timedelta(hours=n)) for n in range(4)]
    assert {found.pk for found in again} == {first.pk}
    assert counts(meeting) == ("held", 120, "one")
    assert AuditEntry.objects.count() == entries + 1


def test_a_key_of_another_duo_opens_nothing(meeting: Meeting, branch: Branch, ines: Actor) -> None:
    log(meeting, "mentor", make.met(120), client_key="same")
    other = make.duo(branch, ines)
    elsewhere = make.meeting(other, TUESDAY, now=NOW)
    with pytest.raises(actions.UnknownCode):
        log(elsewhere, "mentor", make.met(120), client_key="same")


def test_a_meeting_that_has_not_come_cannot_be_logged_and_nothing_is_written(meeting: Meeting) -> None:
    with pytest.raises(Implausible) as refused:
        log(meeting, "mentor", make.met(120), now=NOW)
    assert refused.value.doubt is Doubt.IN_FUTURE
    assert MeetingLog.everywhere.count() == 0


def test_a_log_for_a_day_before_the_start_writes_nothing(duo: Duo) -> None:
    before = TODAY - timedelta(days=1)
    with pytest.raises(Implausible) as refused:
        actions.log_unplanned(
            duo=duo, day=before, side="mentor", said=make.met(60), through="place", client_key="k",
            by=make.LINK, now=EVENING,
        )  # fmt: skip
    assert refused.value.doubt is Doubt.BEFORE_START
    assert (Meeting.everywhere.count(), MeetingLog.everywhere.count()) == (0, 0)


def test_thirty_hours_in_a_week_are_refused_with_what_was_expected(duo: Duo) -> None:
    for day in range(3):
        unplanned(duo, day, 590, is_sure=True)
    with pytest.raises(Implausible) as refused:
        unplanned(duo, 3, 60, is_sure=True)
    assert refused.value.doubt is Doubt.WEEK_TOO_LONG
    assert (refused.value.minutes, refused.value.most) == (1830, 720)
    assert Meeting.everywhere.count() == 3


def test_more_than_twelve_hours_a_week_are_kept_once_it_is_said_twice(duo: Duo) -> None:
    unplanned(duo, 0, 600)
    with pytest.raises(Implausible) as refused:
        unplanned(duo, 1, 180)
    assert refused.value.asks_back
    unplanned(duo, 1, 180, is_sure=True)
    assert Meeting.everywhere.count() == 2


def unplanned(duo: Duo, day: int, minutes: int, **more: Any) -> MeetingLog:
    return actions.log_unplanned(
        duo=duo,
        day=TODAY + timedelta(days=day),
        side="mentor",
        said=make.met(minutes, **more),
        through="place",
        client_key=f"k{day}",
        by=make.LINK,
        now=NOW + timedelta(days=6),
    )


def test_an_unplanned_meeting_is_noted_once(duo: Duo) -> None:
    assert unplanned(duo, 1, 90) == unplanned(duo, 1, 90)
    found = Meeting.everywhere.get(duo=duo)
    assert (found.state, found.met_minutes, found.source) == ("held", 90, "mentor")


def test_a_moved_meeting_is_logged_under_its_new_time(meeting: Meeting) -> None:
    later = TUESDAY + timedelta(days=1)
    actions.move_meeting(meeting=meeting, side="mentor", to=later, by=make.LINK, now=NOW)
    with pytest.raises(actions.MeetingMoved):
        log(meeting, "mentor", make.met(120))


def test_a_meeting_moved_in_the_log_itself_has_no_new_time_yet(meeting: Meeting) -> None:
    log(meeting, "mentor", actions.Said(outcome="moved"))
    assert counts(meeting) == ("moved", None, "one")
    log(meeting, "mentor", make.met(60), client_key="after all")
    assert counts(meeting) == ("held", 60, "one")


def test_the_team_writes_for_a_mentor_without_a_phone_and_the_mentee_may_not(
    meeting: Meeting, branch: Branch, ines: Actor
) -> None:
    written = log(meeting, "mentor", make.met(120), through="phone", by=ines)
    assert (written.side, written.said_by_id, written.through) == ("mentor", ines.id, "phone")
    selam = people.actor(Role.MENTEE, branch, person=meeting.duo.mentee)
    with pytest.raises(NotAllowed):
        log(meeting, "mentor", make.met(60), client_key="x", by=selam)
    with pytest.raises(NotAllowed):
        actions.settle_meeting(meeting=meeting, outcome="missed", minutes=None, by=selam, now=EVENING)
    with pytest.raises(HumanNeeded):
        actions.settle_meeting(meeting=meeting, outcome="missed", minutes=None, by=make.LINK, now=EVENING)


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "perhaps"},
        {"outcome": "met"},
        {"outcome": "missed", "minutes": 30},
        {"outcome": "met", "minutes": 30, "served": ("golf",)},
        {"outcome": "met", "minutes": 30, "why_missed": "ill"},
    ],
)
def test_codes_that_are_none_of_ours_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(actions.UnknownCode):
        actions.Said(**wrong)


# --- a coordinator leaves ---------------------------------------------------------------------------------


def test_the_duos_of_one_go_to_another_with_their_steps(branch: Branch, ines: Actor, duo: Duo) -> None:
    meeting = make.meeting(duo, TUESDAY, now=NOW)
    other = make.duo(branch, ines)
    omar = people.login(Role.COORDINATOR, branch, name="Omar")
    log(meeting, "mentor", make.met(120))
    log(meeting, "mentee", MISSED)
    old = duo.started_by
    moved = actions.hand_over_duos(branch=branch, of=old, to=omar, by=ines, now=NOW, duos=[duo.pk])
    duo.refresh_from_db()
    other.refresh_from_db()
    assert (moved, duo.owner, other.owner) == (1, omar, old)
    assert OpenStep.everywhere.get(closed_at=None).owner == omar
    assert actions.hand_over_duos(branch=branch, of=old, to=omar, by=ines, now=NOW) == 1
    assert AuditEntry.objects.filter(verb="duo.handed_over").count() == 2
    assert AuditEntry.objects.filter(verb="duos.handed_over").count() == 2


def test_what_is_open_about_a_mentor_stays_with_their_other_duo(
    branch: Branch, ines: Actor, duo: Duo
) -> None:
    stays = make.duo(branch, ines)
    Duo.everywhere.filter(pk=stays.pk).update(mentor=duo.mentor, started_by=duo.started_by)
    omar = people.login(Role.COORDINATOR, branch, name="Omar")
    for person, key in ((duo.mentor, "a"), (duo.mentee, "b")):
        OpenStep.everywhere.create(
            branch=branch, person=person, kind="x", key=key, rank=60, owner=duo.started_by, opened_at=NOW
        )
    actions.hand_over_duos(branch=branch, of=duo.started_by, to=omar, by=ines, now=NOW, duos=[duo.pk])
    owners = dict(OpenStep.everywhere.values_list("key", "owner"))
    assert owners == {"a": duo.started_by_id, "b": omar.pk}


def test_duos_go_to_nobody_who_may_not_follow_them(branch: Branch, ines: Actor, duo: Duo) -> None:
    old = duo.started_by
    referrer = people.login(Role.REFERRER, branch)
    gone = people.login(Role.COORDINATOR, branch, is_active=False)
    elsewhere = people.login(Role.COORDINATOR, people.branch())
    for to in (referrer, gone, elsewhere, old):
        with pytest.raises(actions.CannotFollow):
            actions.hand_over_duos(branch=branch, of=old, to=to, by=ines, now=NOW)
