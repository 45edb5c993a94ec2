"""Costs of a year over its duos: every cent once, and nobody's cost is guessed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.indicators import Duo
from traboule.kernel.indicators.costs import days_in_year, shared, years_missing

FIRST = date(2024, 1, 1)


def duo(number: int, start: date, days: int | None) -> Duo:
    ended = None if days is None else start + timedelta(days=days - 1)
    return Duo(id=number, mentor=number, mentee=number, started_on=start, ended_on=ended)


DUOS = st.lists(st.tuples(st.integers(0, 700), st.integers(1, 700)), min_size=1, max_size=30).map(
    lambda rows: [duo(n, FIRST + timedelta(days=begin), days) for n, (begin, days) in enumerate(rows)]
)


@given(DUOS, st.lists(st.integers(0, 10**9), min_size=5, max_size=5))
def test_ended_duos_share_every_cent_of_their_years(duos: list[Duo], cents: list[int]) -> None:
    spent = dict(zip(range(2024, 2029), cents, strict=True))

    found = shared(spent, duos)

    used = [year for year in spent if any(days_in_year(one, year) for one in duos)]
    assert sum(found.values()) == sum(spent[year] for year in used)
    assert set(found) == {one.id for one in duos}
    assert min(found.values()) >= 0


@given(DUOS)
def test_the_order_of_duos_changes_nothing(duos: list[Duo]) -> None:
    spent = dict.fromkeys(range(2024, 2029), 1_000_003)

    assert shared(spent, duos) == shared(spent, duos[::-1])


def test_a_share_goes_by_days() -> None:
    first, second = duo(1, FIRST, 30), duo(2, FIRST, 90)

    assert shared({2024: 12_000}, [first, second]) == {1: 3_000, 2: 9_000}


def test_a_duo_across_a_year_that_nobody_wrote_down_has_no_cost() -> None:
    across, within = duo(1, date(2024, 12, 2), 60), duo(2, date(2024, 1, 1), 30)

    assert shared({2024: 6_000}, [across, within]) == {2: 3_000}
    assert years_missing({2024: 6_000}, [across, within], date(2025, 6, 1)) == ()
    assert years_missing({2024: 6_000}, [across, within], date(2026, 1, 1)) == (2025,)


def test_an_open_duo_carries_its_days_and_has_no_cost_yet() -> None:
    open_one, ended = duo(1, date(2024, 7, 1), None), duo(2, date(2024, 7, 1), 184)

    assert days_in_year(open_one, 2024) == 184
    assert shared({2024: 10_000}, [open_one, ended]) == {2: 5_000}
