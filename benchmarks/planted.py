"""Matching instances whose best plan is known before anybody solves them.

Prices and pairs are drawn first; points are then chosen so that every pair is worth at most its two prices,
and the drawn pairs exactly that. By duality no plan can beat the drawn one. Points may be negative, mentors
hold several.

python benchmarks/planted.py FOLDER [--seed N]
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNIT = 1_000_000  # points are written with six decimals
KINDS = ("places_to_spare", "people_to_spare", "points_alone")


@dataclass(frozen=True, slots=True)
class Planted:
    """Pairs as arrays, points in millionths; the optimum of ``maximise`` is ``pairs`` duos worth ``total``
    millionths."""

    mentees: int
    capacity: NDArray[np.int64]
    mentee: NDArray[np.int64]
    mentor: NDArray[np.int64]
    points: NDArray[np.int64]
    maximise: str
    pairs: int | None  # None where duos at no gain leave their number open
    total: int


def plant(rng: np.random.Generator, mentees: int, mentors: int, kind: str, density: float = 0.3) -> Planted:
    """One instance. ``kind``: every mentee has a place, every place is taken, or only points count."""
    capacity = rng.integers(0, 4, mentors)
    seats = np.repeat(np.arange(mentors), capacity)
    rng.shuffle(seats)
    if kind == "places_to_spare":
        mentees = min(mentees, len(seats))
    elif kind == "people_to_spare":
        mentees = max(mentees, len(seats))
    matched = min(mentees, len(seats)) if kind != "points_alone" else min(mentees, len(seats)) * 3 // 4
    home = np.full(mentees, -1)
    home[rng.permutation(mentees)[:matched]] = seats[:matched]
    u, v = _prices(rng, home, capacity, kind)
    slack = rng.integers(0, 60 * UNIT, (mentees, mentors))
    slack[rng.random((mentees, mentors)) < 0.1] = 0  # ties, so that the best plan need not be the drawn one
    points = u[:, None] + v[None, :] - slack
    listed = rng.random((mentees, mentors)) < density
    rows = np.flatnonzero(home >= 0)
    points[rows, home[rows]] = u[rows] + v[home[rows]]
    listed[rows, home[rows]] = True
    mentee, mentor = np.nonzero(listed)
    order = rng.permutation(len(mentee))
    mentee, mentor = mentee[order], mentor[order]
    total = int(points[rows, home[rows]].sum())
    maximise, pairs = ("points", None) if kind == "points_alone" else ("pairs", matched)
    return Planted(mentees, capacity, mentee, mentor, points[mentee, mentor], maximise, pairs, total)


def _prices(
    rng: np.random.Generator, home: NDArray[np.int64], capacity: NDArray[np.int64], kind: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A side that is used up completely may have prices of either sign; the other side's are 0 where
    unused."""
    u = rng.integers(-50 * UNIT, 50 * UNIT, len(home))
    v = rng.integers(-50 * UNIT, 50 * UNIT, len(capacity))
    used = np.bincount(home[home >= 0], minlength=len(capacity))
    if kind != "places_to_spare":
        u = np.where(home >= 0, np.abs(u), 0)
    if kind != "people_to_spare":
        v = np.where(used == capacity, np.abs(v), 0)
    return u, v


def instances(seed: int = 0, count: int = 20) -> list[Planted]:
    """The published series: 100 to 800 a side, the three kinds in turn."""
    rng = np.random.default_rng(seed)
    return [
        plant(
            rng,
            int(rng.integers(100, 801)),
            int(rng.integers(100, 801)),
            KINDS[k % 3],
            float(rng.uniform(0.02, 0.4)),
        )
        for k in range(count)
    ]


def write_instances(folder: Path, seed: int = 0, count: int = 20) -> list[Path]:
    """One folder per instance: scores.csv, capacity.csv and expected.json (maximise, pairs, total_points)."""
    made = []
    for number, planted in enumerate(instances(seed, count)):
        place = Path(folder) / f"planted_{number:02d}"
        place.mkdir(parents=True, exist_ok=True)
        listed = zip(planted.mentee, planted.mentor, planted.points, strict=True)
        scores = [(f"e{i}", f"m{j}", _decimal(int(p))) for i, j, p in listed]
        _write(place / "scores.csv", ("mentee", "mentor", "points"), scores)
        places = [(f"m{j}", str(c)) for j, c in enumerate(planted.capacity)]
        _write(place / "capacity.csv", ("mentor", "capacity"), places)
        expected = {
            "maximise": planted.maximise,
            "pairs": planted.pairs,
            "total_points": _decimal(planted.total),
        }
        (place / "expected.json").write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")
        made.append(place)
    return made


def measure(instances: int = 20, seed: int = 0) -> dict[str, int]:
    """Run the installed ``traboule match --scores`` on the series and check its reports here, on the
    definition."""
    met = proven = made = 0
    with TemporaryDirectory() as folder:
        for place in write_instances(Path(folder), seed, instances):
            made += 1
            expected = json.loads((place / "expected.json").read_text(encoding="utf-8"))
            said = _run(place, expected["maximise"])
            total = Decimal(str(said["total_points"]))
            met += total == Decimal(expected["total_points"]) and expected["pairs"] in (None, said["pairs"])
            proven += said["gap"] == 0 and _proves(place, said, total)
    return {"instances": made, "met": met, "proven": proven}


def _run(place: Path, maximise: str) -> dict[str, Any]:
    command = [Path(sys.executable).with_name("traboule"), "match", "--scores", "scores.csv"]
    command += [
        "--capacity",
        "capacity.csv",
        "--maximise",
        maximise,
        "--out",
        "out.csv",
        "--report",
        "report.json",
    ]
    subprocess.run(command, cwd=place, check=True, capture_output=True)
    said: dict[str, Any] = json.loads(
        (place / "report.json").read_text(encoding="utf-8"), parse_float=Decimal
    )
    return said


def _proves(place: Path, said: dict[str, Any], total: Decimal) -> bool:
    """Prices that cover every pair, and a bound that is reached: no other plan is worth more (weak
    duality)."""
    u, v, bonus = (
        {k: Decimal(x) for k, x in said[name].items()} for name in ("mentee_price", "mentor_price", "bonus")
    )
    covered = all(
        u[pair["mentee"]] + v[pair["mentor"]] >= Decimal(pair["points"]) + bonus[pair["mentee"]]
        for pair in _read(place / "scores.csv")
    )
    matched = [row["mentee"] for row in _read(place / "out.csv") if row["mentor"]]
    paid = sum(int(row["capacity"]) * v.get(row["mentor"], 0) for row in _read(place / "capacity.csv"))
    bound = sum(u.values()) + paid - sum(bonus[mentee] for mentee in matched)
    return covered and min([*u.values(), *v.values()]) >= 0 and bound == total


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _decimal(millionths: int) -> str:
    whole, rest = divmod(abs(millionths), UNIT)
    return f"{'-' if millionths < 0 else ''}{whole}.{rest:06d}"


def _write(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    for made_folder in write_instances(asked.folder, asked.seed):
        print(made_folder)
