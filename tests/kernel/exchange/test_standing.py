"""Figures beside what went out before: what neither tells alone, both do not tell. Checked by ranks."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.kernel.exchange.beside import Number
from traboule.kernel.exchange.small_groups import small_group
from traboule.kernel.exchange.standing import may_stand

FLOOR = 5
MARKS = 7
kind = st.tuples(*[st.booleans()] * MARKS)
worlds = st.lists(st.tuples(kind, st.integers(1, 6)), min_size=1, max_size=9)


def sets_of(world):
    """One set of people for each mark: who has it."""
    people = [marks for marks, times in world for _ in range(times)]
    return [frozenset(n for n, marks in enumerate(people) if marks[place]) for place in range(MARKS)]


def parts_of(sets):
    found = {}
    for person in frozenset().union(*sets):
        found.setdefault(tuple(person in one for one in sets), set()).add(person)
    return [frozenset(one) for one in found.values()]


def spans(rows, group, parts):
    """Whether a group is a sum of shown numbers, whatever the factors."""
    if not rows:
        return False
    system = np.array([[float(part <= one) for part in parts] for one in rows])
    wanted = np.array([float(part in group) for part in parts])
    return np.linalg.matrix_rank(np.vstack([system, wanted])) == np.linalg.matrix_rank(system)


def told_by_both(earlier, figures):
    """Groups under the floor that follow from both together, and from neither."""
    parts = parts_of([*earlier, *figures])
    few = [part for part in parts if len(part) < FLOOR]
    for size in range(1, 5):
        for group in combinations(few, size):
            if sum(len(part) for part in group) >= FLOOR:
                continue
            if spans([*earlier, *figures], group, parts) and not (
                spans(earlier, group, parts) or spans(figures, group, parts)
            ):
                yield group


def is_sum_of_known(group, earlier, figures, parts):
    """Whether it falls into two groups that were known apart: nobody learns anything by adding them."""
    known = [
        set(one)
        for size in range(1, len(group))
        for one in combinations(group, size)
        if spans(earlier, one, parts) or spans(figures, one, parts)
    ]
    return any(one | other == set(group) for one in known for other in known if not one & other)


@settings(max_examples=300, deadline=None)
@given(worlds, st.lists(st.booleans(), min_size=4, max_size=4))
def test_no_small_group_follows_from_both_that_followed_from_neither(world, printed):
    earlier, figures = sets_of(world)[:4], sets_of(world)[4:]
    out = [
        Number(who, len(who) if shown and len(who) not in range(1, FLOOR) else None)
        for who, shown in zip(earlier, printed, strict=True)
    ]
    stands = may_stand(dict(enumerate([[one] for one in figures])), out)
    shown = [figures[place] for place in sorted(stands) if figures[place]]
    before = [one.people for one in out if one.printed]
    parts = parts_of([*before, *shown]) if before or shown else []
    for group in told_by_both(before, shown) if parts else ():
        assert is_sum_of_known(group, before, shown, parts), group


@settings(max_examples=300, deadline=None)
@given(worlds)
def test_two_numbers_of_mostly_the_same_people_never_differ_by_a_few(world):
    sets = sets_of(world)
    earlier, figures = sets[:3], sets[3:]
    out = [Number(who, len(who) if len(who) >= FLOOR else None) for who in earlier]
    for place in may_stand(dict(enumerate([[one] for one in figures])), out):
        new = figures[place]
        if any(one.printed and one.people == new for one in out):
            continue  # it was out before and says nothing new
        for one in out:
            if one.printed and 2 * len(new & one.people) > max(len(new), one.printed):
                assert abs(len(new) - one.printed) not in range(1, FLOOR)


def test_without_anything_before_every_figure_stands_with_its_small_parts():
    assert may_stand({"a": [frozenset(range(38)), frozenset(range(34)), frozenset({34, 35})]}) == {"a"}


def test_a_figure_stands_whole_or_not_at_all():
    """Everybody is the same forty; of those who count one is new."""
    out = [Number(frozenset(range(40)), 40), Number(frozenset(range(20)), 20)]
    same, more = frozenset(range(40)), frozenset(range(21))
    assert may_stand({"same": [same, frozenset(range(20))], "more": [same, more]}, out) == {"same"}


def test_what_a_table_hid_is_not_said_by_a_figure():
    """The table hid that four of forty said no; a figure that says so would undo it."""
    everybody, yes = frozenset(range(40)), frozenset(range(36))
    out = [Number(everybody, 40), Number(yes, None), Number(everybody - yes, None)]
    assert may_stand({"job": [everybody, yes]}, out) == set()
    assert may_stand({"job": [everybody]}, out) == {"job"}


def test_three_numbers_together_tell_and_so_the_last_one_does_not_stand():
    women, men = frozenset(range(20)), frozenset(range(20, 40))
    out = [Number(women, 20), Number(men, 20)]
    assert may_stand({"all": [frozenset(range(42))]}, out) == set()
    assert may_stand({"all": [frozenset(range(45))]}, out) == {"all"}


@pytest.mark.parametrize("floor", [1, 6])
def test_a_floor_that_sums_of_pairs_do_not_find_is_refused(floor):
    with pytest.raises(ValueError, match="a floor from 2 to 5"):
        may_stand({}, floor=floor)


def test_a_group_that_another_space_gives_away_is_passed_over_but_not_its_halves():
    """Of a group that is known as a whole each half is still looked for."""
    free = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 2.0]])
    known = np.array([[3.0, -3.0, 1.0], [4.0, -4.0, 1.0]])
    assert small_group(free, np.array([1, 1, 9]), FLOOR, (known,)) == {0}
    assert small_group(known, np.array([1, 1, 9]), FLOOR, (known,)) == set()
