"""Released tables: nobody below the floor is recovered, audited by code that shares nothing with ours."""

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from traboule.kernel.indicators import release as module
from traboule.kernel.indicators._attack import Possible, narrow_cell
from traboule.kernel.indicators.release import Cell, Table, release
from traboule.kernel.small_numbers import SMALLEST, hide

Cells = dict[str, set[int]]
Crowd = list[tuple[str, str, str]]
one_person = st.tuples(
    st.sampled_from("fm"), st.sampled_from(["18", "26"]), st.sampled_from(["yes", "no", "?"])
)
crowds = st.lists(one_person, max_size=45)


def table_of(people: Crowd, ids: Sequence[int], columns: Sequence[int]) -> Cells:
    """Cells of a table by the attributes in `columns`, each with its parts and its total."""
    cells: Cells = {}
    for number in ids:
        sex, age, answer = people[number]
        for group in ("all", *((sex, age)[column] for column in columns)):
            for part in ("n", answer):
                cells.setdefault(f"{group}|{part}", set()).add(number)
    return cells


def parts_of(tables: Sequence[Table]) -> list[frozenset[Any]]:
    """People whom no cell tells apart, found by splitting again and again."""
    everybody = {person for table in tables for cell in table.cells for person in cell.people}
    parts = [frozenset(everybody)] if everybody else []
    for table in tables:
        for cell in table.cells:
            parts = [half for part in parts for half in (part & cell.people, part - cell.people) if half]
    return parts


def interval_by_linprog(tables: Sequence[Table], target: frozenset[Any]) -> tuple[float, float]:
    parts = parts_of(tables)
    shown = [cell for table in tables for cell in table.cells if cell.number]
    aim = np.array([float(part <= target) for part in parts])
    if not shown:
        return 0.0, np.inf
    rows = np.array([[float(part <= cell.people) for part in parts] for cell in shown])
    numbers = np.array([float(cell.number or 0) for cell in shown])
    ends = []
    for sign in (1, -1):
        answer = linprog(sign * aim, A_eq=rows, b_eq=numbers, bounds=(0, None), method="highs")
        ends.append(sign * float(answer.fun or 0) if answer.status == 0 else np.inf)
    return ends[0], ends[1]


def sums(tables: Sequence[Table]) -> Iterator[frozenset[Any]]:
    """Every group that is a shown cell, or one less one or two others that lie in it, apart."""
    shown = {cell.people for table in tables for cell in table.cells if cell.number}
    yield from shown
    for whole in shown:
        inside = [part for part in shown if part < whole]
        yield from (whole - part for part in inside)
        yield from (whole - one - two for one, two in combinations(inside, 2) if not one & two)


def is_safe(tables: Sequence[Table], floor: int = SMALLEST) -> None:
    assert [len(group) for group in sums(tables) if 0 < len(group) < floor] == []
    small = {cell.people for table in tables for cell in table.cells if 0 < len(cell.people) < floor}
    for people in small:
        low, high = interval_by_linprog(tables, people)
        assert high - low >= floor - 1e-6, (len(people), low, high)


@settings(max_examples=40, deadline=None)
@given(crowds)
def test_nobody_below_the_floor_is_recovered_from_one_table(people: Crowd) -> None:
    is_safe([release("one", table_of(people, range(len(people)), (0, 1)))])


@settings(max_examples=40, deadline=None)
@given(crowds, st.integers(0, 12), st.integers(0, 45))
def test_nobody_below_the_floor_is_recovered_from_three_tables(people: Crowd, newer: int, first: int) -> None:
    """By sex in spring; by sex and age in summer, when some have joined; then without some of the oldest."""
    ids = range(len(people))
    spring = release("spring", table_of(people, ids[: max(0, len(people) - newer)], (0,)))
    summer = release("summer", table_of(people, ids, (0, 1)), [spring])
    autumn = release("autumn", table_of(people, ids[first:], (1,)), [spring, summer])
    is_safe([spring, summer, autumn])


@given(people=crowds, newer=st.integers(0, 6), strict=st.booleans())
def test_numbers_kept_from_search_to_search_hide_the_same_as_searching_anew(
    people: Crowd, newer: int, strict: bool
) -> None:
    ids = range(len(people))
    first, second = table_of(people, ids[newer:], [0, 1]), table_of(people, ids, [1])

    def both() -> list[Mapping[str, int | None]]:
        one = release("first", first, also_differences=strict)
        return [one.shown, release("second", second, [one], also_differences=strict).shown]

    kept = both()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "narrow_cell", lambda *of: narrow_cell(*of[:3], Possible(of[0].sizes)))
        assert both() == kept


