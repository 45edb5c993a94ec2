"""When somebody is asked after the end of a duo, and what a rough answer says in days.

Days are the branch's own calendar days. A rough answer ("three to six months") is read as the least that it
can mean: a contract never counts for more days than were told.
"""

from datetime import date, timedelta
from enum import StrEnum

from traboule.kernel.calendar import months_after

FOLLOW_UP_MONTHS = (6, 12, 18)
REMIND_AFTER = (3, 10)
"""Days after the question on which a reminder goes out; no third one."""
CALL_AFTER = 17
"""Days after the question on which somebody calls: a week after the last reminder."""
LATEST_DAYS = 31
"""A question this late speaks of another day; the indicators have the same slack."""
GIVE_UP_DAYS = 90
NEAR_DAYS = 31
"""Two rough answers about one first day may lie this far apart. A choice of this house."""


class Due(StrEnum):
    """What the clock does with a question that has no answer yet."""

    REMIND = "remind"
    CALL = "call"


class HowLong(StrEnum):
    """Since when, as people tap it."""

    DAYS = "days"
    ONE = "one"
    THREE = "three"
    LONG = "long"


# At least and at most so many months ago; None: no end.
_MONTHS: dict[HowLong, tuple[int, int | None]] = {
    HowLong.DAYS: (0, 1),
    HowLong.ONE: (1, 3),
    HowLong.THREE: (3, 6),
    HowLong.LONG: (6, None),
}


def follow_up_day(ended_on: date, month: int) -> date:
    """The day on which somebody is asked: the end of the duo and so many months."""
    return months_after(ended_on, month)


def is_too_late(due_on: date, today: date) -> bool:
    """Whether a clock that slept lets this month pass."""
    return today > due_on + timedelta(days=LATEST_DAYS)


def what_is_due(asked_on: date, reminders: int, last_on: date, today: date, *, by_hand: bool) -> Due | None:
    """What comes next for an open question, if its day has come.

    ``last_on`` is the day of the last word that went out: after days asleep the words keep their distance.
    ``by_hand``: a letter or an adviser carried it, so nothing is sent a second time.
    """
    days = (0, *(() if by_hand else REMIND_AFTER), CALL_AFTER)
    sent = 0 if by_hand else min(reminders, len(REMIND_AFTER))
    wait = days[sent + 1] - days[sent]
    day = max(asked_on + timedelta(days=days[sent + 1]), last_on + timedelta(days=wait))
    if today < day:
        return None
    return Due.CALL if sent + 2 == len(days) else Due.REMIND


def first_day(since: HowLong | None, today: date) -> date:
    """The latest first day that a rough answer allows; without an answer it is today."""
    return months_after(today, -_MONTHS[since][0]) if since else today


def may_be_since(since: HowLong | None, starts_on: date, today: date) -> bool:
    """Whether a first day that is known fits a rough answer, give or take a month."""
    if starts_on > today:
        return False
    if since is None:
        return True
    least, most = _MONTHS[since]
    near = timedelta(days=NEAR_DAYS)
    latest = months_after(today, -least) + near
    return starts_on <= latest and (most is None or starts_on >= months_after(today, -most) - near)


def covers(starts_on: date, ends_on: date | None, known_on: date, due_on: date) -> bool:
    """Whether what was told says how somebody is on the day of the question.

    It ran on that day, and somebody said so in the month before it or later: what was told long ago is no
    answer about today.
    """
    was_said_lately = known_on >= due_on - timedelta(days=LATEST_DAYS)
    return was_said_lately and starts_on <= max(due_on, known_on) and (ends_on is None or ends_on >= due_on)
