"""The same people, side by side with PyPI `mentor-match` and `matching`, at 50 to 500 a side.

The two share a package name, so each lives in an environment of its own under var/benchmarks. Like for
like: limits and points come from us, once; then each takes its own time over the same feasible pairs.
Ours includes prices, the certificate and its independent check. Beside it stands the whole run of ours,
from profiles to a proven plan with two priced alternatives for every mentee, which the others do not
offer.

Every mentor takes one mentee, because `mentor-match` knows no capacity. `matching` makes stable pairs
from two ranked lists: another goal, so its plan may hold fewer duos or points.
"""

import json
import subprocess
import sys
import time
import venv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from traboule.kernel.generator import generate
from traboule.kernel.matching import Plan, match
from traboule.kernel.matching.people import PeopleRun, match_people
from traboule.kernel.matching.rules import DEFAULT_RULES
from traboule.reference import occupations, places

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "benchmarks"
SIZES = (50, 100, 200, 500)
LIMIT_SECONDS = 120
AS_OF = date(2026, 1, 15)
PEERS = {
    "mentor-match": ("mentor-match==7.0.1", "mentor_match.py"),
    "matching": ("matching==1.4.3", "stable_matching.py"),
}
Chosen = list[tuple[int, int]]


def environment(name: str, requirement: str) -> Path:
    """The Python of an environment that holds one peer; made once."""
    home = HOME / name
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", requirement], check=True)
        (home / "ready").touch()
    return python


def ours(size: int) -> tuple[PeopleRun, Plan, float, float]:
    """The whole run, the plan alone, and the seconds of each."""
    people = generate(
        mentors=size,
        mentees=size,
        seed=size,
        as_of=AS_OF,
        places=places.communes("FR"),
        occupations=occupations.codes(),
    )
    mentors = [replace(record.profile(), capacity=1) for record in people.mentors]
    # Nobody has waited too long: the others know no such priority.
    mentees = [replace(record.profile(), waiting_since=None) for record in people.mentees]
    sectors = occupations.sectors()
    match_people(
        mentors[:5], mentees[:5], rules=DEFAULT_RULES, as_of=AS_OF, sectors=sectors
    )  # loads its parts
    started = time.perf_counter()
    run = match_people(mentors, mentees, rules=DEFAULT_RULES, as_of=AS_OF, sectors=sectors)
    whole = time.perf_counter() - started
    started = time.perf_counter()
    plan = match(run.edges, np.ones(size, dtype=np.int64), mentees=size)
    return run, plan, whole, time.perf_counter() - started


def ask(name: str, question: str) -> dict[str, Any] | None:
    """The peer's answer, or None after 120 seconds."""
    requirement, script = PEERS[name]
    python = environment(name, requirement)
    try:
        done = subprocess.run(
            [python, ROOT / "benchmarks" / "peers" / script],
            input=question,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return None
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def value(chosen: Chosen, worth: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Duos and points (thousandths) of a plan, checked: feasible pairs only, nobody twice."""
    assert len({i for i, _ in chosen}) == len({j for _, j in chosen}) == len(chosen)
    return len(chosen), sum(worth[pair] for pair in chosen)


def row(size: int, name: str) -> dict[str, Any]:
    run, plan, whole, seconds = ours(size)
    edges = run.edges
    rows = zip(edges.mentee.tolist(), edges.mentor.tolist(), edges.points.tolist(), strict=True)
    worth = {(i, j): p for i, j, p in rows}
    triples = [[i, j, p] for (i, j), p in worth.items()]
    answer = ask(name, json.dumps({"mentees": size, "mentors": size, "points": triples}))
    found: dict[str, Any] = {
        "size": size,
        "peer": name,
        "feasible_pairs": len(triples),
        "our_seconds": round(seconds, 4),
        "our_whole_seconds": round(whole, 4),
        "our_duos": plan.pairs,
        "our_points": plan.total_points / 1000,
    }
    if answer is None:
        return found | {"peer_seconds": None, "ratio": round(LIMIT_SECONDS / seconds, 2), "as_good": True}
    duos, points = value([(i, j) for i, j in answer["chosen"]], worth)
    return found | {
        "peer_seconds": round(answer["seconds"], 4),
        "peer_duos": duos,
        "peer_points": points / 1000,
        "ratio": round(answer["seconds"] / seconds, 2),
        "as_good": (plan.pairs, plan.total_points) >= (duos, points),
    }


def compare() -> list[dict[str, Any]]:
    return [row(size, name) for name in PEERS for size in SIZES]


def summary(rows: list[dict[str, Any]]) -> str:
    said = []
    for name in PEERS:
        ratios = (
            f"{r['ratio']:.3g} × at {r['size']}" + ("" if r["peer_seconds"] is not None else " (stopped)")
            for r in rows
            if r["peer"] == name
        )
        said.append(f"{name} takes {', '.join(ratios)}")
    return "; ".join(said)


if __name__ == "__main__":
    json.dump(compare(), sys.stdout, indent=1)
