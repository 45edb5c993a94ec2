"""The plan belongs to the mentee: what actions do and refuse, what comes next, what reminders are sent."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.factories import pairing, people, plans
from tests.factories.people import NOW, TODAY
from tests.factories.plans import HERSELF
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import close_duo, plan_templates
from traboule.apps.duos.actions import plan as acting
from traboule.apps.duos.actions import plan_records as recording
from traboule.apps.duos.actions.plan import ImpossibleDate, WrongOrder
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import (
    Goal,
    Interview,
    JobApplication,
    Milestone,
    PlanChoice,
    ShortJob,
    Suggestion,
)
from traboule.apps.duos.plan_enums import GoalState, PointState, Reply, Taken, Went
from traboule.apps.duos.queries import plan as queries
from traboule.apps.duos.queries.plan import Reader
from traboule.apps.duos.queries.plan_next import next_dated_thing, next_dated_things, plan_counts
from traboule.apps.duos.queries.plan_rows import duo_of_mentor
from traboule.apps.messages.actions.delivering import deliver_due
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.models import Message
from traboule.apps.people.actions import merge_people, unmerge
from traboule.apps.people.enums import Channel, Role
from traboule.apps.people.models import Person
from traboule.apps.people.queries import actor_of
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.plans import Dated

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def branch() -> Branch:
    return people.branch()


@pytest.fixture
def selam(branch: Branch) -> Person:
    return people.mentee(branch, first_name="Selam", contact_language="en")


@pytest.fixture
def claire(branch: Branch) -> Actor:
    return people.coordinator(branch, name="Claire")


# --- whose plan it is -----------------------------------------------------------------------------------


def test_a_goal_that_the_branch_offers_brings_its_milestones_with_days(selam: Person) -> None:
    cv = queries.templates_of(selam.branch)[1]
    goal = acting.take_template(person=selam, template=cv, by=HERSELF, now=NOW, today=TODAY)
    with translation.override("en"):
        found = [(point.said, point.due_on) for point in goal.milestones.all()]
    assert found == [
        ("Write down what I have done", TODAY + timedelta(7)),
        ("My CV fits on one page", TODAY + timedelta(14)),
    ]


def test_the_team_writes_for_her_and_the_log_says_how_she_said_it(selam: Person, claire: Actor) -> None:
    acting.add_goal(person=selam, words="A flat", by=claire, now=NOW, said="phone")
    entry = AuditEntry.objects.filter(verb="plan.goal_added").latest("pk")
    assert (entry.facts["on_behalf"], entry.facts["said"]) == (True, "phone")
    assert "A flat" not in str(entry.facts)


def test_nobody_else_writes_into_a_plan(branch: Branch, selam: Person) -> None:
    stranger = actor_of(people.login(Role.MENTEE, branch, person=people.mentee(branch)))
    elsewhere = people.coordinator(people.branch())
    with pytest.raises(NotAllowed):
        acting.add_goal(person=selam, words="x", by=stranger, now=NOW)
    with pytest.raises(NotVisible):
        acting.add_goal(person=selam, words="x", by=elsewhere, now=NOW)
    assert not Goal.everywhere.exists()


def test_signed_in_she_writes_herself(branch: Branch, selam: Person) -> None:
    own = actor_of(people.login(Role.MENTEE, branch, person=selam))
    acting.add_goal(person=selam, words="A job", by=own, now=NOW)
    assert "on_behalf" not in AuditEntry.objects.filter(verb="plan.goal_added").latest("pk").facts


def test_her_plan_survives_a_change_of_mentor_and_the_former_one_sees_nothing(
    branch: Branch, selam: Person, claire: Actor
) -> None:
    anne, bruno = people.mentor(branch), people.mentor(branch)
    first = pairing.duo(selam, anne, claire)
    plans.milestone(plans.goal(selam))
    assert duo_of_mentor(anne, str(first.pk)) is not None
    close_duo(duo=first, reason=CloseReason.OTHER, closed_on=TODAY, by=claire, now=NOW, wait_again=True)
    assert duo_of_mentor(anne, str(first.pk)) is None
    with pytest.raises(NotAllowed):
        acting.suggest(duo=first, words="One more", goal=None, due_on=None, by=HERSELF, now=NOW)
    second = pairing.duo(selam, bruno, claire)
    found = duo_of_mentor(bruno, str(second.pk))
    assert found is not None
    page = queries.plan_page(person=found.mentee, reader=Reader.MENTOR, now=NOW, today=TODAY)
    assert [goal.said for goal in page.goals or ()] == ["A job in a bakery"]


def test_a_new_mentor_does_not_read_what_the_former_one_suggested(
    branch: Branch, selam: Person, claire: Actor
) -> None:
    first = pairing.duo(selam, people.mentor(branch), claire)
    suggest(first, "canary-idea", None)
    close_duo(duo=first, reason=CloseReason.OTHER, closed_on=TODAY, by=claire, now=NOW, wait_again=True)
    second = pairing.duo(selam, people.mentor(branch), claire)
    suggest(second, "Own idea", None)
    page = queries.plan_page(person=selam, reader=Reader.MENTOR, now=NOW, today=TODAY, mentor=second.mentor)
    assert [row.words for row in page.suggestions] == ["Own idea"]


@pytest.mark.parametrize("pk", ["", "0", "x", "9" * 30])
def test_a_mentor_without_an_open_duo_finds_no_plan(pk: str, branch: Branch) -> None:
    assert duo_of_mentor(people.mentor(branch), pk) is None


def test_the_mentor_sees_what_she_shows_and_never_the_note(selam: Person) -> None:
    fill(selam)
    note = {"note": "canary-note"}
    acting.choose_shown(person=selam, fields=note, by=HERSELF, now=NOW)
    seen = queries.plan_page(person=selam, reader=Reader.MENTOR, now=NOW, today=TODAY)
    assert (len(seen.goals or ()), len(seen.applications or ()), len(seen.jobs or ())) == (1, 1, 1)
    assert seen.note == ""
    hidden = {"shows_goals": False, "shows_applications": False, "shows_jobs": False, "shows_note": True}
    acting.choose_shown(person=selam, fields=hidden, by=HERSELF, now=NOW)
    seen = queries.plan_page(person=selam, reader=Reader.MENTOR, now=NOW, today=TODAY)
    assert (seen.goals, seen.applications, seen.interviews, seen.jobs, seen.next) == (None,) * 5
    team = queries.plan_page(person=selam, reader=Reader.STAFF, now=NOW, today=TODAY)
    assert (seen.note, team.note) == ("canary-note", "")
    assert seen.note == "canary-note"


def test_the_team_never_writes_her_note(selam: Person, claire: Actor) -> None:
    acting.choose_shown(person=selam, fields={"note": "mine"}, by=HERSELF, now=NOW)
    given = {"note": "theirs", "shows_jobs": False}
    acting.choose_shown(person=selam, fields=given, by=claire, now=NOW, said="phone")
    choice = PlanChoice.everywhere.get(person=selam)
    assert (choice.note, choice.shows_jobs) == ("mine", False)


def fill(person: Person) -> None:
    plans.milestone(plans.goal(person))
    plans.application(person)
    plans.interview(person)
    plans.short_job(person)


# --- suggestions ----------------------------------------------------------------------------------------


def test_a_suggestion_is_accepted_or_put_away_once(branch: Branch, selam: Person, claire: Actor) -> None:
    duo = pairing.duo(selam, people.mentor(branch, first_name="Anne"), claire)
    goal = plans.goal(selam)
    first = suggest(duo, "Ask the baker", goal)
    second = suggest(duo, "Learn to drive", None)
    acting.accept_suggestion(suggestion=first, by=HERSELF, now=NOW, today=TODAY)
    acting.put_away_suggestion(suggestion=second, by=HERSELF, now=NOW)
    assert [point.words for point in goal.milestones.all()] == ["Ask the baker"]
    assert Goal.everywhere.count() == 1
    for again in (first, second):
        with pytest.raises(acting.AlreadyAnswered):
            acting.accept_suggestion(suggestion=again, by=HERSELF, now=NOW, today=TODAY)
    assert set(Suggestion.everywhere.values_list("taken", flat=True)) == {Taken.ACCEPTED, Taken.PUT_AWAY}


def suggest(duo: Any, words: str, goal: Goal | None) -> Suggestion:
    return acting.suggest(duo=duo, words=words, goal=goal, due_on=None, by=HERSELF, now=NOW)


def test_she_hears_of_an_idea_without_reading_it_in_the_message(
    branch: Branch, selam: Person, claire: Actor
) -> None:
    duo = pairing.duo(selam, people.mentor(branch, first_name="Anne"), claire)
    suggest(duo, "canary-idea", None)
    message = Message.everywhere.get(kind="plan.suggested")
    assert message.person_id == selam.pk
    assert "Anne has an idea for your plan" in message.body
    assert "canary-idea" not in message.body


def test_an_idea_for_the_goal_of_somebody_else_is_refused(
    branch: Branch, selam: Person, claire: Actor
) -> None:
    duo = pairing.duo(selam, people.mentor(branch), claire)
    with pytest.raises(NotAllowed):
        suggest(duo, "x", plans.goal(people.mentee(branch)))


# --- what comes next ------------------------------------------------------------------------------------


def test_no_next_step_is_an_answer(selam: Person) -> None:
    assert next_dated_thing(selam.pk, TODAY) is None
    point = plans.milestone(plans.goal(selam), due_on=TODAY - timedelta(1))
    assert next_dated_thing(selam.pk, TODAY) is None  # a day that is past is no next step
    plans.milestone(point.goal, "Call", TODAY)
    found = next_dated_thing(selam.pk, TODAY)
    assert found is not None
    assert (found.kind, found.day, found.said) == (Dated.MILESTONE, TODAY, "Call")


def test_the_nearest_of_interview_milestone_and_job_comes_next(selam: Person) -> None:
    fill(selam)
    found = next_dated_thing(selam.pk, TODAY)
    assert found is not None
    assert found.kind == Dated.INTERVIEW
    interview = Interview.everywhere.get()
    recording.note_went(interview=interview, went=Went.NOT_HELD, by=HERSELF, now=NOW)
    found = next_dated_thing(selam.pk, TODAY)
    assert found is not None
    assert found.kind == Dated.MILESTONE
    acting.end_goal(goal=Goal.everywhere.get(), to=GoalState.DROPPED, by=HERSELF, now=NOW, today=TODAY)
    found = next_dated_thing(selam.pk, TODAY)
    assert found is not None
    assert found.kind == Dated.JOB_ENDS


def test_an_interview_counts_on_the_day_of_the_branch(selam: Person) -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # half past midnight on the third, in Lyon
    plans.interview(selam, starts_at=late)
    found = next_dated_thing(selam.pk, date(2026, 3, 3))
    assert found is not None
    assert found.day == date(2026, 3, 3)


def test_a_whole_branch_is_asked_in_one_query(
    branch: Branch, django_assert_num_queries: Callable[..., Any]
) -> None:
    everybody = [people.mentee(branch) for _ in range(5)]
    for person in everybody[:4]:
        fill(person)
    with django_assert_num_queries(1):
        found = next_dated_things([person.pk for person in everybody], TODAY)
    assert sorted(found) == sorted(person.pk for person in everybody[:4])
    assert next_dated_things([], TODAY) == next_dated_things([1], TODAY, kinds=()) == {}


def test_what_is_open_is_counted(selam: Person) -> None:
    fill(selam)
    point = plans.milestone(Goal.everywhere.get(), due_on=TODAY - timedelta(1))
    plans.application(selam)
    assert plan_counts(selam.pk, TODAY) == {"goals": 1, "late": 1, "waiting": 2}
    acting.end_goal(goal=point.goal, to=GoalState.REACHED, by=HERSELF, now=NOW, today=TODAY)
    assert plan_counts(selam.pk, TODAY) == {"goals": 0, "late": 0, "waiting": 2}


# --- dates that cannot be -------------------------------------------------------------------------------


def test_an_answer_comes_after_the_application_and_not_on_a_day_to_come(selam: Person) -> None:
    row = plans.application(selam)
    for day in (row.sent_on - timedelta(1), TODAY + timedelta(1)):
        with pytest.raises(WrongOrder):
            recording.note_reply(application=row, reply=Reply.NO, replied_on=day, by=HERSELF, now=NOW)
    recording.note_reply(application=row, reply=Reply.OFFER, replied_on=None, by=HERSELF, now=NOW)
    row.refresh_from_db()
    assert (row.reply, row.replied_on) == (Reply.OFFER, TODAY)


def test_impossible_days_are_refused_and_nothing_is_written(selam: Person) -> None:
    goal = plans.goal(selam)
    for day in (selam.birth_date, date(1, 1, 1), date(2099, 1, 1)):
        with pytest.raises(ImpossibleDate):
            plans.milestone(goal, due_on=day)
        with pytest.raises((ImpossibleDate, WrongOrder)):
            plans.application(selam, sent_on=day)
    with pytest.raises(WrongOrder):
        plans.interview(selam, starts_at=NOW)
    with pytest.raises(WrongOrder):
        plans.short_job(selam, ends_on=TODAY - timedelta(2))
    counts = [model.everywhere.count() for model in (Milestone, JobApplication, Interview, ShortJob)]
    assert counts == [0, 0, 0, 0]


def test_an_interview_to_come_has_not_gone_well_yet(selam: Person) -> None:
    row = plans.interview(selam)
    with pytest.raises(WrongOrder):
        recording.note_went(interview=row, went=Went.GOOD, by=HERSELF, now=NOW)
    recording.note_went(interview=row, went=Went.GOOD, by=HERSELF, now=row.starts_at + timedelta(hours=1))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda p: JobApplication.everywhere.create(person=p, employer="x", sent_on=TODAY, reply="no"),
        lambda p: JobApplication.everywhere.create(
            person=p, employer="x", sent_on=TODAY, reply="no", replied_on=TODAY - timedelta(1)
        ),
        lambda p: JobApplication.everywhere.create(person=p, sent_on=TODAY),
        lambda p: ShortJob.everywhere.create(
            person=p, work="x", starts_on=TODAY, ends_on=TODAY - timedelta(1)
        ),
        lambda p: ShortJob.everywhere.create(person=p, work="x", starts_on=TODAY, hours=200),
        lambda p: Goal.everywhere.create(person=p, kind="own", added_at=NOW),
        lambda p: Goal.everywhere.create(person=p, kind="cv", state="reached", added_at=NOW),
        lambda p: Milestone.everywhere.create(goal=plans.goal(p), words="x", due_on=TODAY, state="done"),
        lambda p: Interview.everywhere.create(person=p, employer="", starts_at=NOW, added_at=NOW),
        lambda p: Suggestion.everywhere.create(person=p, words="x", made_at=NOW, taken="accepted"),
    ],
)
def test_the_tables_refuse_what_must_never_be(wrong: Callable[[Person], object], selam: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong(selam)


def test_marking_a_milestone_twice_changes_nothing(selam: Person) -> None:
    point = plans.milestone(plans.goal(selam))
    for _ in range(2):
        acting.mark_milestone(point=point, to=PointState.DONE, by=HERSELF, now=NOW, today=TODAY)
    assert audit.entries(selam.branch_id).filter(verb="plan.milestone_done").count() == 1


def test_a_shipped_milestone_that_is_only_moved_stays_readable_in_every_language(selam: Person) -> None:
    cv = queries.templates_of(selam.branch)[1]
    goal = acting.take_template(person=selam, template=cv, by=HERSELF, now=NOW, today=TODAY)
    point = goal.milestones.order_by("due_on")[0]
    how: dict[str, Any] = {"by": HERSELF, "now": NOW, "today": TODAY}
    acting.change_milestone(point=point, words=point.said, due_on=TODAY, **how)
    point.refresh_from_db()
    assert (point.words, point.code, point.due_on) == ("", "cv.1", TODAY)


# --- reminders ------------------------------------------------------------------------------------------


def reminders(person: Person, state: str = DeliveryState.WAITING) -> list[tuple[str, datetime]]:
    rows = Message.everywhere.filter(person=person, kind__startswith="plan.interview", state=state)
    return [(row.kind.rpartition("_")[2], row.due_at) for row in rows.order_by("due_at")]


def paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS).astimezone(UTC)  # type: ignore[misc]  # year, month, day, hour …


def test_two_reminders_wait_by_the_clock_of_the_branch(selam: Person) -> None:
    plans.interview(selam, starts_at=paris(2026, 3, 31, 10))  # two days after the clocks changed
    assert reminders(selam) == [
        ("tomorrow", paris(2026, 3, 30, 10)),
        ("today", paris(2026, 3, 31, 8)),
    ]
    assert "Tuesday 31 March, 10:00" in Message.everywhere.filter(person=selam)[0].body


def test_an_sms_reminder_respects_the_night_and_the_sunday(branch: Branch, settings: Any) -> None:
    settings.TRABOULE_SMS_PROVIDER = "folder"
    person = people.mentee(branch, channel=Channel.SMS, contact_language="en")
    plans.interview(person, starts_at=paris(2026, 3, 16, 10))  # a Monday
    assert reminders(person) == [("tomorrow", paris(2026, 3, 14, 10)), ("today", paris(2026, 3, 16, 8))]


def test_a_moved_interview_reminds_at_the_new_time_only(selam: Person) -> None:
    row = plans.interview(selam, starts_at=paris(2026, 3, 10, 10))
    recording.change_interview(
        interview=row, employer="Bakery", starts_at=paris(2026, 3, 12, 15), place="", by=HERSELF, now=NOW
    )
    assert reminders(selam) == [("tomorrow", paris(2026, 3, 11, 15)), ("today", paris(2026, 3, 12, 8))]
    assert len(reminders(selam, DeliveryState.WITHHELD)) == 2


@pytest.mark.parametrize("end", ["called off", "removed"])
def test_an_interview_that_does_not_take_place_reminds_of_nothing(end: str, selam: Person) -> None:
    row = plans.interview(selam)
    if end == "removed":
        recording.remove_record(row=row, by=HERSELF, now=NOW)
    else:
        recording.note_went(interview=row, went=Went.NOT_HELD, by=HERSELF, now=NOW)
    assert reminders(selam) == []


def test_a_worker_that_slept_over_the_interview_sends_nothing_stale(selam: Person, mailoutbox: Any) -> None:
    row = plans.interview(selam, starts_at=paris(2026, 3, 10, 10))
    deliver_due(by=HERSELF, now=row.starts_at + timedelta(hours=3))
    assert mailoutbox == []
    assert reminders(selam) == []


def test_the_reminder_speaks_the_language_of_the_person(branch: Branch) -> None:
    person = people.mentee(branch, first_name="Amir", contact_language="prs")
    plans.interview(person)
    message = Message.everywhere.filter(person=person).first()
    assert message is not None
    assert message.language == "fa-af"
    assert "Hello" not in message.body


# --- templates, merging ---------------------------------------------------------------------------------


def test_a_branch_rewrites_its_goals_and_keeps_the_others(branch: Branch, selam: Person) -> None:
    director = actor_of(people.login(Role.DIRECTOR, branch))
    rows = plan_templates.start_templates(branch=branch, by=director, now=NOW)
    fields = {"title": "Un bon CV", "steps": "Parler\nÉcrire\nRelire", "days": 3, "is_offered": True}
    plan_templates.save_template(branch=branch, template=rows[1], fields=fields, by=director, now=NOW)
    plan_templates.save_template(
        branch=branch, template=None, fields=fields | {"title": "Permis"}, by=director, now=NOW
    )
    offered = queries.templates_of(branch)
    assert (len(offered), offered[1].said_title, offered[-1].said_title) == (10, "Un bon CV", "Permis")
    goal = acting.take_template(person=selam, template=offered[1], by=HERSELF, now=NOW, today=TODAY)
    assert [point.said for point in goal.milestones.all()] == ["Parler", "Écrire", "Relire"]


def test_a_coordinator_does_not_rewrite_them(branch: Branch, claire: Actor) -> None:
    with pytest.raises(NotAllowed):
        plan_templates.start_templates(branch=branch, by=claire, now=NOW)


def test_two_records_with_a_plan_each_are_joined_and_separated_again(branch: Branch) -> None:
    director = actor_of(people.login(Role.DIRECTOR, branch))
    kept, dropped = people.mentee(branch), people.mentee(branch)
    for person, shows in ((kept, True), (dropped, False)):
        fill(person)
        fields = {"shows_jobs": shows, "note": f"note of {person.pk}"}
        acting.choose_shown(person=person, fields=fields, by=HERSELF, now=NOW)
    merge = merge_people(kept=kept, dropped=dropped, choices={}, by=director, now=NOW)
    choice = PlanChoice.everywhere.get()
    assert (choice.person_id, choice.shows_jobs) == (kept.pk, False)
    assert str(dropped.pk) in choice.note
    assert Goal.everywhere.filter(person=kept).count() == 2
    unmerge(merge=merge, by=director, now=NOW)
    assert PlanChoice.everywhere.get(person=dropped).note == f"note of {dropped.pk}"
    assert Goal.everywhere.filter(person=dropped).count() == 1
