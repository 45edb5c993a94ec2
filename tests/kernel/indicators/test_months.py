"""Looks of several months beside each other: what an outsider could subtract is withheld."""

from typing import Any

import pytest

from traboule.kernel.indicators.months import withheld

HERE = ("finds", "sex")


def look(*counts: tuple[int | None, ...], floor: int = 5, aspect: str = "finds") -> list[dict[str, Any]]:
    rows = [{"value": value, "counts": list(found)} for value, found in zip("fmx", counts, strict=False)]
    kept = {"aspect": aspect, "by": "sex", "definition": {"floor": floor}, "rows": rows}
    return [{**kept, "stands_beside_totals": True}]


def test_one_woman_more_with_work_is_one_womans_story() -> None:
    march, april = look((12, 6, 6, 0), (20, 9, 11, 0)), look((13, 7, 6, 0), (20, 9, 11, 0))
    assert withheld([march, april]) == [frozenset(), frozenset({HERE})]


def test_the_same_numbers_and_five_more_are_shown() -> None:
    march, again, later = look((12, 6, 6, 0)), look((12, 6, 6, 0)), look((22, 11, 11, 0))
    assert withheld([march, again, later]) == [frozenset()] * 3


@pytest.mark.parametrize(("apart", "is_hidden"), [(1, True), (4, True), (5, False), (-1, True), (-5, False)])
def test_the_floor_decides(apart: int, is_hidden: bool) -> None:
    found = withheld([look((30, 10, 20, 0)), look((30 + apart, 10, 20 + apart, 0))])
    assert (HERE in found[1]) is is_hidden


def test_what_was_not_shown_is_held_against_nothing() -> None:
    """May differs from the hidden April by one, and by five from March, which was shown."""
    months = [look((20, 10, 10, 0)), look((24, 10, 14, 0)), look((25, 10, 15, 0))]
    assert withheld(months) == [frozenset(), frozenset({HERE}), frozenset()]


def test_every_earlier_month_counts_not_only_the_last() -> None:
    months = [look((20, 10, 10, 0)), look((30, 15, 15, 0)), look((21, 10, 11, 0))]
    assert withheld(months)[2] == frozenset({HERE})


def test_hidden_numbers_new_groups_and_other_steps_are_nothing_to_subtract() -> None:
    hidden, shown = look((None, None, None, None), (20, 9, 11, 0)), look((6, 5, 1, 0), (20, 9, 11, 0))
    assert withheld([hidden, shown]) == [frozenset(), frozenset()]
    assert withheld([look((20, 10, 10, 0)), look((20, 10, 10, 0), (7, 7, 0, 0))])[1] == frozenset()
    assert withheld([look((20, 10, 10, 0)), look((21, 10, 11, 0), aspect="waits")])[1] == frozenset()


def test_a_later_month_changes_nothing_about_an_earlier_one() -> None:
    months = [look((20 + step, 10, 10 + step, 0)) for step in range(12)]
    whole = withheld(months)
    assert all(withheld(months[:n]) == whole[:n] for n in range(len(months)))
    assert [HERE in found for found in whole] == [bool(step % 5) for step in range(12)]
