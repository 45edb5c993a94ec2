"""An independent reader of the answer: recomputes every claim of report.json from the written files alone.

Uses the standard library only and no code of Traboule; all arithmetic is exact.
"""

import csv
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

KEYS = [
    "pairs",
    "total_points",
    "upper_bound",
    "gap",
    "unmatched_mentees",
    "unmatched_mentors",
    "mentee_price",
    "mentor_price",
    "bonus",
    "rules_version",
    "as_of",
    "seed",
    "seconds",
]
SCORE_COLUMNS = [
    "mentee",
    "mentor",
    "points",
    "rank",
    "alternative_1",
    "regret_1",
    "duos_lost_1",
    "alternative_2",
    "regret_2",
    "duos_lost_2",
    "reason",
]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def report_of(path: Path) -> dict[str, Any]:
    """The report with exact numbers."""
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Fraction, parse_int=int)


def check_scores(
    scores: Path, proposals: Path, report: Path, capacity: Path | None = None, decisions: Path | None = None
) -> dict[str, Any]:
    """Assert every rule of the contract for `--scores`; returns the report."""
    worth = {(row["mentee"], row["mentor"]): Fraction(row["points"]) for row in rows_of(scores)}
    places: dict[str, int] = {mentor: 1 for _, mentor in worth}
    places |= {row["mentor"]: int(row["capacity"]) for row in rows_of(capacity)} if capacity else {}
    decided = (
        [(row["decision"], (row["mentee"], row["mentor"])) for row in rows_of(decisions)] if decisions else []
    )
    locks = {pair for word, pair in decided if word == "lock"}
    forbidden = {pair for word, pair in decided if word == "forbid"}
    feasible = {pair: points for pair, points in worth.items() if pair not in forbidden}

    lines = rows_of(proposals)
    assert list(lines[0]) == SCORE_COLUMNS if lines else True
    assert [line["mentee"] for line in lines] == list(dict.fromkeys(mentee for mentee, _ in worth))
    chosen = {line["mentee"]: line["mentor"] for line in lines if line["mentor"]}
    taken = Counter(chosen.values())
    assert all(taken[mentor] <= places[mentor] for mentor in taken)
    assert all(pair in feasible for pair in chosen.items())
    assert locks <= set(chosen.items())
    for line in lines:
        _check_line(line, feasible)

    found = report_of(report)
    assert list(found) == KEYS
    u, v, bonus = (
        {k: Fraction(n) for k, n in found[key].items()} for key in ("mentee_price", "mentor_price", "bonus")
    )
    assert (set(u), set(v)) == ({mentee for mentee, _ in worth}, set(places))
    assert all(price >= 0 for price in [*u.values(), *v.values(), *bonus.values()])
    locked = {mentee for mentee, _ in locks}
    for (mentee, mentor), points in feasible.items():
        if chosen.get(mentee) == mentor:
            assert u[mentee] + v[mentor] == points + bonus[mentee]
        elif mentee not in locked:
            assert u[mentee] + v[mentor] >= points + bonus[mentee]
    assert all(u[mentee] == 0 for mentee in u if mentee not in chosen)
    assert all(v[mentor] == 0 for mentor, room in places.items() if taken[mentor] < room)
    total = sum((feasible[pair] for pair in chosen.items()), Fraction(0))
    bound = sum(u.values()) + sum(places[mentor] * price for mentor, price in v.items())
    bound -= sum((bonus[mentee] for mentee in chosen), Fraction(0))
    assert Fraction(found["total_points"]) == total
    assert Fraction(found["upper_bound"]) == bound
    assert bound >= total
    assert Fraction(found["gap"]) == (bound - total) / max(1, abs(bound)) == 0
    assert found["pairs"] == len(chosen)
    assert found["unmatched_mentees"] == [line["mentee"] for line in lines if not line["mentor"]]
    assert found["unmatched_mentors"] == [mentor for mentor in v if not taken[mentor]]
    return found


def _check_line(line: dict[str, str], feasible: dict[tuple[str, str], Fraction]) -> None:
    mine = {mentor: points for (mentee, mentor), points in feasible.items() if mentee == line["mentee"]}
    if line["mentor"]:
        points = mine[line["mentor"]]
        assert Fraction(line["points"]) == points
        assert int(line["rank"]) == 1 + sum(other > points for other in mine.values())
        assert line["reason"] == ""
    else:
        assert (line["points"], line["rank"]) == ("", "")
        assert line["reason"]
    for number in ("1", "2"):
        other = line[f"alternative_{number}"]
        if other:
            assert other in mine
            assert other != line["mentor"]
            assert Fraction(line[f"regret_{number}"]) >= 0
            assert int(line[f"duos_lost_{number}"]) >= 0
        else:
            assert line[f"regret_{number}"] == line[f"duos_lost_{number}"] == ""
