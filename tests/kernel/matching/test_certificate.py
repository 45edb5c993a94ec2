"""The verifier accepts what is proven and refuses every other claim."""

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.matching.plan_cases import Case, random_case
from traboule.kernel.matching import certificate
from traboule.kernel.matching.assignment import Edges, Plan, match
from traboule.kernel.matching.certificate import verify


def checked(case: Case, plan: Plan) -> list[str]:
    context = case.context
    refusals = verify(
        case.edges,
        case.capacity,
        plan,
        context.get("locks", ()),
        context.get("forbids", ()),
        maximise=case.maximise,
        urgent=context.get("urgent"),
    )
    return [refusal.code for refusal in refusals]


def solved(case: Case) -> Plan:
    return match(case.edges, case.capacity, mentees=case.mentees, **case.context)


def changed(values: list[int], at: int, by: int) -> list[int]:
    return [value + by if k == at else value for k, value in enumerate(values)]


def moved(plan: Plan, mentee: int, mentor: int) -> Plan:
    mentor_of = plan.mentor_of.copy()
    mentor_of[mentee] = mentor
    return replace(plan, mentor_of=mentor_of)


def one(rng: Any) -> int:
    return int(rng.choice([-1, 1]))


Corruption = Callable[[Plan, Any, Case], Plan]
CORRUPTIONS: dict[str, Corruption] = {
    "pairs": lambda plan, rng, case: replace(plan, pairs=plan.pairs + one(rng)),
    "total_points": lambda plan, rng, case: replace(plan, total_points=plan.total_points + one(rng)),
    "upper_bound": lambda plan, rng, case: replace(plan, upper_bound=plan.upper_bound + one(rng)),
    "gap": lambda plan, rng, case: replace(plan, gap=1e-9),
    "mentee_price_up": lambda plan, rng, case: replace(
        plan, mentee_price=changed(plan.mentee_price, int(rng.integers(case.mentees)), 1)
    ),
    "mentee_price_down": lambda plan, rng, case: replace(
        plan, mentee_price=changed(plan.mentee_price, int(rng.integers(case.mentees)), -1)
    ),
    "bonus_up": lambda plan, rng, case: replace(
        plan, bonus=changed(plan.bonus, int(rng.integers(case.mentees)), 1)
    ),
    "bonus_down": lambda plan, rng, case: replace(
        plan, bonus=changed(plan.bonus, int(rng.integers(case.mentees)), -1)
    ),
    "all_bonuses_small": lambda plan, rng, case: replace(plan, bonus=[b // 3 for b in plan.bonus]),
    "mentee_moved": lambda plan, rng, case: moved(
        plan,
        (mentee := int(rng.integers(case.mentees))),
        int(rng.choice([j for j in range(-1, len(case.capacity)) if j != plan.mentor_of[mentee]])),
    ),
    "mentor_unknown": lambda plan, rng, case: moved(plan, 0, len(case.capacity)),
    "price_missing": lambda plan, rng, case: replace(plan, mentee_price=plan.mentee_price[1:]),
    "mentor_price_missing": lambda plan, rng, case: replace(plan, mentor_price=[*plan.mentor_price, 0]),
    "price_not_whole": lambda plan, rng, case: replace(
        plan, mentee_price=[p * 1.0 for p in plan.mentee_price]
    ),
}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_every_field_altered_alone_is_refused(name: str) -> None:
    altered = 0
    for seed in range(150):
        case = random_case(seed, most=8)
        if case.maximise == "points" and name.startswith(("bonus", "all_bonuses")):
            continue  # a bonus of 0 that nobody earns
        plan = solved(case)
        if not case.pairs() or (name == "all_bonuses_small" and not _earns(plan)):
            continue
        corrupt = CORRUPTIONS[name](plan, np.random.default_rng(seed), case)
        if name.startswith("bonus") and _is_a_free_choice(plan, corrupt, case):
            continue
        assert checked(case, plan) == []
        assert checked(case, corrupt), f"seed {seed}"
        altered += 1
    assert altered > 50


def _earns(plan: Plan) -> bool:
    return any(b and j >= 0 for b, j in zip(plan.bonus, plan.mentor_of, strict=True))


def _is_a_free_choice(plan: Plan, corrupt: Plan, case: Case) -> bool:
    """The only mentee of a kind who stays unmatched without competing for anything: any larger bonus is
    right too."""
    k = next(k for k, (a, b) in enumerate(zip(plan.bonus, corrupt.bonus, strict=True)) if a != b)
    late = case.context.get("urgent", np.zeros(case.mentees, dtype=bool))
    locked = {i for i, _ in case.context.get("locks", ())}
    alone = sum(late[i] == late[k] and i not in locked for i in range(case.mentees)) == 1
    return plan.mentor_of[k] < 0 and alone


@pytest.mark.parametrize("by", [-1, 1])
def test_a_mentor_price_that_matters_cannot_be_altered(by: int) -> None:
    altered = 0
    for seed in range(300):
        case = random_case(seed, most=8)
        plan = solved(case)
        used = np.bincount(plan.mentor_of[plan.mentor_of >= 0], minlength=len(case.capacity))
        for j in np.flatnonzero(case.capacity > 0):
            corrupt = replace(plan, mentor_price=changed(plan.mentor_price, int(j), by))
            assert checked(case, corrupt), f"seed {seed} mentor {j}"
            altered += bool(used[j])
        for j in np.flatnonzero(case.capacity == 0):
            if plan.mentor_price[j] and by < 0:
                assert "price_too_low" in checked(
                    case, replace(plan, mentor_price=changed(plan.mentor_price, int(j), by))
                )
    assert altered > 100


def test_a_worse_plan_cannot_be_sold_with_any_of_our_prices() -> None:
    pairs = Edges(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([9, 5, 5, 2]))
    plan = match(pairs, np.array([1, 1]), mentees=2)
    assert plan.total_points == 11
    worse = replace(plan, mentor_of=plan.mentor_of[::-1].copy(), total_points=10)
    codes = {refusal.code for refusal in verify(pairs, np.array([1, 1]), plan)}
    assert codes == set()
    swapped = {refusal.code for refusal in verify(pairs, np.array([1, 1]), worse)}
    assert swapped >= {"chosen_pair_not_tight", "bound_not_reached"}


def test_more_duos_than_places_are_refused() -> None:
    pairs = Edges(np.array([0, 1]), np.array([0, 0]), np.array([5, 5]))
    plan = match(pairs, np.array([2]), mentees=2)
    refusal = verify(pairs, np.array([1]), plan)[0]
    assert (refusal.code, refusal.mentor, refusal.value) == ("too_many_duos", 0, 2)


def test_a_pair_nobody_listed_or_somebody_forbade_is_refused() -> None:
    pairs = Edges(np.array([0]), np.array([0]), np.array([5]))
    plan = match(pairs, np.array([1, 1]), mentees=1)
    for claim, forbids in ((plan, [(0, 0)]), (moved(plan, 0, 1), [])):
        assert "pair_not_feasible" in {
            r.code for r in verify(pairs, np.array([1, 1]), claim, forbids=forbids)
        }


def test_a_lock_that_was_not_kept_is_refused() -> None:
    pairs = Edges(np.array([0, 0]), np.array([0, 1]), np.array([5, 1]))
    plan = match(pairs, np.array([1, 1]), mentees=1)
    assert "lock_not_kept" in {r.code for r in verify(pairs, np.array([1, 1]), plan, locks=[(0, 1)])}


def test_prices_beyond_64_bits_are_checked_exactly() -> None:
    huge = 10**40
    pairs = Edges(np.array([0, 1]), np.array([0, 0]), np.array([huge + 1, huge], dtype=object))
    plan = match(pairs, np.array([1]), mentees=2)
    least = huge + plan.bonus[1]
    exact = replace(plan, mentor_price=[least], mentee_price=[1, 0])
    assert verify(pairs, np.array([1]), exact, maximise="pairs") == []
    short = replace(plan, mentor_price=[least - 1], mentee_price=[2, 0])
    assert [r.code for r in verify(pairs, np.array([1]), short, maximise="pairs")] == ["price_too_low"]


def test_a_rule_that_many_people_break_is_reported_ten_times() -> None:
    pairs = Edges(np.arange(50), np.zeros(50, dtype=np.int64), np.full(50, 5))
    plan = match(pairs, np.array([1]), mentees=50)
    free = replace(plan, mentor_price=[0])
    codes = [refusal.code for refusal in verify(pairs, np.array([1]), free)]
    assert codes.count("price_too_low") == certificate.SHOWN


@given(st.integers(0, 10**6))
def test_the_published_bound_is_the_sum_of_prices(seed: int) -> None:
    case = random_case(seed, most=6)
    plan = solved(case)
    paid = sum(int(c) * v for c, v in zip(case.capacity, plan.mentor_price, strict=True))
    earned = sum(b for b, j in zip(plan.bonus, plan.mentor_of, strict=True) if j >= 0)
    assert plan.upper_bound == sum(plan.mentee_price) + paid - earned == plan.total_points


def test_the_verifier_imports_nothing_of_the_solver() -> None:
    tree = ast.parse(Path(certificate.__file__).read_text(encoding="utf-8"))
    imported = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    imported += [name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names]
    assert not [name for name in imported if name and name.startswith("traboule")]
