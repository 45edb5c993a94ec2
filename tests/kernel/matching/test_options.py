"""Every price of another choice is confirmed by solving again with that pair forced."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.kernel.matching.plan_cases import HUGE, Case, best_possible, figures, random_case
from traboule.kernel.matching import _residual
from traboule.kernel.matching import options as options_module
from traboule.kernel.matching._prices import NotOptimalError
from traboule.kernel.matching.assignment import ContradictoryDecision, Edges, Plan, match
from traboule.kernel.matching.options import Alternative, options, price_of

Loss = tuple[int, int, int]


def solved(case: Case) -> Plan:
    return match(case.edges, case.capacity, mentees=case.mentees, **case.context)


def alternatives(case: Case, plan: Plan, count: int = 99) -> list[list[Alternative]]:
    return options(case.edges, case.capacity, plan, count=count, **case.context)


def losses(case: Case, plan: Plan) -> Iterator[tuple[int, dict[int, Loss]]]:
    """Per mentee the loss (urgent, duos, points) of each other mentor, by solving again from scratch."""
    best = best_possible(case)
    locks = case.context.get("locks", ())
    left = case.capacity - np.bincount([j for _, j in locks], minlength=len(case.capacity))
    for i in range(case.mentees):
        others = [j for (k, j) in case.pairs() if k == i and left[j] > 0 and plan.mentor_of[i] != j]
        if i in dict(locks):
            others = []
        yield i, {j: minus(best, best_possible(case, forced=((i, j),))) for j in others}


def minus(before: Loss, after: Loss) -> Loss:
    return before[0] - after[0], before[1] - after[1], before[2] - after[2]


def said(alternative: Alternative) -> Loss:
    return alternative.urgent_lost, alternative.duos_lost, alternative.regret


def shown(loss: Loss) -> Loss:
    return loss[0], max(0, loss[1]), max(0, loss[2])


def order(case: Case, loss: Loss) -> Any:
    return loss if case.maximise == "pairs" else (loss[2], loss[1])


@pytest.mark.parametrize("tables", [True, False])
@pytest.mark.parametrize("chunk", range(6))
def test_every_regret_and_order_is_what_solving_again_finds(
    chunk: int, tables: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not tables:
        monkeypatch.setattr(_residual, "TABLE_NODES", 0)
    compared = 0
    for seed in range(chunk, 600, 6):
        case = random_case(seed, most=7)
        plan = solved(case)
        every, two = alternatives(case, plan), alternatives(case, plan, count=2)
        for i, expected in losses(case, plan):
            found = {a.mentor: said(a) for a in every[i]}
            assert found == {j: shown(loss) for j, loss in expected.items()}, f"seed {seed}"
            least_first = sorted(order(case, loss) for loss in expected.values())
            assert [order(case, expected[a.mentor]) for a in every[i]] == least_first
            assert [order(case, expected[a.mentor]) for a in two[i]] == least_first[:2]
            compared += len(found)
    assert compared > 200


@pytest.mark.parametrize("tables", [True, False])
@pytest.mark.parametrize("chunk", range(4))
def test_a_forced_pair_comes_with_the_best_plan_that_holds_it(
    chunk: int, tables: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not tables:
        monkeypatch.setattr(_residual, "TABLE_NODES", 0)
    for seed in range(chunk, 160, 4):
        case = random_case(seed, most=6)
        plan = solved(case)
        for i, expected in losses(case, plan):
            for j, loss in expected.items():
                forced = price_of(case.edges, case.capacity, plan, i, j, **case.context)
                assert (forced.urgent_lost, forced.duos_lost, forced.points_lost) == loss, f"seed {seed}"
                assert forced.plan.certificate_holds
                assert forced.plan.mentor_of[i] == j
                assert figures(case, forced.plan) == minus(best_possible(case), loss)
                differing = np.flatnonzero(plan.mentor_of != forced.plan.mentor_of)
                assert [change.mentee for change in forced.changes] == differing.tolist()


@pytest.mark.parametrize("count", [1, 2, 3])
def test_searches_bounded_by_the_best_so_far_find_what_complete_ones_find(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(5)
    listed = rng.random((70, 60)) < 0.5
    mentee, mentor = np.nonzero(listed)
    pairs, places = Edges(mentee, mentor, rng.integers(0, 100_001, len(mentee))), rng.integers(0, 3, 60)
    plan = match(pairs, places, mentees=70)
    whole = options(pairs, places, plan, count=60)
    monkeypatch.setattr(options_module, "STEPS", 1)
    for found, complete in zip(options(pairs, places, plan, count=count), whole, strict=True):
        assert [said(a) for a in found] == [said(a) for a in complete[:count]]


def test_regrets_beyond_64_bits_are_exact() -> None:
    scale = 10**30
    for seed in range(60):
        small = random_case(seed, most=6)
        points = np.array([int(p) * scale for p in small.edges.points], dtype=object)
        large = Edges(small.edges.mentee, small.edges.mentor, points)
        case = Case(small.mentees, small.capacity, large, small.context)
        plan = solved(case)
        small_plan = solved(small)
        if not np.array_equal(plan.mentor_of, small_plan.mentor_of):
            continue
        for i, expected in losses(small, small_plan):
            found = {a.mentor: said(a) for a in alternatives(case, plan)[i]}
            assert found == {j: shown((a, b, c * scale)) for j, (a, b, c) in expected.items()}


def test_a_locked_mentee_has_no_alternatives_and_a_locked_place_is_none() -> None:
    pairs = Edges(np.array([0, 0, 1, 1, 1]), np.array([0, 1, 0, 1, 2]), np.array([5, 4, 9, 3, 1]))
    places, locks = np.array([1, 1, 0]), [(0, 0)]
    plan = match(pairs, places, mentees=2, locks=locks)
    assert plan.mentor_of.tolist() == [0, 1]
    assert options(pairs, places, plan, locks=locks) == [[], []]


def test_taking_somebody_elses_only_mentor_costs_a_duo() -> None:
    pairs = Edges(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([10, 90, 5]))
    plan = match(pairs, np.array([1, 1]), mentees=2)
    assert plan.mentor_of.tolist() == [0, 1]
    assert options(pairs, np.array([1, 1]), plan) == [
        [Alternative(1, regret=0, duos_lost=1, urgent_lost=0)],
        [],
    ]
    forced = price_of(pairs, np.array([1, 1]), plan, 0, 1)
    assert (forced.points_lost, forced.regret, forced.duos_lost) == (15 - 90, 0, 1)
    assert [(c.mentee, c.before, c.after) for c in forced.changes] == [(0, 0, 1), (1, 1, -1)]


def test_taking_the_place_of_an_urgent_mentee_is_the_dearest_choice() -> None:
    pairs = Edges(np.array([0, 1, 0]), np.array([0, 0, 1]), np.array([90, 1, 2]))
    late = np.array([False, True])
    plan = match(pairs, np.array([1, 0]), mentees=2, urgent=late)
    assert plan.mentor_of.tolist() == [-1, 0]
    assert options(pairs, np.array([1, 0]), plan, urgent=late)[0] == [Alternative(0, 0, 0, urgent_lost=1)]


def test_a_mentor_with_endless_places_is_an_alternative_that_pushes_nobody_out() -> None:
    pairs = Edges(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([10, 7, 7]))
    places = np.array([1, HUGE])
    plan = match(pairs, places, mentees=2)
    assert options(pairs, places, plan)[0] == [Alternative(1, regret=3, duos_lost=0, urgent_lost=0)]
    assert len(price_of(pairs, places, plan, 0, 1).changes) == 1


def test_forcing_the_pair_one_has_changes_nothing() -> None:
    pairs = Edges(np.array([0]), np.array([0]), np.array([10]))
    plan = match(pairs, np.array([1]), mentees=1)
    forced = price_of(pairs, np.array([1]), plan, 0, 0)
    assert (forced.points_lost, forced.duos_lost, forced.changes) == (0, 0, ())
    assert forced.plan.certificate_holds


@pytest.mark.parametrize(
    ("mentor", "code"), [(1, "lock_infeasible"), (2, "lock_forbidden"), (3, "places_full")]
)
def test_a_pair_that_no_plan_can_hold_is_refused_by_name(mentor: int, code: str) -> None:
    pairs = Edges(np.array([0, 0, 0]), np.array([0, 2, 3]), np.array([1, 1, 1]))
    places = np.array([1, 1, 1, 0])
    plan = match(pairs, places, mentees=1, forbids=[(0, 2)])
    with pytest.raises(ContradictoryDecision) as refusal:
        price_of(pairs, places, plan, 0, mentor, forbids=[(0, 2)])
    assert refusal.value.code == code


def test_a_plan_that_is_not_the_best_has_no_prices() -> None:
    pairs = Edges(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([9, 5, 5, 2]))
    plan = match(pairs, np.array([1, 1]), mentees=2)
    plan.mentor_of[:] = plan.mentor_of[::-1].copy()
    with pytest.raises(NotOptimalError):
        options(pairs, np.array([1, 1]), plan)


def test_without_pairs_or_wishes_there_are_no_alternatives() -> None:
    nothing = Edges(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
    plan = match(nothing, np.array([1]), mentees=2)
    assert options(nothing, np.array([1]), plan) == [[], []]


def test_alternatives_do_not_depend_on_the_order_of_pairs() -> None:
    for seed in range(60):
        case = random_case(seed, most=7)
        turned = Edges(case.edges.mentee[::-1], case.edges.mentor[::-1], case.edges.points[::-1])
        plan = solved(case)
        again = Case(case.mentees, case.capacity, turned, case.context)
        assert alternatives(case, plan, 2) == alternatives(again, plan, 2)


def test_progress_of_the_search_ends_at_one() -> None:
    heard: list[float] = []
    rng = np.random.default_rng(0)
    mentee, mentor = np.nonzero(np.ones((40, 40)))
    pairs = Edges(mentee, mentor, rng.integers(0, 1000, 1600))
    plan = match(pairs, np.ones(40, dtype=np.int64), mentees=40)
    options(pairs, np.ones(40, dtype=np.int64), plan, progress=lambda _, share: heard.append(share))
    assert heard[-1] == 1.0
    assert heard == sorted(heard)
