"""Tables beside earlier tables: no small group follows from both. The attack shares nothing with our code."""

import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from traboule.kernel.exchange.beside import Number, may_be_shown
from traboule.kernel.exchange.crosstable import TOTAL, cross, members_of
from traboule.kernel.exchange.joint import hidden_jointly, named, numbers_of

FLOOR = 5
person = st.fixed_dictionaries(
    {
        "sex": st.sampled_from("fm"),
        "age": st.sampled_from(["18", "26", "30"]),
        "school": st.sampled_from("nsb"),
        "job": st.sampled_from([True, False, None, "not_due"]),
        "later": st.sampled_from([True, False, None]),
    }
)
crowds = st.lists(st.tuples(person, st.integers(1, 6)), max_size=14).map(
    lambda groups: [one for one, times in groups for _ in range(times)]
)


def table(people, ids, down, across, indicators, before=()):
    """(numbers as they go out, hidden and shown, with the true people of each cell)."""
    rows = [people[number] for number in ids]
    names = list(ids)
    shown = cross(
        rows, down, across, indicators, hiding=lambda found: hidden_jointly(named(found, names), before)
    )
    truth = named(members_of(rows, down, across, indicators), names)
    return numbers_of(truth, shown.shown)


def news(people):
    """Later on some of whom nothing was known, or who were not due, have answered."""
    return [{**one, "job": one["later"]} if one["job"] in (None, "not_due") else one for one in people]


def parts_of(numbers):
    """People whom no number tells apart, found by splitting again and again."""
    everybody = frozenset().union(*(one.people for one in numbers))
    parts = [everybody] if everybody else []
    for one in numbers:
        parts = [half for part in parts for half in (part & one.people, part - one.people) if half]
    return parts


def system_of(numbers, parts):
    shown = [one for one in numbers if one.printed]
    return np.array([[float(part <= one.people) for part in parts] for one in shown]).reshape(
        len(shown), len(parts)
    )


def groups_given_away(numbers):
    """Groups under the floor that some combination of the numbers is, with whatever factors."""
    parts = parts_of(numbers)
    rows = system_of(numbers, parts)
    left = np.eye(len(parts)) - np.linalg.pinv(rows) @ rows if len(rows) else np.eye(len(parts))
    found = []
    for many in range(1, FLOOR):
        for group in combinations(range(len(parts)), many):
            is_small = sum(len(parts[place]) for place in group) < FLOOR
            if is_small and np.abs(left[:, list(group)].sum(axis=1)).max() < 1e-6:
                found.append(group)
    return found


def narrowest(numbers):
    """The least width of what linear programming leaves to a hidden cell of 1 to floor - 1 people."""
    parts = parts_of(numbers)
    rows = system_of(numbers, parts)
    sizes = np.array([float(len(part)) for part in parts])
    widths = [np.inf]
    for cell in {one.people for one in numbers if 0 < len(one.people) < FLOOR}:
        aim = np.array([float(part <= cell) for part in parts])
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * aim, A_eq=rows if len(rows) else None, b_eq=rows @ sizes if len(rows) else None,
                bounds=(0, None),
            )  # fmt: skip
            ends.append(sign * answer.fun if answer.status == 0 else np.inf)
        widths.append(abs(ends[1] - ends[0]))
    return min(widths)


def is_safe(numbers):
    assert all(one.printed is None or one.printed == len(one.people) for one in numbers)
    assert not [one for one in numbers if one.printed and one.printed < FLOOR]
    assert groups_given_away(numbers) == []
    assert narrowest(numbers) >= FLOOR - 1e-6


@settings(max_examples=40, deadline=None)
@given(crowds)
def test_nobody_is_given_away_by_one_table(people):
    is_safe(table(people, range(len(people)), "sex", "age", ["job"]))


@settings(max_examples=60, deadline=None)
@given(crowds, st.integers(0, 9))
def test_nobody_is_given_away_by_two_tables_of_other_groups_some_people_and_some_answers_more(people, newer):
    march = table(people, range(max(0, len(people) - newer)), "sex", "age", ["job"])
    april = table(news(people), range(len(people)), "age", "school", ["job"], march)
    is_safe([*march, *april])


@settings(max_examples=40, deadline=None)
@given(crowds, st.integers(1, 4))
def test_numbers_of_the_same_cell_never_differ_by_a_few(people, newer):
    march = table(people, range(max(0, len(people) - newer)), "sex", "", ["job"])
    april = table(news(people), range(len(people)), "sex", "", ["job"], march)
    for one in march:
        for other in april:
            mostly = 2 * len(one.people & other.people) > max(len(one.people), len(other.people))
            if mostly and one.printed and other.printed:
                assert not 0 < abs(one.printed - other.printed) < FLOOR


