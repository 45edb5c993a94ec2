"""Plans, made by the real actions. What a test depends on it says itself."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.factories.people import NOW, TODAY
from traboule.apps.duos.actions.plan import add_goal, add_milestone
from traboule.apps.duos.actions.plan_records import add_interview, note_application, save_short_job
from traboule.apps.duos.models import Goal, Interview, JobApplication, Milestone, ShortJob
from traboule.apps.people.models import Person
from traboule.core.actors import system

HERSELF = system("plan.open")


def goal(person: Person, words: str = "A job in a bakery", now: datetime = NOW) -> Goal:
    """An open goal in own words."""
    return add_goal(person=person, words=words, by=HERSELF, now=now)


def milestone(of: Goal, words: str = "Visit a bakery", due_on: date = TODAY + timedelta(5)) -> Milestone:
    """An open milestone, five days ahead."""
    return add_milestone(goal=of, words=words, due_on=due_on, by=HERSELF, now=NOW, today=TODAY)


def application(person: Person, **more: Any) -> JobApplication:
    """An application of yesterday without an answer."""
    fields = {"employer": "Bakery", "rome": "D1102", "sent_on": TODAY - timedelta(1)} | more
    return note_application(person=person, by=HERSELF, now=NOW, **fields)


def interview(person: Person, **more: Any) -> Interview:
    """An interview in three days at ten, UTC."""
    fields = {"employer": "Bakery", "place": "Lyon 7e", "starts_at": NOW + timedelta(days=3, hours=1)} | more
    return add_interview(person=person, by=HERSELF, now=NOW, **fields)


def short_job(person: Person, **more: Any) -> ShortJob:
    """Two weeks of work that began yesterday."""
    fields = {
        "work": "Kitchen help",
        "employer": "",
        "starts_on": TODAY - timedelta(1),
        "ends_on": TODAY + timedelta(13),
        "hours": 20,
    } | more
    return save_short_job(person=person, job=None, fields=fields, by=HERSELF, now=NOW)
