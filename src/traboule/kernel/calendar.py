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


CHECK_IN_MONTHS = (1, 3, 6)
PULSE_FIRST_DAYS = 30
PULSE_EVERY_DAYS = 60
LATE_DAYS, VERY_LATE_DAYS = 7, 14
"""A check-in that nobody held rises after a week, and again after two."""


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


def working_day(day: date) -> date:
    """`day` itself, or the Monday after a weekend."""
    weekend = max(0, day.weekday() - 4)  # Saturday 1, Sunday 2
    return day + timedelta(days=3 - weekend) if weekend else day


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`; holidays are not known here."""
    found = day
    for _ in range(count):
        found = working_day(found + timedelta(days=1))
    return found


def check_in_days(
    started_on: date, ends_on: date, months: tuple[int, ...] = CHECK_IN_MONTHS
) -> tuple[tuple[int, date], ...]:
    """Month and working day of each check-in; one that would fall past the end is held on the last day."""
    days = ((month, working_day(months_after(started_on, month))) for month in sorted(set(months)))
    return tuple((month, min(day, max(ends_on, started_on))) for month, day in days)


def pulse_day(
    started_on: date, number: int, *, first: int = PULSE_FIRST_DAYS, every: int = PULSE_EVERY_DAYS
) -> date:
    """Day on which the two are asked the `number`-th time (from 1) how it goes between them."""
    return started_on + timedelta(days=first + every * (number - 1))


def pulses_due(
    started_on: date,
    today: date,
    *,
    rested_days: int = 0,
    first: int = PULSE_FIRST_DAYS,
    every: int = PULSE_EVERY_DAYS,
) -> int:
    """How many times the two should have been asked by `today`; days of a pause do not count."""
    lived = (today - started_on).days - rested_days
    return 0 if lived < first else (lived - first) // every + 1


def after_rest(due_on: date, rested_from: date, rested_until: date) -> date:
    """A due date after a pause: what was still to come moves by its length; what was late stays late."""
    return due_on if due_on < rested_from else due_on + max(timedelta(0), rested_until - rested_from)


def lateness(due_on: date, today: date) -> int:
    """0 before the day, 1 from the day on, 2 after a week, 3 after two weeks."""
    days = (today - due_on).days
    return 0 if days < 0 else 1 + (days >= LATE_DAYS) + (days >= VERY_LATE_DAYS)
