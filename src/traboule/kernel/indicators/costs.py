"""What a branch spent in a year, shared over its duos by the days that each ran in that year."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from traboule.kernel.indicators.facts import Duo


def days_in_year(duo: Duo, year: int) -> int:
    """Days of a calendar year on which a duo ran, first and last included; one that is open runs on."""
    first = max(duo.started_on, date(year, 1, 1))
    last = date(year, 12, 31) if duo.ended_on is None else min(duo.ended_on, date(year, 12, 31))
    return max(0, (last - first).days + 1)


def years_of(duo: Duo) -> range:
    """Years in which an ended duo ran; none of one that is open."""
    if duo.ended_on is None:
        return range(0)
    return range(duo.started_on.year, duo.ended_on.year + 1)


def shared(cents: Mapping[int, int], duos: Iterable[Duo]) -> dict[int, int]:
    """Cents of each ended duo by its id, of years → cents; without one whose years are not all written.

    Shares are cut where the running sum of days falls, so that they add up to the cents of each year.
    """
    rows = sorted(duos, key=lambda duo: duo.id)
    found = {duo.id: 0 for duo in rows if all(year in cents for year in years_of(duo)) and duo.ended_on}
    for year, spent in cents.items():
        days = [days_in_year(duo, year) for duo in rows]
        whole, run = sum(days), 0
        for duo, count in zip(rows, days, strict=True):
            before, run = run, run + count
            if count and duo.id in found:
                found[duo.id] += spent * run // whole - spent * before // whole
    return found


def years_missing(written: Collection[int], duos: Iterable[Duo], as_of: date) -> tuple[int, ...]:
    """Years that are over, in which an ended duo ran, and of which nobody wrote what was spent."""
    ran = {year for duo in duos for year in years_of(duo) if year < as_of.year}
    return tuple(sorted(ran - set(written)))
