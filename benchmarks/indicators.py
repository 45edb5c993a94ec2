"""Every shipped figure of 50,000 invented duos, and a report of it by three attributes, released.

    python benchmarks/indicators.py

Seconds per figure are the median of three, in one process, on one core; beside them the time that a bare loop
takes which only reads the same rows. The report is released after an earlier one of the duos of a year ago.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from traboule.kernel.generator.afterwards import facts  # noqa: E402 -- importable first
from traboule.kernel.indicators import SHIPPED, Facts, Figure, figure, of_rows  # noqa: E402 -- the same
from traboule.kernel.indicators.groups import cells_of  # noqa: E402 -- the same
from traboule.kernel.indicators.release import Table, release  # noqa: E402 -- the same

DUOS, SEED, AS_OF, TIMES = 50_000, 1, date(2026, 11, 2), 3
MOST_LOOPS, LONGEST_REPORT = 30, 10.0  # times a bare loop over the same duos; seconds


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Median seconds of TIMES runs, and the last result."""
    seconds, found = [], None
    for _ in range(TIMES):
        begun = time.process_time()
        found = run()
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds), found


def measure() -> dict[str, Any]:
    """Seconds by figure, of a bare loop, and of a report."""
    people = facts(duos=DUOS, seed=SEED, as_of=AS_OF)
    found: dict[str, Any] = {"bare loop": round(timed(lambda: bare(people))[0], 4)}
    for name, definition in SHIPPED.items():
        seconds, made = timed(partial(figure, definition, people, AS_OF))
        found[name] = {"seconds": round(seconds, 3), "n": made.n, "value": made.numbers.value}
    seconds, shown = timed(lambda: report(people))
    found["report"] = {"seconds": round(seconds, 3), **shown}
    return found


def bare(people: Facts) -> int:
    return sum(1 for duo in people.duos if duo.ended_on and any(one.on <= AS_OF for one in duo.follow_ups))


def report(people: Facts) -> dict[str, int]:
    """Positive outcomes by three attributes that are drawn from the id, after the same of a year ago."""
    tables: list[Table] = []
    for year in (AS_OF.year - 1, AS_OF.year):
        made = figure(SHIPPED["positive_outcome_from_end"], people, AS_OF.replace(year=year))
        tables.append(release(str(year), cells(made), tables))
    hidden = sum(not cell.is_shown for cell in tables[1].cells)
    return {"cells": len(tables[1].cells), "hidden": hidden}


def cells(made: Figure) -> dict[str, Any]:
    found: dict[str, Any] = dict(cells_of(made, "all"))
    for name, size in (("sex", 2), ("age", 4), ("territory", 40)):
        for value in range(size):
            rows = [row for row in made.rows if (row.id * row.id // 7) % size == value]
            found |= cells_of(of_rows(made.definition, made.as_of, rows), f"{name} {value}")
    return found


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
