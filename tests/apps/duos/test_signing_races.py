"""Two press "sign" at the same instant, on the database in use: one signature each, one end, nobody fails."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from tests.factories import pairing, starting
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.duos.actions.agreements import AlreadySigned, sign
from traboule.apps.duos.enums import SignedBy
from traboule.apps.messages.models import Message
from traboule.core.actors import system
from traboule.kernel.lifecycle import IllegalMove

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 4
EXPECTED = {
    "signed": ROUNDS * 2,
    "too late": ROUNDS * 2,
    "other": 0,
    "in force": ROUNDS,
    "copies": ROUNDS * 2,
}

RACE = """
import django
django.setup()
from tests.apps.duos.test_signing_races import race_here
print(race_here())
"""


def race_here() -> dict[str, int]:
    """The mentee presses twice and so does the mentor, all four at once; count what came of it."""
    branch = make.branch()
    by = make.coordinator(branch)
    found = dict.fromkeys(EXPECTED, 0)
    for _ in range(ROUNDS):
        duo = pairing.duo(make.mentee(branch), make.mentor(branch), by)
        row = starting.agreement(duo, by, parties=["mentee", "mentor"])
        barrier, outcomes = threading.Barrier(4), []
        hands = [starting.signature(row, party) for party in ("mentee", "mentor")] * 2

        def press(own: Any, barrier: Any = barrier, outcomes: Any = outcomes) -> None:
            barrier.wait(timeout=30)
            try:
                sign(
                    signature=own,
                    name="A B",
                    channel=SignedBy.LINK,
                    language="fr",
                    by=system("race"),
                    now=NOW,
                )
                outcomes.append("signed")
            except (AlreadySigned, IllegalMove):
                outcomes.append("too late")
            except Exception:
                outcomes.append("other")
            finally:
                connections.close_all()

        threads = [threading.Thread(target=press, args=(own,)) for own in hands]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        for outcome in outcomes:
            found[outcome] += 1
        row.refresh_from_db()
        found["in force"] += row.state == "signed"
    found["copies"] = Message.everywhere.filter(kind="agreement.copy").count()
    return found


@pytest.mark.slow
def test_each_signs_once_and_the_last_signature_ends_it_once(own_database: str) -> None:
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        pytest.skip("on PostgreSQL the test below races in the test database itself")
    environment = {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "traboule.config.settings.test",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", RACE], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().splitlines()[-1] == str(EXPECTED)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_each_signs_once_on_postgresql() -> None:
    assert race_here() == EXPECTED
