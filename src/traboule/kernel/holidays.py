"""Public holidays, and the days between Christmas and New Year: nobody expects a meeting on them.

France: article L3133-1 of the Labour Code (mainland). Belgium: law of 4 January 1974 and its royal decree of
18 April 1974. Other countries: only the days between the years, which the programme keeps everywhere.
"""

from datetime import date, timedelta

# Fixed days (month, day), and days counted from Easter Sunday.
FIXED = {
    "FR": ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)),
    "BE": ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)),
}
FROM_EASTER = {"FR": (1, 39, 50), "BE": (1, 39, 50)}
BETWEEN_THE_YEARS = ((12, 24), (12, 31))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm, Meeus 1991, chapter 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leaps, left = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    days = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * days) // 451
    month, day = divmod(moon + days - 7 * late + 114, 31)
    return date(year, month, day + 1)


def public_holidays(country: str, year: int) -> tuple[date, ...]:
    """The public holidays of a country in a year, in their order; none for a country that is not known."""
    fixed = [date(year, month, day) for month, day in FIXED.get(country, ())]
    moving = [easter(year) + timedelta(days=days) for days in FROM_EASTER.get(country, ())]
    return tuple(sorted({*fixed, *moving}))


def quiet_days(country: str, first: date, last: date) -> tuple[date, ...]:
    """Days from `first` to `last` on which nobody expects a meeting."""
    found: set[date] = set()
    for year in range(first.year, last.year + 1):
        found |= set(public_holidays(country, year))
        day, end = (date(year, month, number) for month, number in BETWEEN_THE_YEARS)
        while day <= end:
            found.add(day)
            day += timedelta(days=1)
    return tuple(sorted(day for day in found if first <= day <= last))
