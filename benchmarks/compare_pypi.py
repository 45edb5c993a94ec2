"""The same people, side by side with PyPI `mentor-match` and `matching`, at 50 to 500 a side.

The two share a package name, so each lives in an environment of its own under var/benchmarks. What is
timed favours them: of ours the whole run from profiles to a proven plan with options (limits, points,
assignment, certificate, two alternatives with their price for every mentee); of theirs only their own
work on points that we hand over. Every mentor takes one mentee, because `mentor-match` knows no
capacity. `matching` makes stable pairs from two ranked lists: another goal, so its plan may hold fewer
duos or points.
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

from traboule.kernel.generator import generate
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


def ours(size: int) -> tuple[PeopleRun, float]:
    people = generate(
        mentors=size,
        mentees=size,
        seed=size,
        as_of=AS_OF,
        places=places.communes("FR"),
        occupations=occupations.codes(),
    )
    single = [replace(record.profile(), capacity=1) for record in people.mentors]
    mentees = [record.profile() for record in people.mentees]
    table = occupations.sectors()
    match_people(
        single[:5], mentees[:5], rules=DEFAULT_RULES, as_of=AS_OF, sectors=table
    )  # loads what it needs
    started = time.perf_counter()
    run = match_people(single, mentees, rules=DEFAULT_RULES, as_of=AS_OF, sectors=table)
    return run, time.perf_counter() - started


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
    run, seconds = ours(size)
    edges = run.edges
    triples = [
        [int(i), int(j), int(p)] for i, j, p in zip(edges.mentee, edges.mentor, edges.points, strict=True)
    ]
    answer = ask(name, json.dumps({"mentees": size, "mentors": size, "points": triples}))
    found: dict[str, Any] = {
        "size": size,
        "peer": name,
        "feasible_pairs": len(triples),
        "our_seconds": round(seconds, 4),
        "our_duos": run.plan.pairs,
        "our_points": run.plan.total_points / 1000,
    }
    if answer is None:
        return found | {
            "peer_seconds": None,
            "ratio": LIMIT_SECONDS / seconds,
            "reached": seconds < LIMIT_SECONDS,
        }
    worth = {(i, j): p for i, j, p in triples}
    duos, points = value([(i, j) for i, j in answer["chosen"]], worth)
    return found | {
        "peer_seconds": round(answer["seconds"], 4),
        "peer_duos": duos,
        "peer_points": points / 1000,
        "ratio": round(answer["seconds"] / seconds, 2),
        "reached": (run.plan.pairs, run.plan.total_points) >= (duos, points),
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
