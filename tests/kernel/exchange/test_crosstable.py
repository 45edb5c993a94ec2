"""Tables for funders: counts are right, unknown is a state, and no hidden cell can be worked out."""

import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from traboule.kernel.calibration import wilson
from traboule.kernel.exchange.crosstable import (
    HEADER,
    HIDDEN,
    PEOPLE,
    STATES,
    TOTAL,
    UNKNOWN,
    cross,
    equations,
    flat,
)
from traboule.kernel.exchange.hiding import determined, hide
from traboule.kernel.exchange.joint import hidden_jointly


def people(*groups):
    """(how many, sex, area, job) → rows."""
    return [{"sex": sex, "area": area, "job": job} for n, sex, area, job in groups for _ in range(n)]


TOWN = people(
    (30, "f", "north", True), (12, "f", "north", False), (9, "f", "south", True), (8, "f", "south", False),
    (20, "m", "north", True), (15, "m", "north", False), (7, "m", "south", True), (6, "m", "south", False),
    (6, "m", "south", None), (5, "f", "north", None),
)  # fmt: skip


def given_away(table):
    """Hidden cells that are the same in every solution of the published system, by the rank of matrices."""
    cells = list(table.shown)
    place = {cell: number for number, cell in enumerate(cells)}
    lines = []
    for total, *parts in equations((table.rows, table.columns), table.indicators):
        line = np.zeros(len(cells))
        line[place[total]] -= 1
        for part in parts:
            line[place[part]] += 1
        lines.append(line)
    shown = np.eye(len(cells))[[place[cell] for cell, number in table.shown.items() if number is not None]]
    known = np.vstack([*lines, shown]) if len(shown) else np.array(lines)
    # A cell follows exactly if its own unit vector lies in the space that the rows of the system span.
    _, sizes, directions = np.linalg.svd(known, full_matrices=False)
    spanned = directions[sizes > 1e-8]
    left = 1 - (spanned**2).sum(axis=0)
    return [cell for cell in cells if table.shown[cell] is None and left[place[cell]] < 1e-6]


def span(table, wanted):
    """Least and most that a hidden cell can be: counts are whole people, and a hidden group has somebody."""
    cells = list(table.shown)
    place = {cell: number for number, cell in enumerate(cells)}
    system = np.zeros((0, len(cells)))
    for total, *parts in equations((table.rows, table.columns), table.indicators):
        line = np.zeros((1, len(cells)))
        line[0, [place[part] for part in parts]] = 1
        line[0, place[total]] = -1
        system = np.vstack([system, line])
    blank = {cell for cell in cells if cell[2:] != PEOPLE and table.people(*cell[:2]) is None}
    bounds = [
        (number, number) if number is not None else (0 if cell in blank else 1, 1000)
        for cell, number in table.shown.items()
    ]
    ends = []
    for sign in (1, -1):
        weights = np.zeros(len(cells))
        weights[place[wanted]] = sign
        ends.append(sign * linprog(weights, A_eq=system, b_eq=np.zeros(len(system)), bounds=bounds).fun)
    return ends


def test_counts_shares_and_bounds_of_a_spot():
    table = cross(TOWN, "sex", "area", ["job"])
    found = table.figure("m", "south", "job")
    assert (found.people, found.yes, found.no, found.unknown) == (19, 7, 6, 6)
    assert found.share == wilson(7, 13)
    assert (found.least, found.most) == (7 / 19, 13 / 19)
    assert (table.rows, table.columns) == (("f", "m", TOTAL), ("north", "south", TOTAL))
    assert table.figure(TOTAL, TOTAL, "job").people == len(TOWN)


def test_without_small_cells_nothing_is_hidden():
    table = cross(TOWN, "sex", "area", ["job"])
    assert None not in table.shown.values()


def test_a_small_cell_takes_others_with_it_and_the_smallest_that_do():
    table = cross([*TOWN, *people((3, "f", "west", True), (40, "m", "west", True))], "sex", "area")
    hidden = {cell[:2] for cell, number in table.shown.items() if number is None}
    assert ("f", "west") in hidden
    assert len(hidden) == 4
    assert table.people(TOTAL) == len(TOWN) + 43


