"""Two at the same time: two workers send one reminder, two last taps tell one outcome. On both databases."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from tests.factories import follow_ups as make_follow_up
from tests.factories import people as make
from tests.factories.follow_ups import CLOCK, LINK, messages_of, noon
from tests.factories.people import NOW, TODAY
from traboule.apps.followups.actions.answering import FollowUpOver, say_now, send_off
from traboule.apps.followups.actions.asking import remind_of_follow_up
from traboule.apps.followups.actions.ticks import tick_follow_ups
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.own_enums import Now
from traboule.apps.outcomes.models import Outcome
from traboule.core.links import digest_of

ROUNDS, RACERS = 5, 4
ROOT = Path(__file__).parents[3]
RACE = """
import django
django.setup()
from tests.apps.followups.test_follow_up_races import race_here
print(race_here())
"""
EXPECTED = {
    "won": ROUNDS,
    "over": ROUNDS * (RACERS - 1),
    "other": 0,
    "reminders": ROUNDS,
    "outcomes": ROUNDS,
    "questions": ROUNDS,
}


def race_here() -> dict[str, int]:
    """Race in this process with a thread and a connection per racer; count what came of it."""
    branch = make.branch(slug=f"race-{digest_of(str(NOW))[:8]}")
    found: Counter[str] = Counter()
    for _ in range(ROUNDS):
        duo = make_follow_up.ended(branch)
        found += _together(lambda: tick_follow_ups(noon(TODAY)))
        row = FollowUp.everywhere.get(duo=duo)
        rows = [FollowUp.everywhere.get(pk=row.pk) for _ in range(RACERS)]
        found += _together(lambda rows=rows: _remind(rows))
        say_now(row=row, what=Now.JOB, by=LINK, now=noon(TODAY))
        found += _together(lambda row=row: send_off(row=row, ask_again=True, by=LINK, now=noon(TODAY)), "won")
        kinds = messages_of(duo.mentee_id)
        found["reminders"] += kinds.count("follow_up.reminder")
        found["questions"] += kinds.count("follow_up.asked")
        found["outcomes"] += Outcome.everywhere.filter(person=duo.mentee_id).count()
    return {name: found[name] for name in EXPECTED}


def _remind(rows: list[FollowUp]) -> None:
    remind_of_follow_up(row=rows.pop(), by=CLOCK, now=noon(TODAY))


def _together(act: Callable[[], Any], word: str = "") -> Counter[str]:
    barrier, said = threading.Barrier(RACERS), []

    def run() -> None:
        barrier.wait(timeout=30)
        try:
            act()
            said.append(word)
        except FollowUpOver:
            said.append("over")
        except Exception:
            said.append("other")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(RACERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return Counter(one for one in said if one)


@pytest.mark.slow
def test_two_at_once_send_one_reminder_and_tell_one_outcome(own_database: str) -> None:
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
def test_two_at_once_are_one_on_postgresql() -> None:
    assert race_here() == EXPECTED
