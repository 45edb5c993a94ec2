"""Many people, one last place at an information session: many processes book it at the same instant.

    python benchmarks/session_races.py [--database-url URL …] [--processes 8] [--races 50]

Each race is a session with one place left. One booking must win; every other must read that it is full, and
be put on the waiting list when it asks for that. Counted: places given twice, sessions without a winner,
bookings lost, errors of any other kind. Target: all 0.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TOGETHER_SECONDS = 60.0
WON, FULL = "won", "read_that_it_is_full"


def measure(database_url: str, processes: int = 8, races: int = 50) -> dict[str, Any]:
    """Race on the database at `database_url` in a process of its own; return the figures."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "traboule.config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    command = [sys.executable, str(Path(__file__).resolve()), "--inside", str(processes), str(races)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode != 0:
        raise RuntimeError("\n".join(done.stderr.splitlines()[-12:]))
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def inside(processes: int, races: int) -> dict[str, Any]:
    """Make the tables and the sessions, race, count."""
    import multiprocessing

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections, transaction

    from tests.factories import people, sessions

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        branch = people.branch()
        plan = [sessions.session(branch, places_left=1).pk for _ in range(races)]
    vendor = connection.vendor
    connections.close_all()  # a forked child must not share a connection
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(processes), context.Queue()
    racers = [
        context.Process(target=_race, args=(number, plan, barrier, results)) for number in range(processes)
    ]
    for racer in racers:
        racer.start()
    total: Counter[str] = Counter()
    for _ in racers:
        total.update(results.get(timeout=900))
    for racer in racers:
        racer.join(timeout=60)
    return {"database": vendor, "processes": processes, "races": races, **_verdict(total, plan, processes)}


def _race(number: int, plan: list[int], barrier: Any, results: Any) -> None:
    counted: Counter[str] = Counter()
    try:
        for session in plan:
            barrier.wait(timeout=TOGETHER_SECONDS)
            counted[_try(number, session)] += 1
    except Exception as error:
        counted[f"stopped: {type(error).__name__}: {error}"] += 1
        barrier.abort()
    results.put(dict(counted))


def _try(number: int, pk: int) -> str:
    from tests.factories.people import NOW
    from tests.factories.sessions import BY, guest
    from traboule.apps.applications.actions.session_bookings import SessionFull, book
    from traboule.apps.applications.models import InfoSession

    session = InfoSession.everywhere.select_related("branch").get(pk=pk)
    try:
        book(session=session, guest=guest(number), by=BY, now=NOW)
    except SessionFull:
        try:
            waiting = book(session=session, guest=guest(number), by=BY, now=NOW, wait_if_full=True)
        except Exception as error:
            return f"waiting list: {type(error).__name__}: {error}"
        return FULL if waiting.state == "waiting" else f"waits as {waiting.state}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return WON


def _verdict(total: Counter[str], plan: list[int], processes: int) -> dict[str, Any]:
    from traboule.apps.applications.models import Booking, InfoSession
    from traboule.core.audit import check_chain

    held = Counter(
        Booking.everywhere.filter(place__isnull=False).order_by().values_list("session_id", flat=True)
    )
    branch_id = InfoSession.everywhere.values_list("branch_id", flat=True).first()
    return {
        "winners": total[WON],
        "told_full_and_on_the_waiting_list": total[FULL],
        "places_given_twice": sum(1 for count in held.values() if count > 1),
        "sessions_without_a_winner": sum(1 for pk in plan if not held[pk]),
        "bookings_lost": len(plan) * processes - Booking.everywhere.count(),
        "unexpected": {name: count for name, count in total.items() if name not in (WON, FULL)},
        "audit_chain_holds": check_chain(branch_id) is None,
    }


def holds(figures: dict[str, Any]) -> bool:
    """Whether a run kept the promise."""
    wrong = ("places_given_twice", "sessions_without_a_winner", "bookings_lost", "unexpected")
    return figures["audit_chain_holds"] and not any(figures[name] for name in wrong)


def main() -> int:
    from benchmarks.databases import postgres_server, postgres_url, sqlite_url

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--database-url", action="append", default=[])
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--races", type=int, default=50)
    parser.add_argument("--inside", nargs=2, type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        print(json.dumps(inside(*asked.inside)))
        return 0
    found = [measure(url, asked.processes, asked.races) for url in asked.database_url]
    if not asked.database_url:
        with sqlite_url() as url:
            found.append(measure(url, asked.processes, asked.races))
        if (server := postgres_server()) is not None:
            with postgres_url(server) as url:
                found.append(measure(url, asked.processes, asked.races))
    for figures in found:
        print(json.dumps(figures, indent=2))
    return 0 if all(holds(figures) for figures in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
