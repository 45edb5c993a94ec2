"""The best plan, beside solvers that share nothing with ours."""

import builtins
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from benchmarks.planted import instances
from tests.kernel.matching.plan_cases import HUGE, Case, best_possible, figures, random_case
from traboule.kernel.matching import _parts, _prices, _problem, _solvers, assignment
from traboule.kernel.matching.assignment import ContradictoryDecision, Edges, MissingExtra, match, pairs_alone

CHUNKS = 20


def solved(case: Case) -> assignment.Plan:
    return match(case.edges, case.capacity, mentees=case.mentees, **case.context)


def edges(*pairs: tuple[int, int, int]) -> Edges:
    mentee, mentor, points = zip(*pairs, strict=True) if pairs else ((), (), ())
    as_ints = np.array(points, dtype=object if any(abs(p) > 2**62 for p in points) else np.int64)
    return Edges(np.array(mentee, dtype=np.int64), np.array(mentor, dtype=np.int64), as_ints)


def ones(count: int) -> np.ndarray:
    return np.ones(count, dtype=np.int64)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_10_000_random_instances_equal_a_search_of_every_set_of_seats(chunk: int) -> None:
    for seed in range(chunk, 10_000, CHUNKS):
        case = random_case(seed)
        plan = solved(case)
        assert figures(case, plan) == best_possible(case), f"seed {seed}"
        assert (plan.pairs, plan.total_points) == figures(case, plan)[1:]
        assert plan.certificate_holds, f"seed {seed}"
        assert plan.gap == 0


