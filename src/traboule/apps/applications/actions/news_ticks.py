"""Whoever waits for an answer to an application hears on the day that was promised, and when again."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from traboule.apps.applications.actions._words import end_of, say_day
from traboule.apps.applications.models import Application
from traboule.apps.applications.news_kinds import said_now
from traboule.apps.applications.queries.standing import (
    AGAIN,
    NEWS,
    news_event,
    next_news_on,
    next_promise,
    wait_for_news,
)
from traboule.apps.messages.actions import tell
from traboule.apps.messages.models import NextNews
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.core.scope import locked

CLOCK = system("clock of applications")
MORNING = time(9, 30)


def tick_news(now: datetime) -> None:
    """Keep every promise that is due at ``now``; a clock that slept says it once; twice changes nothing."""
    for row in wait_for_news().filter(branch__is_active=True).order_by("pk").iterator(chunk_size=200):
        promised, today = next_promise(row), local_day(now, row.branch.timezone)
        if promised is not None and promised <= today:
            keep_promise(application=row, by=CLOCK, now=now)


@transaction.atomic
def keep_promise(*, application: Application, by: Actor, now: datetime) -> date | None:
    """Send the news that are due about an application; return the next day, None where nothing was due.

    The day is part of the name of the message. Days that were slept through are not made up for one by one.
    """
    locked(application)
    row = wait_for_news().filter(pk=application.pk).first()
    if row is None or row.person is None or NextNews.everywhere.filter(person=row.person).exists():
        return None  # it has moved a moment ago, or the clock of the pool speaks
    first, promised = next_news_on(row), next_promise(row)
    today = local_day(now, row.branch.timezone)
    if first is None or promised is None or promised > today:
        return None
    day = promised + AGAIN * ((today - promised).days // AGAIN.days)
    following, zone = day + AGAIN, ZoneInfo(row.branch.timezone)
    language = row.person.contact_language
    tell(
        branch=row.branch,
        kind=NEWS,
        event=f"{news_event(row, first)}:{day.isoformat()}",
        values={
            "first_name": row.person.first_name or row.person.display_name,
            "now": said_now(row.state, language),
            "day": say_day(following, language),
            "branch": row.branch.name,
        },
        person=row.person,
        due_at=max(now, datetime.combine(today, MORNING, tzinfo=zone)),
        not_after=end_of(following - timedelta(days=1), row.branch.timezone),
        by=by,
        now=now,
    )
    return following
