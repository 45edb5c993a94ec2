"""Points with six decimals, and waits of any length: figures at the edge of what floats and dates hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from traboule.kernel.matching._problem import prepare
from traboule.kernel.matching._residual import residual
from traboule.kernel.matching.assignment import Edges, match
from traboule.kernel.matching.options import options
from traboule.kernel.matching.people import Question
from traboule.kernel.matching.profiles import Mentee
from traboule.kernel.matching.rules import DEFAULT_RULES

MILLION = 10**6


def table(size: int, largest: int, seed: int = 3) -> Edges:
    rng = np.random.default_rng(seed)
    mentee, mentor = np.nonzero(np.ones((size, size)))
    return Edges(mentee, mentor, rng.integers(-largest, largest, size * size))


def test_points_with_six_decimals_are_searched_in_floats() -> None:
    edges, places = table(200, 1000 * MILLION), np.ones(200, dtype=np.int64)
    plan = match(edges, places, mentees=200)
    problem = prepare(edges, places, mentees=200)
    assert residual(problem, problem.canonical(plan.mentor_of)).u.dtype == np.float64


@pytest.mark.parametrize("maximise", ["pairs", "points"])
@pytest.mark.parametrize("largest", [2**36, 2**44, 2**48, 2**52])
def test_regrets_are_the_same_in_floats_and_in_whole_numbers(largest: int, maximise: str) -> None:
    """The same instance, once as it is and once multiplied beyond what floats hold."""
    edges, places = table(12, largest), np.array([0, 1, 2, 1, 3, 1] * 2)
    huge = 10**20
    wide = Edges(edges.mentee, edges.mentor, edges.points.astype(object) * huge)
    found = []
    for each in (edges, wide):
        plan = match(each, places, mentees=12, maximise=maximise)  # type: ignore[arg-type]  # parametrised
        assert plan.certificate_holds
        found.append(options(each, places, plan, count=3, maximise=maximise))  # type: ignore[arg-type]  # as above
    small, large = found
    assert [[(o.mentor, o.regret * huge, o.duos_lost) for o in row] for row in small] == [
        [(o.mentor, o.regret, o.duos_lost) for o in row] for row in large
    ]


@pytest.mark.parametrize("ceiling", [30, 10**12])
def test_a_ceiling_of_any_length_can_be_asked(ceiling: int) -> None:
    rules = replace(DEFAULT_RULES, limits=replace(DEFAULT_RULES.limits, waiting_ceiling_days=ceiling))
    waiting = Mentee(
        id="e", point=None, languages=(), slots=0, occupations=(), branch=None, waiting_since=date(2026, 1, 1)
    )
    question = Question((waiting,), (), rules, date(2026, 11, 23), 0, {}, (), ())
    assert question.urgent().tolist() == [ceiling == 30]


@pytest.mark.parametrize("maximise", ["pairs", "points"])
def test_a_whole_table_in_order_gives_the_same_answer_as_the_same_pairs_shuffled(maximise: str) -> None:
    edges, places = table(30, 50), np.array([0, 1, 2] * 10)
    mixed = np.random.default_rng(1).permutation(900)
    shuffled = Edges(edges.mentee[mixed], edges.mentor[mixed], edges.points[mixed])
    one, other = (
        match(each, places, mentees=30, maximise=maximise, seed=7)  # type: ignore[arg-type]  # parametrised
        for each in (edges, shuffled)
    )
    assert one.certificate_holds
    assert one.mentor_of.tolist() == other.mentor_of.tolist()
    assert (one.mentee_price, one.mentor_price) == (other.mentee_price, other.mentor_price)
    assert options(edges, places, one, seed=7, maximise=maximise) == options(  # type: ignore[arg-type]  # as above
        shuffled,
        places,
        other,
        seed=7,
        maximise=maximise,  # type: ignore[arg-type]  # as above
    )


def test_thousands_of_forbidden_pairs_are_checked_at_once() -> None:
    """One look at all pairs per forbidden pair would take minutes here."""
    size = 300
    edges, places = table(size, 1000), np.ones(size, dtype=np.int64)
    forbids = [(i, (i * k) % size) for i in range(size) for k in range(1, 150)]
    plan = match(edges, places, mentees=size, forbids=forbids)
    assert plan.certificate_holds
    assert not {(i, int(j)) for i, j in enumerate(plan.mentor_of)} & set(forbids)