@pytest.mark.parametrize("seed", range(20))
def test_larger_instances_equal_an_integer_programme(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mentees, mentors = rng.integers(15, 50, 2)
    mentee, mentor = np.nonzero(rng.random((mentees, mentors)) < rng.choice([0.1, 0.5]))
    points, capacity = rng.integers(-300, 1000, len(mentee)), rng.integers(0, 4, mentors)
    every = np.arange(len(mentee))
    seated = coo_array((np.ones(len(every)), (mentee, every)), shape=(mentees, len(every)))
    hosted = coo_array((np.ones(len(every)), (mentor, every)), shape=(mentors, len(every)))
    limits = [LinearConstraint(seated, ub=np.ones(mentees)), LinearConstraint(hosted, ub=capacity)]
    for maximise, weight in (("pairs", points + 100_000), ("points", points)):
        answer = milp(-weight, constraints=limits, integrality=np.ones(len(every)), bounds=Bounds(0, 1))
        chosen = answer.x > 0.5
        plan = match(Edges(mentee, mentor, points), capacity, mentees=int(mentees), maximise=maximise)
        assert plan.total_points == points[chosen].sum()
        assert plan.certificate_holds
        assert maximise == "points" or plan.pairs == chosen.sum()


@pytest.mark.parametrize("number", range(20))
def test_a_planted_optimum_of_100_to_800_a_side_is_found(number: int) -> None:
    planted = instances(seed=11)[number]
    listed = Edges(planted.mentee, planted.mentor, planted.points)
    plan = match(listed, planted.capacity, mentees=planted.mentees, maximise=planted.maximise)
    assert plan.total_points == planted.total
    assert planted.pairs in (None, plan.pairs)
    assert plan.certificate_holds


@pytest.mark.parametrize("backend", ["_flow", "_any_size"])
def test_every_solver_finds_plans_of_the_same_worth(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [random_case(seed) for seed in range(400)]
    worth = [figures(case, solved(case)) for case in cases]
    other = getattr(_solvers, backend)
    by_backend = (lambda p: other(p, int(p.ranking.max()))) if backend == "_flow" else other
    monkeypatch.setattr(assignment, "solve", by_backend)
    for case, expected in zip(cases, worth, strict=True):
        plan = solved(case)
        assert figures(case, plan) == expected
        assert plan.certificate_holds


def test_prices_from_lists_prove_plans_as_prices_from_tables_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_prices, "MASK_CELLS", 0)
    monkeypatch.setattr(_problem, "MASK_CELLS", 0)
    for seed in range(300):
        case = random_case(seed)
        plan = solved(case)
        assert plan.certificate_holds
        assert figures(case, plan) == best_possible(case)


def test_points_beyond_64_bits_stay_exact() -> None:
    for seed in range(200):
        small = random_case(seed, most=7)
        factor = 10**30
        points = np.array([int(p) * factor + k % 3 for k, p in enumerate(small.edges.points)], dtype=object)
        scaled = Edges(small.edges.mentee, small.edges.mentor, points)
        case = Case(small.mentees, small.capacity, scaled, small.context)
        plan = solved(case)
        assert plan.certificate_holds
        late, duos, total = best_possible(small)
        said = figures(case, plan)
        if small.maximise == "pairs":
            assert said[:2] == (late, duos)
        assert round(said[2] / factor) == total
        assert plan.total_points == said[2]


def test_points_near_the_end_of_64_bits_are_told_apart() -> None:
    top = 2**63 - 1
    plan = match(edges((0, 0, top), (0, 1, top - 1), (1, 0, top - 1), (1, 1, top - 1)), ones(2), mentees=2)
    assert plan.mentor_of.tolist() == [0, 1]
    assert plan.total_points == 2 * top - 1
    assert plan.certificate_holds


def test_no_mentors_no_mentees_or_no_pairs_give_an_empty_plan() -> None:
    for mentees, mentors in ((0, 0), (3, 0), (0, 3), (3, 3)):
        plan = match(edges(), ones(mentors), mentees=mentees)
        assert plan.mentor_of.tolist() == [-1] * mentees
        assert (plan.pairs, plan.total_points, plan.upper_bound, plan.gap) == (0, 0, 0, 0)
        assert plan.certificate_holds


def test_a_mentor_without_places_is_never_chosen_and_gets_a_price_that_covers_every_wish() -> None:
    plan = match(edges((0, 0, 90), (0, 1, 10)), np.array([0, 1]), mentees=1)
    assert plan.mentor_of.tolist() == [1]
    assert plan.mentor_price[0] + plan.mentee_price[0] >= 90 + plan.bonus[0]
    assert plan.certificate_holds


def test_a_huge_capacity_is_no_heavier_than_a_sufficient_one() -> None:
    plan = match(edges(*((i, 0, i) for i in range(50))), np.array([HUGE]), mentees=50)
    assert plan.pairs == 50
    assert plan.mentor_price == [0]
    assert plan.certificate_holds


def test_when_points_alone_count_nobody_takes_a_negative_pair() -> None:
    plan = match(edges((0, 0, -1), (1, 1, 5), (2, 2, 0)), ones(3), mentees=3, maximise="points")
    assert plan.mentor_of.tolist() == [-1, 1, 2]
    assert plan.bonus == [0, 0, 0]


def test_when_duos_count_first_a_negative_pair_is_better_than_none() -> None:
    plan = match(edges((0, 0, -1_000_000), (1, 0, -2_000_000)), ones(1), mentees=2)
    assert plan.mentor_of.tolist() == [0, -1]
    assert plan.total_points == -1_000_000
    assert plan.certificate_holds


def test_an_urgent_mentee_comes_before_any_points() -> None:
    pairs = edges((0, 0, 100_000), (1, 0, 0))
    assert match(pairs, ones(1), mentees=2).mentor_of.tolist() == [0, -1]
    plan = match(pairs, ones(1), mentees=2, urgent=np.array([False, True]))
    assert plan.mentor_of.tolist() == [-1, 0]
    assert plan.bonus[1] > plan.bonus[0]


def test_a_lock_is_kept_and_priced_as_published() -> None:
    pairs = edges((0, 0, -7), (1, 0, 50), (1, 1, 3), (2, 0, 40))
    plan = match(pairs, np.array([2, 1]), mentees=3, locks=[(0, 0)])
    assert plan.mentor_of.tolist() == [0, 1, 0]
    assert plan.total_points == -7 + 3 + 40
    assert plan.bonus[0] == plan.mentor_price[0] + 7
    assert plan.mentee_price[0] == -7 + plan.bonus[0] - plan.mentor_price[0] == 0
    assert plan.upper_bound == plan.total_points


def test_a_forbidden_pair_is_never_chosen() -> None:
    plan = match(edges((0, 0, 50), (0, 1, 1)), ones(2), mentees=1, forbids=[(0, 0), (0, 7)])
    assert plan.mentor_of.tolist() == [1]


@pytest.mark.parametrize(
    ("code", "locks", "forbids"),
    [
        ("lock_infeasible", [(0, 1)], []),
        ("lock_infeasible", [(9, 9)], []),
        ("lock_forbidden", [(0, 0)], [(0, 0)]),
        ("places_full", [(0, 0), (1, 0)], []),
        ("places_full", [(1, 2)], []),
        ("locked_twice", [(1, 0), (1, 1)], []),
    ],
)
def test_a_lock_that_cannot_hold_is_refused_by_name(code: str, locks: list, forbids: list) -> None:
    pairs = edges((0, 0, 1), (1, 0, 1), (1, 1, 1), (1, 2, 1))
    with pytest.raises(ContradictoryDecision) as refusal:
        match(pairs, np.array([1, 1, 0]), mentees=2, locks=locks, forbids=forbids)
    assert refusal.value.code == code
    assert (refusal.value.mentee, refusal.value.mentor) == locks[-1]


def test_the_same_lock_twice_is_one_lock() -> None:
    plan = match(edges((0, 0, 1)), ones(1), mentees=1, locks=[(0, 0), (0, 0)])
    assert plan.pairs == 1


@pytest.mark.parametrize(
    ("pairs", "capacity"),
    [
        (edges((0, 0, 1), (0, 0, 2)), [1]),
        (edges((0, 1, 1)), [1]),
        (edges((5, 0, 1)), [1]),
        (edges((-1, 0, 1)), [1]),
        (edges((0, 0, 1)), [-1]),
        (Edges(np.array([0, 1]), np.array([0]), np.array([1])), [1]),
    ],
)
def test_input_that_means_nothing_is_refused(pairs: Edges, capacity: list[int]) -> None:
    with pytest.raises(ValueError):
        match(pairs, np.array(capacity), mentees=2)


def test_points_that_are_not_whole_are_refused() -> None:
    with pytest.raises(TypeError):
        match(Edges(np.array([0]), np.array([0]), np.array([0.5])), ones(1), mentees=1)


def test_keys_must_be_one_per_person_and_different() -> None:
    for keys in (["a"], ["a", "a"]):
        with pytest.raises(ValueError):
            match(edges((0, 0, 1)), ones(1), mentees=2, mentee_keys=keys)


@given(st.integers(0, 100_000), st.randoms(use_true_random=False))
def test_the_order_of_people_in_a_file_changes_nothing(seed: int, shuffle) -> None:
    case = random_case(seed, most=7)
    mentee_keys, mentor_keys = (
        [f"e{i}" for i in range(case.mentees)],
        [f"m{j}" for j in range(len(case.capacity))],
    )
    plan = match(
        case.edges,
        case.capacity,
        mentees=case.mentees,
        mentee_keys=mentee_keys,
        mentor_keys=mentor_keys,
        **case.context,
    )
    to, at = list(range(case.mentees)), list(range(len(case.capacity)))
    shuffle.shuffle(to)
    shuffle.shuffle(at)
    back_to, back_at = np.argsort(to), np.argsort(at)
    moved = {
        name: [(int(back_to[i]), int(back_at[j])) for i, j in case.context.get(name, ())]
        for name in ("locks", "forbids")
    }
    if "urgent" in case.context:
        moved["urgent"] = case.context["urgent"][to]
    listed = Edges(
        back_to[case.edges.mentee][::-1], back_at[case.edges.mentor][::-1], case.edges.points[::-1]
    )
    again = match(
        listed,
        case.capacity[at],
        mentees=case.mentees,
        mentee_keys=[mentee_keys[k] for k in to],
        mentor_keys=[mentor_keys[k] for k in at],
        **{**case.context, **moved},
    )
    assert [again.mentor_of[back_to[i]] for i in range(case.mentees)] == [
        -1 if j < 0 else back_at[j] for j in plan.mentor_of
    ]
    assert [again.mentee_price[k] for k in back_to] == plan.mentee_price
    assert [again.mentor_price[k] for k in back_at] == plan.mentor_price


def test_another_seed_may_break_ties_otherwise_and_never_changes_the_worth() -> None:
    pairs = edges(*((i, j, 1) for i in range(8) for j in range(8)))
    plans = [match(pairs, ones(8), mentees=8, seed=seed) for seed in range(6)]
    assert {plan.total_points for plan in plans} == {8}
    assert len({tuple(plan.mentor_of.tolist()) for plan in plans}) > 1
    assert astuple(match(pairs, ones(8), mentees=8, seed=3))[1:] == astuple(plans[3])[1:]


def test_pairs_alone_are_the_pairs_of_the_proven_plan() -> None:
    for seed in range(200):
        case = random_case(seed)
        alone = pairs_alone(case.edges, case.capacity, mentees=case.mentees, **case.context)
        assert np.array_equal(alone, solved(case).mentor_of)


def test_parts_that_share_nobody_are_solved_apart() -> None:
    rng = np.random.default_rng(0)
    block, rows = np.repeat(np.arange(30), 16), np.tile(np.repeat(np.arange(4), 4), 30)
    cols = np.tile(np.arange(4), 120)
    apart = Edges(block * 4 + rows, block * 4 + cols, rng.integers(0, 100, 480))
    problem = _problem.prepare(apart, ones(120), mentees=120)
    assert len(list(_parts.parts(problem))) == 30
    plan = match(apart, ones(120), mentees=120)
    assert plan.pairs == 120
    assert plan.certificate_holds


def test_progress_ends_at_one() -> None:
    heard: list[tuple[str, float]] = []
    match(
        edges((0, 0, 1), (1, 1, 1)),
        ones(2),
        mentees=2,
        progress=lambda step, share: heard.append((step, share)),
    )
    assert heard[-1] == ("prices", 1.0)


def test_without_the_flow_solver_the_dense_way_goes_on_and_then_names_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without_ortools(name: str, *rest, **more):
        if name.startswith("ortools"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without_ortools)
    monkeypatch.setattr(_solvers, "DENSE_CELLS", 1)
    pairs = edges((0, 0, 1), (1, 0, 5), (1, 1, 5))
    assert match(pairs, ones(2), mentees=2).pairs == 2
    monkeypatch.setattr(_solvers, "MEMORY_CELLS", 1)
    with pytest.raises(MissingExtra, match=r"traboule\[large\]"):
        match(pairs, ones(2), mentees=2)


def test_beyond_the_dense_size_the_flow_solver_takes_over() -> None:
    rng = np.random.default_rng(1)
    people, degree = 3500, 6
    mentee = np.repeat(np.arange(people), degree)
    mentor = (mentee * 11 + np.tile(rng.integers(0, people, degree), people)) % people
    flat = np.unique(mentee * people + mentor)
    pairs = Edges(flat // people, flat % people, rng.integers(0, 100_001, len(flat)))
    plan = match(pairs, ones(people), mentees=people)
    assert plan.certificate_holds
    listed = csr_array((np.ones(len(flat)), (pairs.mentee, pairs.mentor)), shape=(people, people))
    assert plan.pairs == (maximum_bipartite_matching(listed) >= 0).sum()
