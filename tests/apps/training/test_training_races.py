"""Several reach for the last seat at the same instant, on the database in use: one gets it, nobody fails."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from tests.factories import people as make
from tests.factories import training as train
from tests.factories.people import NOW
from traboule.apps.training.actions.sessions import SessionFull, enrol
from traboule.apps.training.models import Attendance
from traboule.core.actors import system
from traboule.core.links import digest_of

ROOT = Path(__file__).resolve().parents[3]
RACERS, ROUNDS = 4, 5

RACE = """
import django
django.setup()
from tests.apps.training.test_training_races import race_here
print(race_here())
"""


def race_here() -> dict[str, int]:
    """Race in this process with a thread and a connection per racer; count what came of it."""
    from datetime import timedelta

    branch = make.branch(slug=f"race-{digest_of(str(NOW))[:8]}")
    found = {"won": 0, "full": 0, "other": 0, "doubles": 0}
    module = train.modules(branch)[0]
    for _ in range(ROUNDS):
        session = train.sitting(branch, module=module, starts_at=NOW + timedelta(days=9), seats=1)
        people = [train.candidate(branch) for _ in range(RACERS)]
        barrier, outcomes = threading.Barrier(RACERS), []

        def reach(
            person: Any, session: Any = session, barrier: Any = barrier, outcomes: Any = outcomes
        ) -> None:
            barrier.wait(timeout=30)
            try:
                enrol(session=session, person=person, by=system("race"), now=NOW)
                outcomes.append("won")
            except SessionFull:
                outcomes.append("full")
            except Exception:
                outcomes.append("other")
            finally:
                connections.close_all()

        threads = [threading.Thread(target=reach, args=(person,)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        for outcome in outcomes:
            found[outcome] += 1
        found["doubles"] += Attendance.everywhere.filter(session=session).count() != 1
    return found


@pytest.mark.slow
def test_one_of_four_gets_the_last_seat_and_three_read_that_it_is_full(own_database: str) -> None:
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        pytest.skip("on PostgreSQL the test below races in the test database itself")
    environment = {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "traboule.config.settings.test",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", RACE],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    expected = {"won": ROUNDS, "full": ROUNDS * (RACERS - 1), "other": 0, "doubles": 0}
    assert done.stdout.strip().splitlines()[-1] == str(expected)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_given_once_on_postgresql() -> None:
    assert race_here() == {"won": ROUNDS, "full": ROUNDS * (RACERS - 1), "other": 0, "doubles": 0}
