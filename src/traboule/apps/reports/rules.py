"""Periods of reports."""

from datetime import date, timedelta


def quarter_before(today: date) -> tuple[date, date]:
    """Return the first and the last day of the last quarter that is over."""
    this = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    last = this - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last
