"""A hundred people of a demo branch are erased: no issued byte moves, and current counts follow the rules.

The rules, said before anything is erased, as a change of the facts: a duo goes on counting with its days,
outcomes, hours and rests, under stand-ins without a name; what somebody said of how useful it was is emptied
for the whole duo. A stand-in keeps neither the day of the training nor, without an application, the exact
day of intake. Whoever left no row that counts is gone. `EXPECTED` makes these facts of those of before, and
the kernel makes the figures of both; the database must give the second.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

PEOPLE, SEED, BRANCH, ERASED = 320, 1, "lyon", 100
LONGEST = 180.0
RUN = Path(__file__).with_name("erasure_run.py")


def measure() -> dict[str, Any]:
    """Issued bytes before and after, and each current figure: before, predicted, after."""
    from tests.journeys.server import Running, load

    with tempfile.TemporaryDirectory() as folder:
        var = load(Path(folder), PEOPLE, SEED)
        said = Running("", var).ask(f"BRANCH, ERASED = {BRANCH!r}, {ERASED}\n" + RUN.read_text("utf-8"))
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found
