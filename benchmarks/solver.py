"""How fast the matching is beside bare scipy on the same table, in one run.

python benchmarks/solver.py [--size 2000] [--runs 3] [--seed 0]

Scipy gets the finished table; ours gets the list of pairs and does everything from there. 'proven' =
prices and verified certificate included. Runs alternate, medians count.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from traboule.kernel.generator import generate
from traboule.kernel.matching.assignment import Edges, match, pairs_alone
from traboule.kernel.matching.eligibility import feasible, limits
from traboule.kernel.matching.options import options
from traboule.kernel.matching.points import points as points_of
from traboule.kernel.matching.rules import DEFAULT_RULES
from traboule.reference import occupations, places

AS_OF = date(2026, 1, 15)
POINTS = 100_001  # thousandths of a point, 0 to 100


def tables(size: int, seed: int) -> Iterator[tuple[str, Any, Any]]:
    """(name, points, feasible or None): the kinds of table that real branches and worst cases look like."""
    yield "generated", *_generated(size, seed)
    rng = np.random.default_rng(seed)
    yield "uniform", rng.integers(0, POINTS, (size, size)), None
    yield "people", _people(rng, size), None
    yield "tied", rng.integers(0, 11, (size, size)) * 1000, None
    yield "sparse30", rng.integers(0, POINTS, (size, size)), rng.random((size, size)) < 0.3


def _generated(size: int, seed: int) -> tuple[Any, Any]:
    """Points and feasible pairs of the programme's own generated people, one place a mentor."""
    people = generate(
        mentors=size,
        mentees=size,
        seed=seed,
        as_of=AS_OF,
        places=places.communes("FR"),
        occupations=occupations.codes(),
    )
    mentors = [replace(record.profile(), capacity=1) for record in people.mentors]
    mentees = [record.profile() for record in people.mentees]
    possible = feasible(limits(mentees, mentors, DEFAULT_RULES, AS_OF))
    return points_of(mentees, mentors, DEFAULT_RULES, AS_OF, occupations.sectors()), possible


def hard_table(size: int, seed: int) -> tuple[str, Any, None]:
    """Product of two numbers: slow for every solver, so measured at a smaller size."""
    rng = np.random.default_rng(seed)
    return "rank-one", np.outer(rng.integers(0, 317, size), rng.integers(0, 317, size)), None


def _people(rng: np.random.Generator, size: int) -> Any:
    """Sums of a few terms, as the programme's points are: closeness on four scales, occupation, language."""
    scales = [np.abs(rng.normal(size=(size, 1)) - rng.normal(size=(1, size))) for _ in range(4)]
    closeness = np.exp(-np.mean(scales, axis=0))
    job = rng.integers(0, 40, (size, 1)) == rng.integers(0, 40, (1, size))
    tongue = rng.integers(0, 4, (size, 1)) == rng.integers(0, 4, (1, size))
    return (50_000 * closeness + 30_000 * job + 10_000 * tongue).astype(np.int64)


def _clock(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def measure_one(points: Any, possible: Any, runs: int = 3, with_options: bool = True) -> dict[str, float]:
    """Medians in seconds, and ratios to scipy, for one table."""
    size = len(points)
    mentee, mentor = np.nonzero(np.ones_like(points) if possible is None else possible)
    edges, places = Edges(mentee, mentor, points[mentee, mentor]), np.ones(size, dtype=np.int64)
    outweigh = 2 * size * int(points.max()) + 1
    worth = (
        points.astype(np.float64) if possible is None else np.where(possible, points + float(outweigh), 0.0)
    )
    plan = match(edges, places, mentees=size)
    row, col = linear_sum_assignment(worth, maximize=True)
    chosen = worth[row, col].sum() - (outweigh * plan.pairs if possible is not None else 0)
    if not plan.certificate_holds or int(chosen) != plan.total_points:
        raise AssertionError("the plans differ: nothing to time")
    work = {
        "scipy": lambda: linear_sum_assignment(worth, maximize=True),
        "pairs": lambda: pairs_alone(edges, places, mentees=size),
        "proven": lambda: match(edges, places, mentees=size),
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(runs):
        for name, call in work.items():
            times[name].append(_clock(call))
    found = {name: median(taken) for name, taken in times.items()}
    found["pairs_ratio"], found["proven_ratio"] = (
        found["pairs"] / found["scipy"],
        found["proven"] / found["scipy"],
    )
    if with_options:
        found["options"] = _clock(lambda: options(edges, places, plan))
    return found


def measure(size: int = 2000, seed: int = 0, runs: int = 3) -> dict[str, Any]:
    """Headline figures on the programme's own generated people, and under ``tables`` every kind of table.

    The rank-one table is a quarter of the size. Where scipy itself takes hundredths of a second (tied
    points), reading the list of pairs costs more than solving, and the ratio says little.
    """
    cases = [*tables(size, seed), hard_table(max(2, size // 4), seed)]
    found = {name: measure_one(points, possible, runs) for name, points, possible in cases}
    people = found["generated"]
    return {
        "pairs_ratio": people["pairs_ratio"],
        "proven_ratio": people["proven_ratio"],
        "scipy_seconds": people["scipy"],
        "options_seconds": people["options"],
        "tables": found,
    }


def report(found: dict[str, dict[str, float]]) -> str:
    titles = ("scipy s", "pairs s", "proven s", "pairs ×", "proven ×", "options s")
    lines = [f"{'table':10} " + "{:>8} {:>8} {:>9} {:>8} {:>9} {:>10}".format(*titles)]
    for name, row in found.items():
        times = f"{name:10} {row['scipy']:8.3f} {row['pairs']:8.3f} {row['proven']:9.3f}"
        lines.append(f"{times} {row['pairs_ratio']:8.2f} {row['proven_ratio']:9.2f} {row['options']:10.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--size", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    print(report(measure(asked.size, asked.seed, asked.runs)["tables"]))