def test_the_same_table_once_more_is_the_same():
    people, names = dense(150), ["job0", "job1"]
    march = table(people, range(150), "sex", "age", names)
    assert table(people, range(150), "sex", "age", names, march) == march


def people_of(**numbers):
    return {key: frozenset(f"{key}{n}" for n in range(number)) for key, number in numbers.items()}


def test_one_who_joined_within_a_week_is_not_told_by_two_tables():
    parts = people_of(old=40, new=1)
    everybody = parts["old"] | parts["new"]
    assert may_be_shown({"all": everybody}) == {"all"}
    assert may_be_shown({"all": everybody}, [Number(parts["old"], 40)]) == set()


def test_five_who_joined_are_enough():
    parts = people_of(old=40, new=5)
    assert may_be_shown({"all": parts["old"] | parts["new"]}, [Number(parts["old"], 40)]) == {"all"}


def test_other_people_are_no_reason_to_hide():
    parts = people_of(one=40, two=41)
    assert may_be_shown({"two": parts["two"]}, [Number(parts["one"], 40)]) == {"two"}


def test_four_tables_give_three_people_away_that_no_pair_does():
    parts = people_of(a=10, b=10, c=10, few=3)
    everybody = frozenset().union(*parts.values())
    earlier = [Number(everybody, 33), Number(parts["a"], 10), Number(parts["b"], 10)]
    assert may_be_shown({"c": parts["c"]}, earlier) == set()


def test_a_group_is_found_also_where_factors_are_halves():
    """Three pairs of three rings: (ab + bc - ac) / 2 is b, and b is two people."""
    parts = people_of(a=20, b=2, c=20)
    pairs = {x + y: parts[x] | parts[y] for x, y in ("ab", "bc", "ac")}
    assert len(may_be_shown(pairs)) == 2


def test_a_number_that_was_corrected_meanwhile_gives_nobody_away():
    """39 were printed; today one more is known to have belonged there: the difference is that one."""
    who = people_of(x=40)["x"]
    assert may_be_shown({"x": who}, [Number(who, 39)]) == set()
    assert may_be_shown({"x": who}, [Number(who, 40)]) == {"x"}


def test_a_correction_is_not_told_by_the_parts_of_a_total_either():
    parts = people_of(a=20, b=20)
    everybody = parts["a"] | parts["b"]
    assert may_be_shown(parts, [Number(everybody, 38)]) != set(parts)
    assert may_be_shown(parts, [Number(everybody, 40)]) == set(parts)


def test_what_was_let_out_before_is_no_reason_to_hide_other_things():
    parts = people_of(a=20, few=2, z=30)
    out = [Number(parts["a"] | parts["few"], 22), Number(parts["a"], 20)]
    assert may_be_shown({"z": parts["z"]}, out) == {"z"}


def test_nobody_is_nobody_and_the_first_is_rather_shown():
    parts = people_of(many=30, few=3)
    cells = {
        "all": parts["many"] | parts["few"],
        "many": parts["many"],
        "few": parts["few"],
        "none": frozenset(),
    }
    assert may_be_shown(cells) == {"all", "none"}
    assert may_be_shown(dict(reversed(cells.items()))) == {"many", "none"}


@pytest.mark.parametrize("floor", [1, 6])
def test_a_floor_that_cannot_be_kept_is_refused(floor):
    with pytest.raises(ValueError, match="floor"):
        may_be_shown({}, floor=floor)


def dense(number):
    chance = np.random.default_rng(4)
    people = []
    for _ in range(number):
        job, due = chance.random() < 0.6, chance.random() < 0.75
        said = {f"job{place}": (job and chance.random() < 0.8) if due else "not_due" for place in range(6)}
        people.append(
            {"sex": chance.choice(["f", "m"]), "age": str(chance.integers(5)),
             "school": str(chance.integers(4)), **said}
        )  # fmt: skip
    return people


def test_six_indicators_by_two_groups_beside_two_earlier_tables_take_seconds():
    people, names = dense(400), [f"job{place}" for place in range(6)]
    first = table(people, range(380), "sex", "age", names)
    second = table(people, range(380), "sex", "", names, first)
    begun = time.process_time()
    third = table(people, range(400), "age", "school", names, [*first, *second])
    assert time.process_time() - begun < 30
    assert sum(one.printed is not None for one in third) > len(third) / 3


def test_where_people_are_hidden_nothing_is_said_of_them():
    people = [{"sex": "f", "job": n < 20} for n in range(40)] + [{"sex": "x", "job": True}] * 3
    found = cross(people, "sex", "", ["job"], hiding=hidden_jointly)
    assert found.people("x") is None
    assert [found.shown[("x", TOTAL, "job", state)] for state in ("yes", "no")] == [None, None]