def test_who_may_not_be_counted_is_not_described_either():
    table = cross([*TOWN, *people((3, "f", "west", True), (40, "m", "west", True))], "sex", "area", ["job"])
    assert table.people("f", "west") is None
    for state in STATES:
        assert table.shown[("f", "west", "job", state)] is None
    figure = table.figure("f", "west", "job")
    assert (figure.share, figure.least, figure.most) == (None, None, None)


def test_unknown_groups_are_a_level_and_unknown_answers_no_failures():
    table = cross(people((8, None, "north", True), (6, "", "north", None)), "sex", "", ["job"])
    assert table.rows == (UNKNOWN, TOTAL)
    found = table.figure(UNKNOWN, TOTAL, "job")
    assert (found.people, found.yes, found.no, found.unknown, found.share.value) == (14, 8, 0, 6, 1.0)


def test_levels_come_in_the_order_given_even_without_people():
    ages = ["under 25", "25 to 29", "30 and over"]
    rows = [{"age": "30 and over"}] * 9 + [{"age": "25 to 29"}] * 7
    table = cross(rows, "age", order={"age": ages})
    assert table.rows == (*ages, TOTAL)
    assert table.people("under 25") == 0


@pytest.mark.parametrize(("sex", "job"), [("f", "perhaps"), (TOTAL, True), ("f", 2)])
def test_values_that_mean_nothing_are_refused(sex, job):
    with pytest.raises(ValueError, match=r"sex|job"):
        cross([{"sex": sex, "job": job}], "sex", "", ["job"])


def test_a_floor_that_hides_nobody_is_refused():
    with pytest.raises(ValueError, match="floor"):
        cross(TOWN, "sex", floor=1)


def test_the_order_of_people_changes_nothing():
    rows = [*TOWN, *people((3, "f", "west", True), (2, "m", "east", False))]
    shuffled = random.Random(4).sample(rows, len(rows))
    assert flat(cross(rows, "sex", "area", ["job"])) == flat(cross(shuffled, "sex", "area", ["job"]))


def test_a_file_says_what_is_hidden_and_leaves_no_figure_beside_it():
    header, rows = flat(cross([*TOWN, *people((3, "f", "west", True))], "sex", "area", ["job"]))
    assert header == ["sex", "area", *HEADER]
    west = next(row for row in rows if row[:2] == ["f", "west"])
    assert west[2:] == ["job", HIDDEN, HIDDEN, HIDDEN, HIDDEN, None, None, None, None, None]
    bare, counts = flat(cross(TOWN, "sex"))
    assert bare[0] == "sex"
    assert counts[0][:3] == ["f", "all", 64]


