"""The dashboard of a network of 20 branches with 50,000 duos, beside the plain list of people of one branch.

    python -m benchmarks.network [DUOS]     fills the database of DATABASE_URL, refreshes, asks, prints JSON

Both pages are asked for in turn in the same process, through every middleware, by somebody who may see all
branches; given is the median of TIMES answers each. Both keep what they drew: the list until something is
written in its branch, the dashboard until a snapshot is made anew. So both are also asked for cold, as the
first reader of a process finds them, and the dashboard with a chosen quarter, which is drawn each time. What
filling and a refresh of all snapshots take stands beside it.
Rows are written in bulk, as the actions would have left them, without their audit entries and messages.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

BRANCHES, DUOS, DAYS, TIMES, MOST = 20, 50_000, 1100, 15, 3.0
WAITING, LASTS, SUCCEED = 60, 0.85, 0.7


def fill(branches: int, duos: int, now: datetime, seed: int = 7) -> str:
    """Fill what is empty; the slug of the first branch."""
    from benchmarks.crowd import make_branch, make_people, make_staff

    chance, slugs = random.Random(seed), []
    for number in range(branches):
        branch = make_branch(number)
        mentors, mentees = make_people(branch, duos // branches + WAITING, now)
        staff = make_staff(branch, 1)[0]
        waiting, taken = mentees[:WAITING], mentees[WAITING:]
        wait(waiting, now, chance)
        live(branch, list(zip(mentors[WAITING:], taken, strict=True)), staff, now, chance)
        slugs.append(branch.slug)
    return str(slugs[0])


def wait(people: list[Any], now: datetime, chance: random.Random) -> None:
    from traboule.apps.people.models import MenteeProfile

    rows = list(MenteeProfile.everywhere.filter(person__in=people))
    for row in rows:
        row.state, row.waiting_since = "pool", now.date() - timedelta(days=chance.randrange(90))
    MenteeProfile.everywhere.bulk_update(rows, ["state", "waiting_since"], batch_size=2000)


def live(branch: Any, pairs: list[Any], staff: Any, now: datetime, chance: random.Random) -> None:
    """Duos of three years: most last, most that ended are followed by a result; two meetings each."""
    from traboule.apps.duos.models import Duo, Meeting, MentorPlace
    from traboule.apps.outcomes.models import Outcome

    begun = [now.date() - timedelta(days=chance.randrange(DAYS)) for _ in pairs]
    running = [day > now.date() - timedelta(days=182) for day in begun]
    places = iter(
        MentorPlace.everywhere.bulk_create(
            [
                MentorPlace(mentor=mentor, number=1, taken_at=now, taken_by=staff)
                for (mentor, _mentee), runs in zip(pairs, running, strict=True)
                if runs
            ]
        )
    )
    duos = Duo.everywhere.bulk_create(
        [
            Duo(
                branch=branch,
                mentor=mentor,
                mentee=mentee,
                started_on=day,
                ends_on=day + timedelta(days=182),
                started_by=staff,
                started_at=now,
                coordinator=staff,
                **(
                    {"state": "active", "place": next(places)}
                    if runs
                    else {
                        "state": "closed",
                        "close_reason": "completed",
                        "closed_by": staff,
                        "closed_on": day + timedelta(days=181 if chance.random() < LASTS else 70),
                    }
                ),
            )
            for (mentor, mentee), day, runs in zip(pairs, begun, running, strict=True)
        ],
        batch_size=2000,
    )
    Meeting.everywhere.bulk_create(
        [
            Meeting(
                duo=duo, planned_at=now - timedelta(days=n), source="coordinator", state="held",
                met_minutes=60 * chance.randrange(2, 10), changed_at=now,
            )
            for duo in duos
            for n in range(2)
        ],
        batch_size=2000,
    )  # fmt: skip
    Outcome.everywhere.bulk_create(
        [
            Outcome(
                branch=branch,
                person=duo.mentee,
                duo=duo,
                kind="job",
                contract="fixed",
                state="told",
                grade="declared",
                seen_on=duo.started_on + timedelta(days=400),
                starts_on=duo.started_on + timedelta(days=chance.randrange(1, 400)),
                employer="Atelier",
                told_by="mentee",
                told_at=now,
            )
            for duo in duos
            if duo.closed_on and chance.random() < SUCCEED
        ],
        batch_size=2000,
    )  # fmt: skip


def reader() -> Any:
    """A browser of somebody who directs the programme."""
    from django.conf import settings
    from django.test import Client

    from traboule.apps.people.enums import Role
    from traboule.apps.people.models import Login, RoleGrant

    login = Login.objects.create(email="all@crowd.example.org", name="All Branches", locale="fr")
    RoleGrant.objects.create(login=login, role=Role.DIRECTOR, branch=None, granted_at=datetime.now(UTC))
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(login, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def ask(client: Any, address: str) -> float:
    """Seconds of one answer."""
    began = time.perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered with {answer.status_code}")
    return time.perf_counter() - began


def run(duos: int) -> dict[str, Any]:
    """Fill, refresh and ask; what was found."""
    from traboule.apps.branches.models import Branch
    from traboule.apps.duos.models import Duo
    from traboule.apps.indicators.actions.snapshots import refresh_snapshots
    from traboule.core.actors import system

    now, began = datetime.now(UTC), time.perf_counter()
    slug = fill(BRANCHES, duos, now)
    filled, took = time.perf_counter() - began, []
    for branch in Branch.objects.all():
        began = time.perf_counter()
        refresh_snapshots(branch=branch, by=system("benchmark"), now=now)
        took.append(time.perf_counter() - began)
    return {
        "branches": Branch.objects.count(),
        "duos": Duo.everywhere.count(),
        **compare(reader(), slug, f"{now.year}-Q{(now.month + 2) // 3}"),
        "fill_s": round(filled, 1),
        "refresh_s": round(sum(took), 1),
        "slowest_branch_s": round(max(took), 1),
    }


def compare(client: Any, slug: str, quarter: str) -> dict[str, float]:
    """Medians of the pages in milliseconds, warm, cold and of a chosen quarter, and their ratios."""
    from traboule.core.remember import forget

    pages = {"list": f"/b/{slug}/people/", "network": f"/b/{slug}/dashboard/network/"}
    chosen = f"{pages['network']}?cohort={quarter}"
    for address in (*pages.values(), *pages.values()):
        ask(client, address)
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(TIMES):
        for name, address in pages.items():
            times[name].append(ask(client, address))
        times["chosen"].append(ask(client, chosen))
    for _ in range(TIMES):
        for name, address in pages.items():
            forget()
            times[f"cold_{name}"].append(ask(client, address))
    median = {name: statistics.median(found) for name, found in times.items()}
    return {f"{name}_ms": round(1000 * found, 1) for name, found in median.items()} | {
        "ratio": round(median["network"] / median["list"], 2),
        "cold_ratio": round(median["cold_network"] / median["cold_list"], 2),
        "cold_to_warm_list": round(median["cold_network"] / median["list"], 2),
        "chosen_ratio": round(median["chosen"] / median["list"], 2),
    }


def measure(duos: int = DUOS) -> dict[str, Any]:
    """The same in a PostgreSQL database of its own, which holds the smallest demo beside the crowd."""
    from benchmarks.load import fill as demo
    from benchmarks.load import place, surroundings

    with place() as (url, var):
        demo(url, var, mentees=40, mentors=40)
        words = [sys.executable, "-m", "benchmarks.network", str(duos)]
        done = subprocess.run(
            words, env=surroundings(url, var), check=True, cwd=ROOT, capture_output=True, text=True
        )
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(run(int(sys.argv[1]) if sys.argv[1:] else DUOS)))
