"""Holidays that the law names, and the days between the years."""

from datetime import date

import pytest

from traboule.kernel.holidays import easter, public_holidays, quiet_days


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1818, 3, 22), (2000, 4, 23), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)],
)
def test_easter_falls_where_the_calendars_print_it(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_france_and_belgium_have_the_days_of_their_laws() -> None:
    assert [f"{day:%d.%m}" for day in public_holidays("FR", 2026)] == [
        *("01.01", "06.04", "01.05", "08.05", "14.05", "25.05", "14.07", "15.08", "01.11", "11.11", "25.12"),
    ]
    assert [f"{day:%d.%m}" for day in public_holidays("BE", 2026)] == [
        *("01.01", "06.04", "01.05", "14.05", "25.05", "21.07", "15.08", "01.11", "11.11", "25.12"),
    ]
    assert public_holidays("XX", 2026) == ()


def test_between_the_years_nobody_expects_a_meeting() -> None:
    found = quiet_days("FR", date(2026, 12, 20), date(2027, 1, 4))
    assert found == (*(date(2026, 12, day) for day in range(24, 32)), date(2027, 1, 1))
