"""Time limits and what stands in the way of erasing."""

from datetime import date, datetime, timedelta

# What binds somebody else too must be ended first (codes of core.registry.STILL_OPEN).
BLOCKING = frozenset({"open_duo", "open_proposal"})
LEGAL_HOLD = "legal_hold"
# Somebody who has just asked for their data is answered first.
OPEN_REQUEST = "open_request"

KEPT_DAYS = 730  # two years after the last contact
NOTICE_DAYS = 30
WARN_DAYS = 7  # an open request is pressing from this many days before its last day


def last_day_to_answer(asked_on: date) -> date:
    """Return the same day of the next month, or its last day (article 12 (3) GDPR, regulation 1182/71)."""
    year, month = (asked_on.year + 1, 1) if asked_on.month == 12 else (asked_on.year, asked_on.month + 1)
    for day in range(asked_on.day, 27, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return date(year, month, min(asked_on.day, 28))


def erased_from(last_contact: datetime, noticed_at: datetime | None, now: datetime) -> datetime:
    """Return from when a person is erased: two years after the last contact, never under 30 days of notice.

    A notice from before the last contact counts for nothing: the person was back in the meantime.
    """
    told = noticed_at if noticed_at is not None and noticed_at >= last_contact else now
    return max(last_contact + timedelta(days=KEPT_DAYS), told + timedelta(days=NOTICE_DAYS))


def is_due(last_contact: datetime, now: datetime) -> bool:
    """Say whether retention is over: the day after two full years without a contact."""
    return now - last_contact > timedelta(days=KEPT_DAYS)
