"""Two records become one and two again: is every row as it was?

    python benchmarks/merge.py [--database-url URL …] [--merges 200]

Each round draws two people with a random set of rows on each (profiles, languages, consents, people to avoid,
notes, logins, duos, rules, applications, steps, messages, links), takes the checksum of every row of every
table that points to people, merges with drawn choices, and takes it back. Counted: merges, checksums that
differ afterwards, rows changed and rows set aside. Then processes reach for the same two records at the same
instant, half of them crosswise: one must win, every other must read who was faster. Targets: 0 that differ,
one winner a race, 0 unexpected errors.

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
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RACERS, RACES = 4, 20
CHOICES = ("first_name", "place", "external_id", "slots", "mentee.needs", "phone")


def measure(database_url: str, merges: int = 200, seed: int = 1) -> dict[str, Any]:
    """Merge and take back `merges` times on the database at `database_url`; its tables are made if missing.

    Runs in a process of its own, so that a caller's Django settings and connections are left alone. Raises
    RuntimeError with the last lines of the trouble.
    """
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "traboule.config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    command = [sys.executable, str(Path(__file__).resolve()), "--inside", str(merges), str(seed)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode != 0:
        raise RuntimeError("\n".join(done.stderr.splitlines()[-12:]))
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def holds(figures: dict[str, Any]) -> bool:
    """Say whether every merge was taken back to the last row, and every race had one winner."""
    restored = figures["differ"] == 0 and figures["restored"] == figures["merges"] > 0
    return restored and figures["winners"] == figures["races"] and not figures["unexpected"]


def measure_everywhere(merges: int = 200) -> list[dict[str, Any]]:
    """Measure on a SQLite file that is gone afterwards and, where a server answers, on PostgreSQL."""
    from benchmarks.databases import postgres_server, postgres_url, sqlite_url

    found = []
    with sqlite_url() as url:
        found.append(measure(url, merges))
    server = postgres_server()
    if server is not None:
        with postgres_url(server) as url:
            found.append(measure(url, merges))
    return found


# --- inside the process of its own ------------------------------------------------------------------------


def inside(merges: int, seed: int) -> dict[str, Any]:
    """Make the tables, merge, take back, count."""
    import random

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    chance, counted = random.Random(seed), Counter[str]()
    started = time.perf_counter()
    for _ in range(merges):
        counted.update(_round(chance))
    return {
        "database": connection.vendor,
        "merges": merges,
        "seconds": round(time.perf_counter() - started, 2),
        **{name: counted[name] for name in ("restored", "differ", "set", "aside")},
        **_races_of_two_records(),
    }


def _round(chance: Any) -> Counter[str]:
    from django.db import transaction

    from tests.factories import people as make
    from tests.factories.people import NOW
    from tests.factories.twins import checksum, scene
    from traboule.apps.people.actions import merge_people, unmerge
    from traboule.apps.people.enums import Role
    from traboule.apps.people.models import PersonMerge

    with transaction.atomic():  # each round finds the same empty tables, so that a checksum stays cheap
        branch = make.branch()
        by = make.coordinator(branch)
        kept, dropped = scene(branch, make.login(Role.COORDINATOR, branch), chance)
        before = checksum()
        choices = {name: chance.choice(("kept", "dropped")) for name in CHOICES}
        made = merge_people(kept=kept, dropped=dropped, choices=choices, by=by, now=NOW)
        counted = Counter(change["do"] for change in made.changes)
        unmerge(merge=PersonMerge.everywhere.get(pk=made.pk), by=by, now=NOW)
        counted["restored" if checksum() == before else "differ"] += 1
        transaction.set_rollback(True)
    return counted


def _races_of_two_records() -> dict[str, Any]:
    """Let processes merge the same two records at one instant, again and again."""
    import multiprocessing

    from django.db import connections

    from tests.factories import people as make
    from traboule.apps.people.enums import Role

    branch = make.branch()
    logins = [make.login(Role.COORDINATOR, branch).pk for _ in range(RACERS)]
    pairs = [(make.mentee(branch).pk, make.mentee(branch).pk) for _ in range(RACES)]
    connections.close_all()  # a forked child must not share a connection
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(RACERS), context.Queue()
    racers = [
        context.Process(target=_race, args=(number, logins[number], pairs, barrier, results))
        for number in range(RACERS)
    ]
    for racer in racers:
        racer.start()
    outcomes: Counter[str] = Counter()
    for _ in racers:
        outcomes.update(results.get(timeout=300))
    for racer in racers:
        racer.join(timeout=60)
    winners, losers = outcomes.pop("won", 0), outcomes.pop("read_who_and_when", 0)
    return {"races": RACES, "winners": winners, "losers_who_read_who": losers, "unexpected": dict(outcomes)}


def _race(number: int, login: int, pairs: list[tuple[int, int]], barrier: Any, results: Any) -> None:
    from tests.factories.people import NOW
    from traboule.apps.people.actions import merge_people
    from traboule.apps.people.actions.merging import AlreadyMerged
    from traboule.apps.people.models import Login, Person
    from traboule.apps.people.queries import actor_of

    by, outcomes = actor_of(Login.objects.get(pk=login)), Counter[str]()
    for pair in pairs:
        ids = pair if number % 2 else pair[::-1]
        kept, dropped = (Person.everywhere.get(pk=pk) for pk in ids)
        barrier.wait(timeout=60)
        try:
            merge_people(kept=kept, dropped=dropped, choices={}, by=by, now=NOW)
        except AlreadyMerged as late:
            told = late.merge is not None and late.merge.merged_by is not None
            outcomes["read_who_and_when" if told else "read_nothing"] += 1
        except Exception as error:  # whatever it is, it is counted
            outcomes[type(error).__name__] += 1
        else:
            outcomes["won"] += 1
    results.put(dict(outcomes))


def main() -> None:
    """Print the figures of each database; exit 1 if one row was not as it was."""
    if len(sys.argv) > 1 and sys.argv[1] == "--inside":
        print(json.dumps(inside(int(sys.argv[2]), int(sys.argv[3]))))
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database-url", action="append", default=[])
    parser.add_argument("--merges", type=int, default=200)
    asked = parser.parse_args()
    urls = asked.database_url
    found = [measure(url, asked.merges) for url in urls] if urls else measure_everywhere(asked.merges)
    for figures in found:
        print(json.dumps(figures))
    sys.exit(0 if all(map(holds, found)) else 1)


if __name__ == "__main__":
    main()
