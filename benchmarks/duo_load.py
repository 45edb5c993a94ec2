"""The homes of mentor, mentee and coordinator while 10,000 duos meet, on PostgreSQL, served as in production.

    python benchmarks/duo_load.py [--branches 20] [--seconds 8]

How it is measured: benchmarks/load.py. Who is there: benchmarks/crowd.py. As many mentors and mentees sign in
as there are clients, and the coordinator opens as many duos in turn.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.crowd import BRANCHES  # noqa: E402 -- the folder must be importable
from benchmarks.load import fill, place, press, served, settle, surroundings  # noqa: E402 -- the same

SHARE, LONGEST = 0.02, 0.300


def measure(branches: int = BRANCHES, seconds: float = 8.0) -> dict[str, Any]:
    """Shares of hello by page, and the open loop over all of them."""
    with place() as (url, var):
        fill(url, var, mentees=40, mentors=40)
        crowd = [sys.executable, "-m", "benchmarks.crowd", str(branches)]
        done = subprocess.run(
            crowd, env=surroundings(url, var), cwd=ROOT, check=True, capture_output=True, text=True
        )
        settle(url)
        doors = json.loads(done.stdout.splitlines()[-1])
        branch = f"/b/{doors['branch']}"
        team = doors["coordinator"]
        read = {
            "my place of a mentor": [("/me/", cookie) for cookie in doors["mentors"]],
            "my place of a mentee": [("/me/", cookie) for cookie in doors["mentees"]],
            "today": [(f"{branch}/today/", team)],
            "duos": [(f"{branch}/duos/", team)],
            "one duo": [(f"{branch}/duos/{pk}/", team) for pk in doors["duos"]],
        }
        with served(url, var) as address:
            return doors["counts"] | press(address, read, seconds)


def holds(found: dict[str, Any]) -> bool:
    return min(found["shares"].values()) >= SHARE and found["p95_ms"] <= LONGEST * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--branches", type=int, default=BRANCHES)
    parser.add_argument("--seconds", type=float, default=8.0)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.branches, asked.seconds), indent=1))
