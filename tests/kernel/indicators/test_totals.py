"""A table of groups beside the whole figure: what the two together give away is told apart."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.indicators.test_indicator_fairness import N, U, Y, by_sex
from traboule.kernel.indicators.fairness import Comparison
from traboule.kernel.indicators.totals import stands_beside_totals

FLOOR, PARTS = 5, ("yes", "no", "missing")


def test_all_men_succeeded_so_both_who_did_not_are_women() -> None:
    found = by_sex(f={Y: 8, N: 2}, m={Y: 13})
    assert {row.value: row.no for row in found.rows} == {"f": None, "m": 0}
    assert not stands_beside_totals(found)


def test_two_who_did_not_spread_over_both_are_still_too_close() -> None:
    """Of two in all, each group has none, one or two: an interval narrower than five."""
    assert not stands_beside_totals(by_sex(f={Y: 20, N: 1}, m={Y: 20, N: 1}))


@pytest.mark.parametrize(
    "groups",
    [
        {"f": {Y: 40, N: 22, U: 6}, "m": {Y: 60, N: 31, U: 9}},  # nothing is hidden
        {"f": {Y: 12, N: 3}, "m": {Y: 20, N: 8}},  # eleven in all: of the women none to eleven
        {},
    ],
)
def test_what_cannot_be_filled_in_stands(groups: dict[str, dict]) -> None:
    assert stands_beside_totals(by_sex(**groups))


SMALL = st.fixed_dictionaries({Y: st.integers(0, 7), N: st.integers(0, 5), U: st.integers(0, 2)})


@settings(max_examples=30, deadline=None)
@given(f=SMALL, m=SMALL)
def test_it_is_what_trying_every_split_of_the_totals_says(f: dict, m: dict) -> None:
    found = by_sex(f=f, m=m)
    assert stands_beside_totals(found) is tried(found)


def tried(found: Comparison) -> bool:
    """Every way to share the totals between two groups that agrees with what the table shows."""
    size = {cell.key: len(cell.people) for cell in found.table.cells}
    shown = {key: number for key, number in found.table.shown.items() if number is not None}
    values = [row.value for row in found.rows]
    hidden = [
        key
        for key, n in found.table.shown.items()
        if n is None and 0 < size[key] < FLOOR and "all" not in key
    ]
    ways = []
    for shares in product(*(range(size[f"all|{part}"] + 1) for part in PARTS)):
        way = dict(zip((f"{values[0]}|{part}" for part in PARTS), shares, strict=True)) if values else {}
        rest = [size[f"all|{part}"] - share for part, share in zip(PARTS, shares, strict=True)]
        if len(values) == 2:
            way |= dict(zip((f"{values[1]}|{part}" for part in PARTS), rest, strict=True))
        elif any(rest):
            continue
        way |= {f"{value}|n": sum(way[f"{value}|{part}"] for part in PARTS) for value in values}
        if len(values) == 2:
            way |= {f"not {one}|{part}": way[f"{other}|{part}"]
                    for one, other in (values, values[::-1]) for part in ("n", *PARTS)}  # fmt: skip
        if all(shown.get(key, number) == number for key, number in way.items()):
            ways.append(way)
    return all(max(way[key] for way in ways) - min(way[key] for way in ways) >= FLOOR
               for key in hidden if key in ways[0])  # fmt: skip
