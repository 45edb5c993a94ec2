"""What changes a plan: goals, milestones, suggestions, and who sees what. The mentee owns it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.duos.actions._plan import ImpossibleDate, WrongOrder, may_write, possible, record
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo, Goal, Milestone, PlanChoice, PlanTemplate, Suggestion
from traboule.apps.duos.plan_enums import GoalKind, GoalState, PointState, Taken
from traboule.apps.duos.plan_messages import say_suggested
from traboule.apps.duos.plan_shipped import BY_KIND
from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import NotAllowed
from traboule.core.scope import locked
from traboule.kernel.plans import due_days

__all__ = [
    "AlreadyAnswered",
    "ImpossibleDate",
    "WrongOrder",
    "accept_suggestion",
    "add_goal",
    "add_milestone",
    "change_milestone",
    "choose_shown",
    "end_goal",
    "mark_milestone",
    "put_away_suggestion",
    "reopen_goal",
    "suggest",
    "take_template",
]
SHOWN = ("shows_goals", "shows_applications", "shows_jobs", "shows_note", "note")


class AlreadyAnswered(ValueError):
    """The suggestion has been taken or put away already."""


@transaction.atomic
def take_template(
    *, person: Person, template: PlanTemplate, by: Actor, now: datetime, today: date, said: str = ""
) -> Goal:
    """Take a goal that the branch offers into the plan, with its milestones dated from ``today``."""
    for_her = may_write(person, by)
    goal = Goal.everywhere.create(person=person, kind=template.kind, words=template.title, added_at=now)
    shipped = BY_KIND.get(template.kind)
    codes = [f"{template.kind}.{at}" for at in range(1, len(shipped.steps) + 1)] if shipped else []
    own = bool(template.steps.strip())
    texts = template.said_steps if own else codes
    Milestone.everywhere.bulk_create(
        Milestone(goal=goal, due_on=day, **({"words": text[:200]} if own else {"code": text}))
        for text, day in zip(texts, due_days(today, template.days, len(texts)), strict=True)
    )
    record(person, "goal_added", by, now, for_her=for_her, said=said, goal=goal.pk, kind=goal.kind)
    return goal


@transaction.atomic
def add_goal(*, person: Person, words: str, by: Actor, now: datetime, said: str = "") -> Goal:
    """Add a goal in her own words."""
    for_her = may_write(person, by)
    goal = Goal.everywhere.create(person=person, kind=GoalKind.OWN, words=words, added_at=now)
    record(person, "goal_added", by, now, for_her=for_her, said=said, goal=goal.pk, kind=goal.kind)
    return goal


@transaction.atomic
def end_goal(*, goal: Goal, to: GoalState, by: Actor, now: datetime, today: date, said: str = "") -> Goal:
    """Say that a goal is reached or put aside; saying it twice changes nothing."""
    for_her = may_write(goal.person, by)
    goal = locked(goal)
    if goal.state == to:
        return goal
    goal.state, goal.ended_on = to, today
    goal.save(update_fields=["state", "ended_on"])
    record(goal.person, f"goal_{to.value}", by, now, for_her=for_her, said=said, goal=goal.pk)
    return goal


@transaction.atomic
def reopen_goal(*, goal: Goal, by: Actor, now: datetime, said: str = "") -> Goal:
    """Go on with a goal that was reached or put aside."""
    for_her = may_write(goal.person, by)
    goal = locked(goal)
    goal.state, goal.ended_on = GoalState.OPEN, None
    goal.save(update_fields=["state", "ended_on"])
    record(goal.person, "goal_reopened", by, now, for_her=for_her, said=said, goal=goal.pk)
    return goal


@transaction.atomic
def add_milestone(
    *, goal: Goal, words: str, due_on: date, by: Actor, now: datetime, today: date, said: str = ""
) -> Milestone:
    """Add a dated point on the way to a goal. Raises ImpossibleDate."""
    for_her = may_write(goal.person, by)
    possible(goal.person, today, due_on=due_on)
    point = Milestone.everywhere.create(goal=goal, words=words, due_on=due_on)
    record(goal.person, "milestone_added", by, now, for_her=for_her, said=said, milestone=point.pk)
    return point


@transaction.atomic
def change_milestone(
    *, point: Milestone, words: str, due_on: date, by: Actor, now: datetime, today: date, said: str = ""
) -> Milestone:
    """Change the words or the day of a milestone. Raises ImpossibleDate."""
    person = point.goal.person
    for_her = may_write(person, by)
    possible(person, today, due_on=due_on)
    point = locked(point)
    # A shipped text that she left as it is stays a shipped text: it is read in every language.
    point.words = "" if point.code and words == point.said else words
    point.due_on = due_on
    point.save(update_fields=["words", "due_on"])
    record(person, "milestone_changed", by, now, for_her=for_her, said=said, milestone=point.pk)
    return point


@transaction.atomic
def mark_milestone(
    *, point: Milestone, to: PointState, by: Actor, now: datetime, today: date, said: str = ""
) -> Milestone:
    """Say that a milestone is done, open again or put aside; saying it twice changes nothing."""
    person = point.goal.person
    for_her = may_write(person, by)
    point = locked(point)
    if point.state == to:
        return point
    point.state, point.done_on = to, today if to == PointState.DONE else None
    point.save(update_fields=["state", "done_on"])
    record(person, f"milestone_{to.value}", by, now, for_her=for_her, said=said, milestone=point.pk)
    return point


@transaction.atomic
def choose_shown(
    *, person: Person, fields: Mapping[str, Any], by: Actor, now: datetime, said: str = ""
) -> PlanChoice:
    """Set what the mentor sees, and the private note. The note is hers: the team never writes it."""
    for_her = may_write(person, by)
    given = {name: fields[name] for name in SHOWN if name in fields and not (for_her and name == "note")}
    choice, _is_new = PlanChoice.everywhere.update_or_create(
        person=person, defaults={**given, "changed_at": now}
    )
    kept = {name: value for name, value in given.items() if name != "note"}
    record(person, "shown_chosen", by, now, for_her=for_her, said=said, **kept)
    return choice


@transaction.atomic
def suggest(
    *, duo: Duo, words: str, goal: Goal | None, due_on: date | None, by: Actor, now: datetime
) -> Suggestion:
    """The mentor of an open duo suggests something. Raises NotAllowed once it is over, ImpossibleDate."""
    duo = locked(duo)
    authorise_own(duo.mentor, by)
    if duo.state not in OPEN_DUO_STATES or (goal is not None and goal.person_id != duo.mentee_id):
        raise NotAllowed(Permission.OWN_SEE)
    possible(duo.mentee, local_day(now, duo.branch.timezone), due_on=due_on)
    row = Suggestion.everywhere.create(
        person=duo.mentee, suggested_by=duo.mentor, goal=goal, words=words, due_on=due_on, made_at=now
    )
    record(duo.mentee, "suggested", by, now, mentor=duo.mentor_id, suggestion=row.pk)
    say_suggested(row, by=by, now=now)
    return row


@transaction.atomic
def accept_suggestion(
    *, suggestion: Suggestion, by: Actor, now: datetime, today: date, said: str = ""
) -> Suggestion:
    """Take a suggestion into the plan: as a milestone of its goal, or as a goal. Raises AlreadyAnswered."""
    row, for_her = _answer(suggestion, Taken.ACCEPTED, by, now)
    if row.goal is not None:
        due_on = row.due_on or today + timedelta(days=14)
        Milestone.everywhere.create(goal=row.goal, words=row.words, due_on=due_on)
    else:
        goal = Goal.everywhere.create(person=row.person, kind=GoalKind.OWN, words=row.words, added_at=now)
        if row.due_on is not None:
            Milestone.everywhere.create(goal=goal, words=row.words, due_on=row.due_on)
    record(row.person, "suggestion_accepted", by, now, for_her=for_her, said=said, suggestion=row.pk)
    return row


@transaction.atomic
def put_away_suggestion(*, suggestion: Suggestion, by: Actor, now: datetime, said: str = "") -> Suggestion:
    """Put a suggestion away; nobody asks why. Raises AlreadyAnswered."""
    row, for_her = _answer(suggestion, Taken.PUT_AWAY, by, now)
    record(row.person, "suggestion_put_away", by, now, for_her=for_her, said=said, suggestion=row.pk)
    return row


def _answer(suggestion: Suggestion, to: Taken, by: Actor, now: datetime) -> tuple[Suggestion, bool]:
    for_her = may_write(suggestion.person, by)
    row = locked(suggestion)
    if row.taken != Taken.WAITING:
        raise AlreadyAnswered
    row.taken, row.answered_at = to, now
    row.save(update_fields=["taken", "answered_at"])
    return row, for_her
