"""Due dates of a duo. Days are the branch's own calendar days: the edge turns an instant into a day."""

from datetime import date, timedelta

PROGRAMME_WEEKS = 26
"""Six months at two hours a week (OECD Youth Policy Toolkit)."""


def last_day(started_on: date, weeks: int = PROGRAMME_WEEKS) -> date:
    """Last day of a duo of `weeks` whole weeks that starts on `started_on` (both days included)."""
    if weeks < 1:
        raise ValueError("a duo lasts at least one week")
    return started_on + timedelta(weeks=weeks) - timedelta(days=1)


def week_number(started_on: date, day: date) -> int:
    """Week of the duo that holds `day`: 1 in the first seven days, 0 before the start."""
    return max(0, (day - started_on).days // 7 + 1)


def days_waiting(since: date | None, today: date) -> int | None:
    """Whole days since `since`, never negative; None when nobody wrote down since when."""
    return None if since is None else max(0, (today - since).days)


NEWS_EVERY_DAYS = 7
NEWS_LATER_EVERY_DAYS = 14
FIRST_WEEKS_DAYS = 30
"""Intake to match takes 15 days to a month (OECD): in that time people hear from us every week."""


def next_news_on(today: date, waiting_since: date | None) -> date:
    """Working day on which somebody who waits hears from us: a week on, two weeks after the first month."""
    waited = days_waiting(waiting_since, today) or 0
    every = NEWS_EVERY_DAYS if waited < FIRST_WEEKS_DAYS else NEWS_LATER_EVERY_DAYS
    day = today + timedelta(days=every)
    weekend = max(0, day.weekday() - 4)  # Saturday 1, Sunday 2
    return day + timedelta(days=3 - weekend) if weekend else day
