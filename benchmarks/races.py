"""Two coordinators, one last place: many processes reach for the same thing at the same instant, again and
again.

    python benchmarks/races.py [--database-url URL …] [--processes 8] [--races 200]

Each race has one mentor with one place left and as many mentees as processes; every process proposes another
mentee to this mentor. One must win, every other must read who was faster and when. One race in four is about
a mentee instead: every process proposes the same mentee to another mentor. Counted: places taken twice,
mentees proposed twice, winners, losers who read who and when, and errors of any other kind. Targets: 0
doubles, 0 unexpected errors.

Without an address it runs on a SQLite file and, where one is reachable, on PostgreSQL (TRABOULE_TEST_POSTGRES
or the local port); on PostgreSQL in a database of its own, dropped afterwards.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.databases import (  # noqa: E402 -- the folder must be importable first
    postgres_server,
    postgres_url,
    sqlite_url,
)

MENTEE_RACE_EVERY = 4
TOGETHER_SECONDS = 30.0
WON, WHO_AND_WHEN = "won", "read_who_and_when"


def measure(database_url: str, processes: int = 8, races: int = 200) -> dict[str, Any]:
    """Race on the database at `database_url` and return the figures; its tables are made if they are missing.

    Runs in a process of its own, so that a caller's Django settings and connections are left alone. Raises
    RuntimeError with the last lines of the trouble.
    """
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


# --- inside the process of its own ------------------------------------------------------------------------


def inside(processes: int, races: int) -> dict[str, Any]:
    """Make the tables and the people, race, count."""
    import multiprocessing

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections

    call_command("migrate", verbosity=0)
    stage = _set_the_stage(processes, races)
    vendor = connection.vendor
    connections.close_all()  # a forked child must not share a connection
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(processes), context.Queue()
    started = time.perf_counter()
    racers = [
        context.Process(target=_race, args=(number, stage, barrier, results)) for number in range(processes)
    ]
    for racer in racers:
        racer.start()
    outcomes = [results.get(timeout=600) for _ in racers]
    for racer in racers:
        racer.join(timeout=60)
    seconds = time.perf_counter() - started
    return {
        "database": vendor,
        "processes": processes,
        "races": races,
        "seconds": round(seconds, 2),
        **_verdict(outcomes, stage),
    }


def _set_the_stage(processes: int, races: int) -> dict[str, Any]:
    from django.db import transaction

    from tests.factories import people
    from traboule.apps.pairing.actions import run_matching
    from traboule.apps.people.enums import Role
    from traboule.core.actors import system

    with transaction.atomic():
        branch = people.branch()
        logins = [people.login(Role.COORDINATOR, branch).pk for _ in range(processes)]
        run = run_matching(branch=branch, as_of=people.TODAY, by=system("races"), now=people.NOW)
        plan = []
        for race in range(races):
            about_a_mentee = race % MENTEE_RACE_EVERY == MENTEE_RACE_EVERY - 1
            many_mentees, many_mentors = (1, processes) if about_a_mentee else (processes, 1)
            mentees = [people.mentee(branch).pk for _ in range(many_mentees)]
            mentors = [people.mentor(branch).pk for _ in range(many_mentors)]
            plan.append((mentees, mentors))
    return {"branch": branch.pk, "logins": logins, "run": run.pk, "plan": plan}


def _race(number: int, stage: dict[str, Any], barrier: Any, results: Any) -> None:
    """One coordinator: waits for the others before each race, then proposes."""
    counted: Counter[str] = Counter()
    slowest = 0.0
    try:
        proposal = _Coordinator(number, stage)
        for race in range(len(stage["plan"])):
            barrier.wait(timeout=TOGETHER_SECONDS)
            begun = time.perf_counter()
            counted[proposal.try_race(race)] += 1
            slowest = max(slowest, time.perf_counter() - begun)
    except Exception as error:
        counted[f"stopped: {type(error).__name__}: {error}"] += 1
        barrier.abort()
    results.put({"outcomes": dict(counted), "slowest": slowest})


class _Coordinator:
    def __init__(self, number: int, stage: dict[str, Any]) -> None:
        from tests.factories.pairing import REASON
        from tests.factories.people import NOW
        from traboule.apps.branches.models import Branch
        from traboule.apps.pairing.models import MatchRun
        from traboule.apps.people.models import Login
        from traboule.apps.people.queries import actor_of

        self.number, self.plan = number, stage["plan"]
        self.branch = Branch.objects.get(pk=stage["branch"])
        self.run = MatchRun.everywhere.get(pk=stage["run"])
        self.actor = actor_of(Login.objects.get(pk=stage["logins"][number]))
        self.now, self.reason = NOW, REASON

    def try_race(self, race: int) -> str:
        """`WON`, `WHO_AND_WHEN`, or the name of what went wrong."""
        from traboule.apps.pairing.actions import SomebodyWasFaster, propose
        from traboule.apps.people.models import Person

        mentees, mentors = self.plan[race]
        try:
            propose(
                branch=self.branch,
                mentee=Person.everywhere.get(pk=mentees[self.number % len(mentees)]),
                mentor=Person.everywhere.get(pk=mentors[self.number % len(mentors)]),
                reason=self.reason,
                run=self.run,
                by=self.actor,
                now=self.now,
            )
        except SomebodyWasFaster as faster:
            return WHO_AND_WHEN if faster.by and faster.at else "was faster, but who?"
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return WON


def _verdict(outcomes: list[dict[str, Any]], stage: dict[str, Any]) -> dict[str, Any]:
    from django.db.models import Count

    from traboule.apps.duos.models import MentorPlace
    from traboule.apps.pairing.models import Proposal
    from traboule.core.audit import check_chain

    total: Counter[str] = Counter()
    for outcome in outcomes:
        total.update(outcome["outcomes"])
    unexpected = {name: count for name, count in total.items() if name not in (WON, WHO_AND_WHEN)}
    races, proposals = len(stage["plan"]), Proposal.everywhere.all()
    twice = Count("pk")
    doubles = sum(
        rows.annotate(times=twice).filter(times__gt=1).count()
        for rows in (
            MentorPlace.everywhere.order_by().values("mentor"),
            proposals.order_by().values("mentor"),
            proposals.order_by().values("mentee"),
        )
    )
    return {
        "winners": total[WON],
        "losers_who_read_who_and_when": total[WHO_AND_WHEN],
        "doubles": doubles,
        "unexpected_errors": sum(unexpected.values()),
        "unexpected": unexpected,
        "races_without_one_winner": races - total[WON],
        "places_without_proposal": MentorPlace.everywhere.filter(proposal=None, duo=None).count(),
        "audit_chain_holds": check_chain(stage["branch"]) is None,
        "slowest_answer_seconds": round(max(outcome["slowest"] for outcome in outcomes), 2),
    }


def holds(figures: dict[str, Any]) -> bool:
    """Whether a run kept the promise: exactly one winner a race, nothing else went wrong."""
    kept = not figures["doubles"] and not figures["unexpected_errors"] and figures["audit_chain_holds"]
    return bool(kept and not figures["races_without_one_winner"] and not figures["places_without_proposal"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database-url", action="append", default=[])
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--races", type=int, default=200)
    parser.add_argument("--inside", nargs=2, type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        print(json.dumps(inside(*asked.inside)))
        return 0
    all_hold = True
    for figures in _everywhere(asked.database_url, asked.processes, asked.races):
        print(json.dumps(figures, indent=2))
        all_hold &= holds(figures)
    return 0 if all_hold else 1


def _everywhere(urls: list[str], processes: int, races: int) -> Iterator[dict[str, Any]]:
    for url in urls:
        yield measure(url, processes, races)
    if urls:
        return
    with sqlite_url() as url:
        yield measure(url, processes, races)
    server = postgres_server()
    if server is None:
        print("PostgreSQL: no server found, left out (set TRABOULE_TEST_POSTGRES)", file=sys.stderr)
        return
    with postgres_url(server) as url:
        yield measure(url, processes, races)


if __name__ == "__main__":
    sys.exit(main())
