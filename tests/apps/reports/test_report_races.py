"""Several issue reports of one branch at the same instant: every number once, none left out."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from tests.factories import people as make
from tests.factories import reports as report
from tests.factories.people import NOW
from traboule.apps.people.enums import Role
from traboule.apps.reports.actions.issuing import Overtaken, issue_report
from traboule.apps.reports.models import Report

ROOT = Path(__file__).resolve().parents[3]
RACERS = 4

RACE = """
import django
django.setup()
from tests.apps.reports.test_report_races import race_here
print(race_here())
"""


def race_here() -> list[int]:
    """Race in this process with a thread and a connection per racer; return the numbers that came of it."""
    branch = make.branch(slug="race")
    boss = make.actor(Role.DIRECTOR, branch)
    drafts = [report.draft(branch, boss, kind="collective") for _ in range(RACERS)]
    barrier, wrong = threading.Barrier(RACERS), []

    def issue(draft: Any) -> None:
        barrier.wait(timeout=60)
        try:
            for _ in range(RACERS):
                try:
                    issue_report(draft=draft, note="", by=boss, now=NOW)
                    return
                except Overtaken:
                    continue
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=issue, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    if wrong:
        raise AssertionError(wrong)
    return sorted(Report.everywhere.filter(branch=branch).values_list("number", flat=True))


@pytest.mark.slow
def test_four_at_once_take_four_numbers_on_sqlite(own_database: str) -> None:
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
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
    assert done.stdout.strip().splitlines()[-1] == str(list(range(1, RACERS + 1)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_four_at_once_take_four_numbers_on_postgresql() -> None:
    assert race_here() == list(range(1, RACERS + 1))
