"""Dates that many rows share: fifty thousand duos begin on a few thousand days. Each is worked out once."""

from functools import lru_cache

from traboule.kernel import calendar, days

_DAYS = 65_536  # of so many days at most; a programme of ten years has four thousand, times a few windows

months_after = lru_cache(maxsize=_DAYS)(calendar.months_after)
window = lru_cache(maxsize=_DAYS)(days.window)