def test_two_rings_joined_by_one_cell_do_not_give_it_away():
    """Each line holds two hidden cells or none, and one of them follows all the same: (2, 2)."""
    rows, columns = range(6), range(6)
    ring = {(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (3, 4), (4, 3), (4, 4)}
    bridge = (1, 2)
    cube = {spot: 3 if spot in ring else 50 for spot in product(rows, columns)}
    lines = [(("r", r), *((r, c) for c in columns)) for r in rows]
    lines += [(("c", c), *((r, c) for r in rows)) for c in columns]
    cube |= {line[0]: sum(cube[cell] for cell in line[1:]) for line in lines}
    assert bridge in determined(lines, ring)
    hidden = hide(cube, lines, floor=5)
    assert ring < hidden
    assert determined(lines, hidden) == set()


def test_a_cell_that_follows_from_counts_being_people_is_hidden_better():
    """Two hidden cells of together five, one of which must be four because the other one is somebody."""
    spots = {("a", "a"): 6, ("a", "b"): 1, ("b", "a"): 6, ("b", "d"): 1, ("c", "a"): 25, ("c", "c"): 4}
    rows = [{"x": x, "y": y} for (x, y), n in (spots | {("c", "d"): 4}).items() for _ in range(n)]
    table = cross(rows, "x", "y")
    for cell in (cell for cell, number in table.shown.items() if number is None):
        low, high = span(table, cell)
        assert high - low >= 1


levels = st.sampled_from(["a", "b", "c", "d", None])
persons = st.fixed_dictionaries(
    {
        "x": levels,
        "y": levels,
        "job": st.sampled_from([True, False, None]),
        "kept": st.sampled_from([True, False]),
    }
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(persons, st.integers(1, 9)), max_size=25), st.integers(2, 6), st.booleans())
def test_no_hidden_cell_can_be_worked_out(groups, floor, has_indicators):
    rows = [person for person, times in groups for _ in range(times)]
    table = cross(rows, "x", "y", ["job", "kept"] if has_indicators else [], floor=floor)
    assert given_away(table) == []
    for cell, number in table.shown.items():
        assert number is None or not 0 < number < floor
        if number is not None and cell[2:] != PEOPLE:
            assert table.people(*cell[:2]) is not None


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(persons, st.integers(1, 9)), max_size=12), st.data())
def test_no_hidden_person_follows_from_counts_being_whole_people(groups, data):
    rows = [person for person, times in groups for _ in range(times)]
    table = cross(rows, "x", "y", ["kept"])
    hidden = [c for c, n in table.shown.items() if n is None and any(_is(person, c) for person in rows)]
    if hidden:
        low, high = span(table, data.draw(st.sampled_from(hidden)))
        assert high - low >= 1 - 1e-6


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(persons, st.integers(1, 9)), max_size=25))
def test_hidden_parts_beside_a_shown_total_are_never_few(groups):
    rows = [person for person, times in groups for _ in range(times)]
    truth = cross(rows, "x", "y", ["job"], floor=2)
    table = cross(rows, "x", "y", ["job"])
    counts = {cell: sum(_is(person, cell) for person in rows) for cell in table.shown}
    assert all(number in (None, counts[cell]) for cell, number in truth.shown.items())
    for total, *parts in equations((table.rows, table.columns), table.indicators):
        hidden = [cell for cell in parts if table.shown[cell] is None]
        if table.shown[total] is not None and any(counts[cell] for cell in hidden):
            assert sum(counts[cell] for cell in hidden) >= 5


def _is(person, cell):
    row, column, indicator, state = cell
    places = all(level in (TOTAL, person[name] or UNKNOWN) for name, level in (("x", row), ("y", column)))
    answer = {True: "yes", False: "no", None: UNKNOWN}[person[indicator]] if indicator else ""
    return places and answer == state


def test_people_who_are_not_due_yet_are_in_no_share_and_in_the_last_column():
    rows = [
        *people((20, "f", "north", True), (10, "f", "north", False)),
        *people((9, "f", "north", "not_due")),
    ]
    table = cross(rows, "sex", "", ["job"])
    found = table.figure("f", TOTAL, "job")
    assert (found.people, found.yes, found.no, found.unknown, found.not_due) == (39, 20, 10, 0, 9)
    assert (found.share.value, found.least, found.most) == (20 / 30, 20 / 30, 20 / 30)
    header, lines = flat(table)
    assert (header[-1], lines[0][-1]) == ("not_due", 9)
    assert "not_due" not in flat(cross(TOWN, "sex", "", ["job"]))[0]


def test_jointly_a_few_between_two_indicators_are_not_given_away():
    """Two with something else than a job: the difference of two numbers that are large themselves."""
    rows = [{"sex": "f", "job": n < 20, "something": n < 22} for n in range(40)]
    alone = cross(rows, "sex", "", ["job", "something"])
    assert alone.figure("f", TOTAL, "something").yes == 22
    jointly = cross(rows, "sex", "", ["job", "something"], hiding=hidden_jointly)
    shown = [jointly.figure("f", TOTAL, name).yes for name in ("job", "something")]
    assert shown != [20, 22]
    assert None in shown


def test_jointly_small_cells_and_all_that_is_said_of_them_are_hidden():
    rows = [*TOWN, *people((3, "f", "west", True), (40, "m", "west", True))]
    table = cross(rows, "sex", "area", ["job"], hiding=hidden_jointly)
    assert table.people("f", "west") is None
    assert all(table.shown[("f", "west", "job", state)] is None for state in STATES)
    assert all(number is None or number == 0 or number >= 5 for number in table.shown.values())
    low, high = span(table, ("f", "west", *PEOPLE))
    assert high - low >= 4