@given(people=crowds, newer=st.integers(0, 6), strict=st.booleans())
def test_numbers_that_were_kept_fit_all_that_is_shown(people: Crowd, newer: int, strict: bool) -> None:
    ids = range(len(people))
    earlier = release("first", table_of(people, ids[newer:], [0]), also_differences=strict)
    cells = {key: frozenset(who) for key, who in table_of(people, ids, [0, 1]).items()}
    work = module._Work(cells, [earlier], SMALLEST, strict)
    while (gone := work.next_to_hide()) is not None:
        work.hidden.add(gone)
    shown = [*work.old_shown, *(who for key, who in work.new.items() if key not in work.hidden)]
    rows = work.parts.rows(shown)
    for known in work.possible.known:
        assert (known >= 0).all()
        assert (rows @ known == rows @ work.parts.sizes).all()


@settings(max_examples=40, deadline=None)
@given(crowds, st.integers(0, 12))
def test_without_differences_the_small_cells_themselves_stay_hidden(people: Crowd, newer: int) -> None:
    ids = range(len(people))
    spring = release("a", table_of(people, ids[newer:], (0,)), also_differences=False)
    summer = release("b", table_of(people, ids, (0, 1)), [spring], also_differences=False)
    both = [spring, summer]
    for people_of in {c.people for table in both for c in table.cells if 0 < len(c.people) < SMALLEST}:
        low, high = interval_by_linprog(both, people_of)
        assert high - low >= SMALLEST - 1e-6


@settings(max_examples=40, deadline=None)
@given(crowds)
def test_what_is_shown_is_true_and_nothing_is_hidden_without_a_small_group(
    people: Crowd,
) -> None:
    cells = table_of(people, range(len(people)), (0, 1))
    found = release("one", cells)
    assert all(number in (None, len(cells[key])) for key, number in found.shown.items())
    parts = parts_of([found])
    if all(len(part) >= SMALLEST for part in parts):
        assert None not in found.shown.values()


@settings(max_examples=30, deadline=None)
@given(crowds, st.randoms(use_true_random=False))
def test_names_and_order_of_the_people_change_nothing(people: Crowd, chance: object) -> None:
    ids = list(range(len(people)))
    chance.shuffle(ids)  # type: ignore[attr-defined]  # hypothesis' own random
    cells = table_of(people, range(len(people)), (0, 1))
    renamed = {key: {f"duo {ids[person]}" for person in who} for key, who in reversed(cells.items())}
    assert release("one", renamed).shown == release("one", cells).shown


def rows(**numbers: int) -> Mapping[str, set[str]]:
    return {key: {f"{key}{n}" for n in range(number)} for key, number in numbers.items()}


def test_a_table_of_large_numbers_is_shown_whole() -> None:
    parts = rows(f=20, m=30)
    assert release("one", {**parts, "all": parts["f"] | parts["m"]}).shown == {"all": 50, "f": 20, "m": 30}


def test_a_small_cell_takes_a_second_one_with_it() -> None:
    parts = rows(a=20, b=30, c=3)
    found = release("one", {**parts, "all": parts["a"] | parts["b"] | parts["c"]})
    assert found.shown == {"all": 53, "a": None, "b": 30, "c": None}


def test_the_branches_less_one_do_not_give_that_one_away() -> None:
    parts = rows(lyon=3, paris=20, lille=30)
    with_it = release("with", {"all": parts["lyon"] | parts["paris"] | parts["lille"]})
    without = release("without", {"all": parts["paris"] | parts["lille"]}, [with_it])
    assert (with_it.number("all"), without.number("all")) == (53, None)
    assert release("without", {"all": parts["paris"] | parts["lille"]}).number("all") == 50


def test_three_who_joined_between_two_quarters_are_not_told_by_a_subtraction() -> None:
    parts = rows(old=40, new=3, more=2)
    first = release("first", {"n": parts["old"]})
    second = release("second", {"n": parts["old"] | parts["new"]}, [first])
    third = release("third", {"n": parts["old"] | parts["new"] | parts["more"]}, [first, second])
    assert (first.number("n"), second.number("n"), third.number("n")) == (40, None, 45)


