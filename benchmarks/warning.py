"""The early warning of a branch of 500 duos, on SQLite and PostgreSQL; and its record on the demo.

    python benchmarks/warning.py

A fresh database holds the demo and two branches of the crowd (1,000 duos, 20,000 meetings). Measured is the
whole way, from the database to the signs in their order, with nothing remembered: the median of five.
Precision and recall are those of the demo's Lyon, whose ended duos are invented: they say that the figure is
printed, not what it will be.
"""

import json
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.databases import postgres_server, postgres_url, sqlite_url  # noqa: E402 -- importable first
from benchmarks.load import fill, surroundings  # noqa: E402 -- the same

LONGEST, BRANCHES, TIMES = 1.0, 2, 5


def measure() -> dict[str, Any]:
    """Name of the database → seconds, queries, signs, and the record of the demo."""
    import tempfile

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        with sqlite_url() as url:
            found["SQLite"] = _measured(url, Path(folder))
        server = postgres_server()
        if server is not None:
            with postgres_url(server) as url:
                found["PostgreSQL"] = _measured(url, Path(folder))
    return found


def _measured(url: str, var: Path) -> dict[str, Any]:
    fill(url, var, mentees=40, mentors=40)
    words = [sys.executable, "-m", "benchmarks.warning", "inside"]
    done = subprocess.run(
        words, env=surroundings(url, var), cwd=ROOT, check=True, capture_output=True, text=True
    )
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def inside() -> dict[str, Any]:
    """Fill the crowd into the database of DATABASE_URL and measure."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from benchmarks.crowd import fill as fill_crowd
    from traboule.apps.branches.models import Branch
    from traboule.apps.people.models import Login
    from traboule.apps.people.queries import actor_of
    from traboule.apps.support.queries.warnings import watched_in

    settings.TRABOULE_REMEMBER = False
    now = datetime.now(UTC)
    crowd = fill_crowd(now, BRANCHES)
    branch = Branch.objects.get(slug=crowd["branch"])
    asked = {
        "actor": actor_of(Login.objects.get(email=f"staff0@{branch.slug}.example.org")),
        "branch": branch,
        "today": now.date(),
    }
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    with CaptureQueriesContext(connection) as seen:
        signs = watched_in(**asked)
    seconds = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        watched_in(**asked)
        seconds.append(time.perf_counter() - begun)
    return {
        "seconds": statistics.median(seconds),
        "queries": len(seen),
        "duos": len(signs),
        "to_look_at": sum(found.looks for found in signs),
        "record": record(now),
    }


def record(now: datetime) -> dict[str, Any]:
    """What the warning was worth on the ended duos of the demo, four weeks before their end."""
    from traboule.apps.branches.models import Branch
    from traboule.apps.people.enums import Role
    from traboule.apps.people.models import Login
    from traboule.apps.people.queries import actor_of
    from traboule.apps.support.queries.warning_record import warning_record

    branch = Branch.objects.get(slug="lyon")
    director = Login.objects.filter(grants__role=Role.DIRECTOR, grants__branch=None).first()
    assert director is not None
    found = warning_record(actor=actor_of(director), branch=branch, today=now.date())
    four = next(one for one in found.records if one.weeks == 4).score
    text = f"demo (synthetic), 4 weeks before the end: n {four.n}, ended early {four.early}"
    for name, share in (("precision", four.precision), ("recall", four.recall)):
        if share is not None:
            text += f", {name} {share.value:.2f} [{share.low:.2f}; {share.high:.2f}]"
    return {"n": four.n, "early": four.early, "warned": four.warned, "right": four.right, "text": text}


if __name__ == "__main__":
    print(json.dumps(inside() if sys.argv[1:] == ["inside"] else measure(), indent=None))
