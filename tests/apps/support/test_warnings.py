"""The early warning of a branch: facts from the tables, as of a day; who looked, and what it was worth."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

import traboule.apps.support.actions.demo_ended as demo_ended
from tests.factories import people as make
from tests.factories import plans
from tests.factories import support as support_factory
from tests.factories import warning as app
from tests.factories.people import NOW, TODAY
from tests.factories.warning import tuesdays
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo, Meeting
from traboule.apps.duos.rules import HumanNeeded
from traboule.apps.people.enums import Role
from traboule.apps.people.queries import actor_of, today
from traboule.apps.support.actions.looks import NothingToLookAt, WrongDay, end_look, look_at
from traboule.apps.support.models import CheckIn, CheckInSide, Look
from traboule.apps.support.queries.load import Stage, Thing, loads, stage_of
from traboule.apps.support.queries.warning_facts import facts_of
from traboule.apps.support.queries.warning_record import warning_record
from traboule.apps.support.queries.warnings import watched_duo, watched_in
from traboule.apps.support.warning_enums import LOOK, NotNeeded
from traboule.core.actors import system
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.warning import Code, Facts, Sign, sign_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def codes(sign: Sign) -> list[tuple[str, str]]:
    return [(reason.code.value, reason.side) for reason in sign.reasons]


def sign(duo: Duo, day: date = TODAY) -> Sign:
    return watched_duo(Duo.everywhere.select_related("branch", "mentor", "mentee").get(pk=duo.pk), day).sign


def facts_on(duo: Duo, day: date) -> Facts:
    rows = Duo.everywhere.filter(pk=duo.pk)
    return facts_of([duo], rows, duo.branch, {duo.pk: day}, is_past=True)[duo.pk]


def healthy(at: Branch | None = None) -> Duo:
    duo = app.duo(at)
    app.met(duo, *tuesdays(8, 1))
    return duo


def silent(at: Branch | None = None) -> Duo:
    """Met until five weeks ago; nothing since."""
    duo = app.duo(at)
    app.met(duo, *tuesdays(8, 5))
    return duo


def test_a_duo_that_meets_shows_nothing_and_one_that_does_not_shows_why() -> None:
    assert codes(sign(healthy())) == []
    found = sign(silent())
    assert codes(found) == [("meetings_missing", ""), ("no_next_step", "")]
    assert list(found.reasons[0].days) == tuesdays(4, 1)
    assert found.looks


def test_a_date_on_the_plan_or_a_step_in_a_log_is_a_next_step() -> None:
    duo = app.duo()
    app.met(duo, *tuesdays(8, 1), step="none")
    assert codes(sign(duo)) == [("no_next_step", "")]
    point = plans.milestone(plans.goal(duo.mentee, now=NOW - 9 * DAY), due_on=TODAY + 3 * DAY)
    assert codes(sign(duo)) == []
    type(point).everywhere.filter(pk=point.pk).update(due_on=TODAY - DAY)
    assert codes(sign(duo)) == [("no_next_step", "")]
    app.met(duo, TODAY - 3 * DAY)
    assert codes(sign(duo)) == []


def test_an_absence_excuses_its_weeks_and_who_came_back_earlier_is_not_away() -> None:
    duo = silent()
    away = support_factory.absence(duo.mentor, from_on=TODAY, until_on=TODAY + 3 * DAY)
    type(away).everywhere.filter(pk=away.pk).update(from_on=TODAY - 30 * DAY, until_on=TODAY - DAY)
    assert codes(sign(duo)) == [("no_next_step", "")]
    type(away).everywhere.filter(pk=away.pk).update(back_on=TODAY - 28 * DAY)
    assert codes(sign(duo))[0] == ("meetings_missing", "")


def test_messages_that_come_back_count_until_one_arrives() -> None:
    duo = healthy()
    for back in (9, 5):
        app.message(duo.mentee, TODAY - back * DAY, "bounced")
    app.message(duo.mentor, TODAY - 2 * DAY, "sent")
    assert codes(sign(duo)) == [("messages_undelivered", "mentee")]
    app.message(duo.mentee, TODAY - 3 * DAY, "sent")
    assert codes(sign(duo)) == []


def test_links_of_logs_check_ins_and_the_scale_count_until_this_side_answers() -> None:
    duo = healthy()
    app.asked(duo, "mentee", TODAY - 20 * DAY, TODAY - 13 * DAY)
    row = CheckIn.everywhere.create(duo=duo, month=1, due_on=TODAY - 10 * DAY)
    question = CheckInSide.everywhere.create(
        check_in=row, person=duo.mentee, side="mentee", asked_at=app.noon(TODAY - 10 * DAY)
    )
    assert codes(sign(duo)) == [("links_unanswered", "mentee")]
    CheckInSide.everywhere.filter(pk=question.pk).update(held_at=app.noon(TODAY - 4 * DAY))
    assert codes(sign(duo)) == []


def test_a_rating_that_fell_stands_until_the_team_has_spoken_with_this_side() -> None:
    duo = healthy()
    app.rated(duo, "mentee", TODAY - 70 * DAY, 5, 1)
    app.rated(duo, "mentee", TODAY - 10 * DAY, 3, 2)
    found = sign(duo)
    assert codes(found) == [("rating_fell", "mentee")]
    assert (found.reasons[0].was, found.reasons[0].now) == (500, 300)
    row = CheckIn.everywhere.create(duo=duo, month=3, due_on=TODAY)
    CheckInSide.everywhere.create(
        check_in=row,
        person=duo.mentee,
        side="mentee",
        held_at=app.noon(TODAY - 2 * DAY),
        held_by=duo.started_by,
    )
    assert codes(sign(duo)) == []


def test_the_scale_of_one_mentor_with_two_duos_stays_with_its_duo() -> None:
    one, two = healthy(), healthy()
    Duo.everywhere.filter(pk=two.pk).update(mentor=one.mentor)
    for back in (9, 5):
        app.message(one.mentor, TODAY - back * DAY, "failed")
    app.rated(one, "mentor", TODAY - 5 * DAY, 2)
    assert codes(sign(one)) == [("messages_undelivered", "mentor"), ("rating_low", "mentor")]
    assert codes(sign(two)) == []  # its mentor is of another branch: messages are read branch by branch


def test_a_branch_costs_the_same_queries_at_1_and_at_40_duos() -> None:
    branch = make.branch()
    by = make.coordinator(branch)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            watched_in(actor=by, branch=branch, today=TODAY)
        return len(seen)

    silent(branch)
    few = cost()
    for _ in range(39):
        app.duo(branch)
    assert cost() == few <= 3
    assert len(watched_in(actor=by, branch=branch, today=TODAY)) == 40


def test_the_team_of_another_branch_and_the_two_themselves_see_nothing() -> None:
    duo = silent()
    refused = (
        (Role.COORDINATOR, make.branch(), NotVisible),
        (Role.MENTOR, duo.branch, NotAllowed),
        (Role.MENTEE, duo.branch, NotAllowed),
    )
    for role, at, how in refused:
        with pytest.raises(how):
            watched_in(actor=make.actor(role, at), branch=duo.branch, today=TODAY)


# ---- not needed, because


def test_who_looked_lets_it_rest_and_a_new_fact_ends_the_rest() -> None:
    duo = silent()
    by = actor_of(duo.started_by)
    look = look_at(duo=duo, reason=NotNeeded.THEY_MEET, until_on=TODAY + 20 * DAY, by=by, now=NOW)
    (found,) = watched_in(actor=by, branch=duo.branch, today=TODAY)
    assert (found.is_silent, found.looks, found.look) == (True, False, look)
    (later,) = watched_in(actor=by, branch=duo.branch, today=TODAY + 7 * DAY)
    assert [reason.code for reason in later.news] == [Code.MISSING]
    assert (later.is_silent, later.looks) == (False, True)
    entry = AuditEntry.objects.get(verb="duo.looked_at")
    assert entry.facts == {
        "reason": "they_meet", "until": "2026-03-22", "rules": "2026-1",
        "codes": ["meetings_missing", "no_next_step"],
    }  # fmt: skip


def test_the_rest_ends_with_its_day_and_may_be_taken_back() -> None:
    duo = silent()
    by = actor_of(duo.started_by)
    look_at(duo=duo, reason=NotNeeded.AGREED, until_on=TODAY + DAY, by=by, now=NOW)
    Look.everywhere.update(seen=[["meetings_missing", "", "2026-12-31"], ["no_next_step", "", ""]])
    assert [watched_in(actor=by, branch=duo.branch, today=TODAY + n * DAY)[0].looks for n in (0, 1, 2)] == [
        *(False, False, True)
    ]
    assert end_look(duo=duo, by=by, now=NOW)
    assert not end_look(duo=duo, by=by, now=NOW)
    assert watched_in(actor=by, branch=duo.branch, today=TODAY)[0].looks
    assert list(AuditEntry.objects.filter(verb="duo.look_ended").values_list("subject_id", flat=True)) == [
        str(duo.pk)
    ]


def test_a_second_look_replaces_the_first_and_two_in_force_cannot_be() -> None:
    duo = silent()
    by = actor_of(duo.started_by)
    for reason in (NotNeeded.OTHER, NotNeeded.AGREED):
        look_at(duo=duo, reason=reason, until_on=TODAY + 5 * DAY, by=by, now=NOW)
    assert list(Look.everywhere.filter(ended_at=None).values_list("reason", flat=True)) == ["agreed"]
    with pytest.raises(IntegrityError, match=r"look_in_force_once|support_look.duo_id"), transaction.atomic():
        Look.everywhere.create(duo=duo, reason="other", until_on=TODAY, rules="2026-1", looked_at=NOW)


def test_looking_is_refused_by_name_where_it_makes_no_sense() -> None:
    duo, well = silent(), healthy()
    by = actor_of(duo.started_by)
    for days in (0, 61):
        with pytest.raises(WrongDay):
            look_at(duo=duo, reason=NotNeeded.OTHER, until_on=TODAY + days * DAY, by=by, now=NOW)
    with pytest.raises(NothingToLookAt):
        look_at(duo=well, reason=NotNeeded.OTHER, until_on=TODAY + DAY, by=actor_of(well.started_by), now=NOW)
    over = app.closed(silent(), TODAY)
    with pytest.raises(NothingToLookAt):
        look_at(duo=over, reason=NotNeeded.OTHER, until_on=TODAY + DAY, by=actor_of(over.started_by), now=NOW)
    for stranger, how in (
        (actor_of(well.started_by), NotVisible),
        (make.actor(Role.MENTOR, duo.branch), NotAllowed),
    ):
        with pytest.raises(how):
            look_at(duo=duo, reason=NotNeeded.OTHER, until_on=TODAY + DAY, by=stranger, now=NOW)
    with pytest.raises(HumanNeeded):
        look_at(duo=duo, reason=NotNeeded.OTHER, until_on=TODAY + DAY, by=system("clock"), now=NOW)
    assert not Look.everywhere.exists()


def test_the_page_of_today_names_the_duo_and_carries_its_reasons() -> None:
    duo = silent()
    healthy(duo.branch)
    steps = [
        step
        for step in today(actor=actor_of(duo.started_by), branch=duo.branch, today=TODAY)
        if step.reason == LOOK
    ]
    assert [(step.person_id, step.object_id, step.rank) for step in steps] == [(duo.mentee_id, duo.pk, 28)]
    assert codes(steps[0].more.sign) == [("meetings_missing", ""), ("no_next_step", "")]


# ---- what it was worth: only what was known on the day


def test_what_came_after_the_day_is_not_read() -> None:
    duo = silent()
    before = facts_on(duo, TODAY - 14 * DAY)
    app.met(duo, *tuesdays(4, 1), said=20 * DAY)  # told only later
    app.rated(duo, "mentee", TODAY - 3 * DAY, 1)
    support_factory.absence(duo.mentor, from_on=TODAY, until_on=TODAY + DAY)
    plans.milestone(plans.goal(duo.mentee, now=NOW), due_on=TODAY + 30 * DAY)
    Duo.everywhere.filter(pk=duo.pk).update(paused_on=TODAY, state="paused")
    changed = Duo.everywhere.select_related("branch").get(pk=duo.pk)
    Meeting.everywhere.filter(duo=duo, planned_at__gte=app.noon(TODAY - 30 * DAY)).update(changed_at=NOW)
    assert facts_on(changed, TODAY - 14 * DAY) == before


def test_a_message_counts_on_a_past_day_only_when_it_can_have_come_back() -> None:
    duo = healthy()
    for back in (20, 16):
        app.message(duo.mentee, TODAY - back * DAY, "bounced")
    on = {back: codes(sign_of(facts_on(duo, TODAY - back * DAY))) for back in (14, 13)}
    assert [("messages_undelivered", "mentee") in found for found in on.values()] == [False, True]


def test_under_fifty_ended_duos_the_record_says_how_many_are_lacking() -> None:
    branch = make.branch()
    app.closed(silent(branch), TODAY)
    found = warning_record(actor=make.coordinator(branch), branch=branch, today=TODAY)
    (two, four, eight) = found.records
    assert (four.score.n, four.score.lacking, four.score.precision) == (1, 49, None)
    assert (two.weeks, eight.weeks, found.ended, found.found_work) == (2, 8, 1, 0)


def test_from_fifty_on_precision_and_recall_are_printed_with_their_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    branch = make.branch()
    for _ in range(2):
        app.closed(silent(branch), TODAY)  # early, and named
    for reason in ("lost_contact", "found_work"):
        app.closed(healthy(branch), TODAY, reason)  # early, not named; for work: not counted
    done = silent(branch)
    Duo.everywhere.filter(pk=done.pk).update(ends_on=TODAY)
    done.refresh_from_db()
    app.closed(done, TODAY, "completed")  # lasted, and named
    young = app.closed(app.duo(branch, weeks=5), TODAY)  # had hardly begun
    monkeypatch.setattr("traboule.kernel.warning.record.FEWEST", 4)
    found = warning_record(actor=make.coordinator(branch), branch=branch, today=TODAY)
    two = found.records[0]
    score = two.score
    assert (found.ended, found.found_work, two.too_short) == (6, 1, 1), young
    assert (score.n, score.early, score.warned, score.right) == (4, 3, 3, 2)
    assert score.precision is not None
    assert score.recall is not None
    assert (round(score.precision.value, 3), round(score.recall.value, 3)) == (0.667, 0.667)
    assert {code: (stood, right) for code, stood, right in two.by_reason}[Code.MISSING] == (3, 2)


def test_the_break_ups_of_the_demo_know_nothing_of_the_rules() -> None:
    """Else the record of the demo would say that the rules agree with themselves."""
    source = Path(demo_ended.__file__).read_text(encoding="utf-8")
    imports = [line for line in source.splitlines() if line.startswith(("from ", "import "))]
    assert [line for line in imports if "warning" in line or "looks" in line] == []


# ---- load


def test_the_load_counts_stages_and_what_is_dated_for_whoever_follows() -> None:
    branch = make.branch()
    duo = app.duo(branch, weeks=2)
    owner = duo.started_by
    ending = app.duo(branch, weeks=24)
    Duo.everywhere.filter(pk=ending.pk).update(coordinator=owner)
    CheckIn.everywhere.create(duo=duo, month=1, due_on=TODAY - 9 * DAY)  # late: this week
    CheckIn.everywhere.create(duo=duo, month=3, due_on=TODAY + 8 * DAY)
    plans.milestone(plans.goal(ending.mentee), due_on=TODAY + 15 * DAY)
    (load,) = loads(actor=actor_of(owner), branch=branch, today=TODAY)
    assert (load.name, load.total) == (str(owner), 2)
    assert dict(load.stages) == {Stage.BEGINS: 1, Stage.ENDS: 1}
    assert [dict(week) for week in load.weeks] == [
        *({Thing.CHECK_IN: 1}, {Thing.CHECK_IN: 1, Thing.END: 1}, {Thing.PLAN: 1}, {})
    ]


@pytest.mark.parametrize(
    ("weeks", "state", "stage"),
    [
        (1, "active", "begins"),
        (8, "active", "runs"),
        (23, "active", "ends"),
        (27, "active", "overdue"),
        (8, "paused", "paused"),
    ],
)
def test_a_duo_is_in_one_stage(weeks: int, state: str, stage: str) -> None:
    duo = app.duo(weeks=weeks)
    duo.state = state
    assert stage_of(duo, TODAY) == stage