def test_a_cell_that_was_hidden_once_is_not_given_away_by_a_later_table() -> None:
    parts = rows(a=20, b=30, c=3, d=40)
    first = release("first", {**{k: parts[k] for k in "abc"}, "all": parts["a"] | parts["b"] | parts["c"]})
    assert (first.number("a"), first.number("c")) == (None, None)
    second = release("second", {"a": parts["a"], "d": parts["d"]}, [first])
    assert second.shown == {"a": None, "d": 40}


def test_a_sum_over_several_tables_is_found_that_no_pair_shows() -> None:
    """All less three disjoint groups, each of another table, would leave three people."""
    parts = rows(a=10, b=10, c=10, few=3)
    everybody = set().union(*parts.values())
    earlier: list[Table] = []
    for key in ("all", "a", "b"):
        earlier.append(release(key, {key: everybody if key == "all" else parts[key]}, earlier))
    assert release("c", {"c": parts["c"]}, earlier).number("c") is None


def test_what_a_lower_floor_let_out_is_passed_over() -> None:
    parts = rows(a=20, few=4)
    early = [release("early", {"all": parts["a"] | parts["few"], "a": parts["a"]}, floor=3)]
    assert early[0].shown == {"all": 24, "a": 20}
    late = rows(z=9)
    assert release("late", late, early, floor=5).shown == {"z": 9}


def test_a_sum_that_was_out_before_does_not_end_the_search() -> None:
    """The smallest group is 3, of an earlier table with a lower floor; the next one, of 4, is new."""
    old, new = rows(a=20, few=3), rows(p=26, few=4)
    early = [release("early", {"all": old["a"] | old["few"], "a": old["a"]}, floor=3)]
    people = {"p": new["p"], "q": {f"q{person}" for person in new["few"]} | new["p"]}
    assert release("late", people, early).shown == {"p": None, "q": 30}


def test_a_small_cell_that_earlier_tables_gave_away_takes_nothing_new_with_it() -> None:
    parts = rows(a=20, few=4, z=9)
    everybody = parts["a"] | parts["few"]
    early = Table(
        "early", 5, (Cell("all", frozenset(everybody)), Cell("a", frozenset(parts["a"])),
                     Cell("few", frozenset(parts["few"]), is_shown=False)),
    )  # fmt: skip
    assert release("late", {"az": parts["a"] | parts["z"]}, [early]).shown == {"az": 29}


def test_a_cell_hidden_earlier_keeps_its_interval_when_no_difference_is_looked_at() -> None:
    """Of c (3) the later table would say 2 to 5: at most what lies in c and d, at least 23 less a and e."""
    parts = rows(a=20, b=30, c=3, d=2, e=1)
    first = release(
        "first",
        {"all": parts["a"] | parts["b"] | parts["c"], **{key: parts[key] for key in "abc"}},
        also_differences=False,
    )
    assert first.shown == {"all": 53, "a": None, "b": 30, "c": None}
    later = {"cd": parts["c"] | parts["d"], "ae": parts["a"] | parts["e"]}
    assert release("later", later, also_differences=False).shown == {"cd": 5, "ae": 21}
    assert release("later", later, [first], also_differences=False).shown == {"cd": None, "ae": 21}


def test_a_floor_under_two_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        release("one", rows(a=3), floor=1)


def test_empty_cells_are_shown_as_nobody() -> None:
    assert release("one", {"a": set(), **rows(b=7)}).shown == {"a": 0, "b": 7}


@settings(max_examples=40, deadline=None)
@given(crowds)
def test_what_the_quick_rule_of_the_path_hides_is_hidden_here_too_in_one_row_of_parts(
    people: Crowd,
) -> None:
    cells = table_of(people, range(len(people)), ())
    cube = {key: len(who) for key, who in cells.items()}
    quick = hide(cube, [("all|n", "all|yes", "all|no", "all|?")])
    exact = {key for key, number in release("one", cells).shown.items() if number is None}
    assert {key for key in cells if 0 < cube[key] < SMALLEST} <= exact & quick
    assert bool(quick) == bool(exact)


def test_a_report_by_three_attributes_is_released_while_somebody_waits() -> None:
    kinds = list(product("fm", range(4), range(4), ("yes", "no", "?")))
    cells: dict[str, set[int]] = {}
    for number in range(5_000):
        sex, age, school, answer = kinds[(number * number) % len(kinds)]
        for group in ("all", sex, f"age {age}", f"school {school}"):
            for part in ("n", answer):
                cells.setdefault(f"{group}|{part}", set()).add(number)
    begun = time.process_time()
    release("report", cells)
    assert time.process_time() - begun < 5
