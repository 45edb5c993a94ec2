"""Hard limits: each fails alone for its own reason, and one pair and a whole matrix agree."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.matching.profile_strategies import LYON, TODAY, mentees, mentors
from traboule.kernel.matching.eligibility import Limit, days_covered, feasible, limits, why_not
from traboule.kernel.matching.profiles import Mentee, Mentor, Point, slot_codes, slots_of
from traboule.kernel.matching.rules import DEFAULT_RULES

SELAM = Mentee(id="selam", point=LYON, languages=(("fr", 3),), slots=slots_of(["mon-am"]), branch="lyon")
ANNE = Mentor(id="anne", point=LYON, languages=(("fr", 6),), slots=slots_of(["mon-am"]), branch="lyon")
VILLEURBANNE = Point(45.76601, 4.8795)


def limits_of(mentee: Mentee = SELAM, mentor: Mentor = ANNE, as_of: date = TODAY) -> tuple[Limit, ...]:
    return why_not(mentee, mentor, DEFAULT_RULES, as_of)


def test_two_people_who_fit_have_no_limit():
    assert limits_of() == ()


@pytest.mark.parametrize(
    ("limit", "mentee", "mentor"),
    [
        (Limit.NO_SHARED_LANGUAGE, {"languages": (("fr", 2),)}, {}),
        (Limit.NO_SHARED_LANGUAGE, {}, {"languages": (("fr", 2), ("en", 6))}),
        (Limit.NO_SHARED_LANGUAGE, {"languages": (("ti", 6),)}, {}),
        (Limit.NO_SHARED_SLOT, {"slots": slots_of(["mon-eve", "tue-am"])}, {}),
        (Limit.NO_SHARED_SLOT, {"slots": 0}, {}),
        (Limit.TOO_FAR, {"point": VILLEURBANNE, "max_km": 3.0}, {}),
        (Limit.TOO_FAR, {"point": VILLEURBANNE}, {"max_km": 3.0}),
        (Limit.TOO_FAR, {"point": VILLEURBANNE, "max_km": 3.0, "online": True}, {}),
        (Limit.PLACE_UNKNOWN, {"point": None}, {}),
        (Limit.PLACE_UNKNOWN, {}, {"point": None, "online": True}),
        (Limit.NOT_TRAINED, {}, {"trained": False}),
        (Limit.NO_PLACE_LEFT, {}, {"capacity": 0}),
        (Limit.MENTOR_AWAY, {}, {"available_until": TODAY - timedelta(days=1)}),
        (Limit.MENTOR_AWAY, {}, {"available_from": TODAY + timedelta(days=182)}),
        (Limit.WISH_NOT_MET, {"gender_wish": "f"}, {"gender": "m"}),
        (Limit.WISH_NOT_MET, {"gender_wish": "f"}, {}),
        (Limit.WISH_NOT_MET, {"gender": "m"}, {"gender": "f", "gender_wish": "f"}),
        (Limit.TO_AVOID, {"avoid": frozenset({"anne"})}, {}),
        (Limit.TO_AVOID, {}, {"avoid": frozenset({"selam"})}),
        (Limit.OTHER_BRANCH, {"branch": "lille"}, {}),
    ],
)
def test_each_limit_fails_alone(limit: Limit, mentee: dict[str, object], mentor: dict[str, object]):
    assert limits_of(replace(SELAM, **mentee), replace(ANNE, **mentor)) == (limit,)


@pytest.mark.parametrize(
    ("mentee", "mentor"),
    [
        ({"point": VILLEURBANNE, "max_km": 4.0}, {"max_km": 4.0}),
        ({"point": Point(48.85, 2.35), "online": True}, {"online": True}),
        ({"point": None, "online": True}, {"online": True}),
        ({"branch": None}, {}),
        ({"gender_wish": "f", "gender": "x"}, {"gender": "f", "gender_wish": "x"}),
        ({}, {"available_until": TODAY}),
        ({}, {"available_from": TODAY + timedelta(days=181)}),
        ({"avoid": frozenset({"selam"})}, {}),
    ],
)
def test_what_is_just_possible_stays_possible(mentee: dict[str, object], mentor: dict[str, object]):
    assert limits_of(replace(SELAM, **mentee), replace(ANNE, **mentor)) == ()


def test_every_limit_that_fails_is_named_in_order():
    mentee = replace(SELAM, languages=(), slots=0, branch="lille")
    mentor = replace(ANNE, capacity=0, trained=False)
    assert limits_of(mentee, mentor) == (
        Limit.NO_SHARED_LANGUAGE,
        Limit.NO_SHARED_SLOT,
        Limit.NOT_TRAINED,
        Limit.NO_PLACE_LEFT,
        Limit.OTHER_BRANCH,
    )


def test_a_mentor_without_an_end_covers_26_weeks():
    assert days_covered(ANNE, TODAY) == 182
    assert days_covered(replace(ANNE, available_until=TODAY + timedelta(days=6)), TODAY) == 7
    assert days_covered(replace(ANNE, available_from=date(2030, 1, 1)), TODAY) == 0


@given(st.lists(mentees(), max_size=6), st.lists(mentors(), max_size=6))
def test_one_pair_and_the_matrix_agree(pool: list[Mentee], others: list[Mentor]):
    table = limits(pool, others, DEFAULT_RULES, TODAY)
    possible = feasible(table)
    assert set(table) == set(Limit)
    for row, mentee in enumerate(pool):
        for column, mentor in enumerate(others):
            named = tuple(limit for limit in Limit if table[limit][row, column])
            assert named == why_not(mentee, mentor, DEFAULT_RULES, TODAY)
            assert possible[row, column] == (not named)


@given(mentees(), mentors())
def test_a_pair_without_limits_keeps_every_promise(mentee: Mentee, mentor: Mentor):
    if why_not(mentee, mentor, DEFAULT_RULES, TODAY):
        return
    assert mentor.trained
    assert mentor.capacity > 0
    assert set(slot_codes(mentee.slots)) & set(slot_codes(mentor.slots))
    assert any(level >= 3 and dict(mentor.languages).get(code, 0) >= 3 for code, level in mentee.languages)
    assert mentee.gender_wish in (None, mentor.gender)
    assert mentor.gender_wish in (None, mentee.gender)
    assert mentor.id not in mentee.avoid
    assert mentee.id not in mentor.avoid


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (0, 3), (3, 0)])
def test_empty_pools_give_empty_matrices(rows: int, columns: int):
    table = limits([SELAM] * rows, [ANNE] * columns, DEFAULT_RULES, TODAY)
    assert all(matrix.shape == (rows, columns) for matrix in table.values())
    assert feasible(table).dtype == np.bool_


@pytest.mark.parametrize(
    "wrong",
    [{"languages": (("fr", 7),)}, {"slots": 1 << 21}, {"way": (6, None, None, None, None)}, {"max_km": -1.0},
     {"capacity": -1}, {"years_experience": -1.0}],
)  # fmt: skip
def test_a_profile_outside_its_bounds_is_refused(wrong: dict[str, object]):
    with pytest.raises(ValueError, match="anne"):
        replace(ANNE, **wrong)


def test_a_place_outside_the_earth_is_refused():
    with pytest.raises(ValueError, match="no such place"):
        Point(91, 0)
