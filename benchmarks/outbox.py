"""A worker that is killed at every step of every message: each one is accepted, and none twice.

    python benchmarks/outbox.py [--database-url URL …] [--messages 500]

Half of the messages are e-mails to a real SMTP server on this machine, half are text messages to an HTTP
provider. Six rounds; in each, one worker process per message is ended with SIGKILL at one step: when the
lease is written, before sending, after the receiver said "accepted", at a random moment, inside the
transaction that writes the outcome, after it. Then one worker finishes. A receiver may get a copy twice (it
cannot be otherwise when the worker dies between "accepted" and its own note): it knows copies by their id.
Targets: every message accepted, exactly one after removing copies, none lost, none left over.

Without an address it runs on a SQLite file and, where one is reachable, on PostgreSQL, in a database of its
own.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

ROUNDS = ("leased", "sending", "accepted", "random", "settling", "settled")
NOON = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)  # a Tuesday morning: no quiet hours for two hours to come
NOTHING_DUE, ONE_DONE = 0, 3
LATEST_KILL_SECONDS = 0.03


def measure(database_url: str, messages: int = 500) -> dict[str, Any]:
    """Kill workers over `messages` messages on the database at `database_url` and return the figures.

    Runs in a process of its own. Raises RuntimeError with the last lines of the trouble.
    """
    with tempfile.TemporaryDirectory() as folder, receivers(Path(folder) / "took.txt") as (smtp, http):
        environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "traboule.config.settings.test",
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp}",
            "TRABOULE_SMS_PROVIDER": "http",
            "TRABOULE_SMS_ADDRESS": f"http://127.0.0.1:{http}/send",
            "TRABOULE_SMS_KEY": "for-the-benchmark",
            "TRABOULE_LOG_LEVEL": "ERROR",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        command = [sys.executable, str(Path(__file__).resolve()), "--inside", str(messages)]
        command.append(str(Path(folder) / "took.txt"))
        done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode != 0:
        raise RuntimeError("\n".join(done.stderr.splitlines()[-12:]))
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


@contextmanager
def receivers(book: Path) -> Iterator[tuple[int, int]]:
    """A mail server and an SMS provider; gives their ports."""
    command = [sys.executable, str(ROOT / "benchmarks" / "receivers.py"), str(book)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        smtp, http = server.stdout.readline().split()
        try:
            yield int(smtp), int(http)
        finally:
            server.stdin.close()


# --- inside the process of its own ------------------------------------------------------------------------


def inside(messages: int, book: Path) -> dict[str, Any]:
    """Write the messages, kill a worker at every step of each, let one finish, and compare."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, connections

    from traboule.apps.messages.sms import trusted

    # Django reads the backend when it first sends; the test settings keep mail in memory.
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    call_command("migrate", verbosity=0)
    wanted = write_messages(messages)
    vendor = connection.vendor
    trusted()  # read once, before the forks
    connections.close_all()  # a forked child must not share a connection
    started, kills, chance = time.perf_counter(), Counter[str](), random.Random(messages)
    for number, moment in enumerate(ROUNDS):
        now = NOON + timedelta(minutes=11 * number)  # the leases of the round before have run out
        while (ended := one_worker(now, moment, chance)) != NOTHING_DUE:
            kills[moment] += ended == -signal.SIGKILL
    while one_worker(NOON + timedelta(minutes=11 * len(ROUNDS)), "", chance) != NOTHING_DUE:
        pass
    seconds = time.perf_counter() - started
    took = Counter(line.split()[1] for line in book.read_text("utf-8").splitlines())
    return {
        "database": vendor,
        "messages": len(wanted),
        "kills": sum(kills.values()),
        "kills_by_step": dict(kills),
        "accepted": len(wanted & took.keys()),
        "lost": len(wanted - took.keys()),
        "unknown": len(took.keys() - wanted),
        "copies_known_by_id": sum(took.values()) - len(took),
        "doubles_after_removing_copies": 0 if len(took) <= len(wanted) else len(took) - len(wanted),
        "left_over": left_over(),
        "seconds": round(seconds, 1),
    }


def write_messages(messages: int) -> set[str]:
    """Tell as many people something, half by e-mail, half by SMS; return the ids of the messages."""
    from django.db import transaction

    from tests.factories import people
    from traboule.apps.messages.actions import tell
    from traboule.apps.messages.models import Message
    from traboule.apps.people.enums import Channel
    from traboule.core.actors import system

    with transaction.atomic():
        branch = people.branch()
        for number in range(messages):
            way = Channel.SMS if number % 2 else Channel.EMAIL
            person = people.mentee(branch, channel=way, phone=f"+336{number:08}")
            values = {"first_name": person.first_name, "day": "Tuesday", "branch": "Lyon"}
            given = {"branch": branch, "kind": "pool.news", "event": "benchmark", "values": values}
            tell(person=person, by=system("benchmark"), now=NOON, **given)
    return {str(uid) for uid in Message.everywhere.values_list("uid", flat=True)}


def one_worker(now: datetime, moment: str, chance: random.Random) -> int:
    """Fork a worker that takes one message and dies at `moment`; return how it ended."""
    hears, tells = os.pipe()
    child = os.fork()
    if child == 0:
        os._exit(work(now, moment, tells))
    os.close(tells)
    # One byte: the lease is written. Without a byte the worker has ended.
    if os.read(hears, 1) and moment == "random":
        time.sleep(chance.random() * LATEST_KILL_SECONDS)
        os.kill(child, signal.SIGKILL)
    os.close(hears)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def work(now: datetime, moment: str, tells: int) -> int:
    """Send one message, unless the end comes first. A worker that finds nothing due says so and lives."""
    from traboule.apps.messages.actions import deliver_due
    from traboule.apps.messages.models import Message
    from traboule.core.actors import system
    from traboule.core.outbox import is_due

    def watch(reached: str) -> None:
        if reached == "leased":
            os.write(tells, b".")
        if reached == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    if not is_due(Message, now=now):
        return NOTHING_DUE
    deliver_due(by=system("worker"), now=now, limit=1, watch=watch)
    return ONE_DONE


def left_over() -> int:
    from traboule.apps.messages.enums import DeliveryState
    from traboule.apps.messages.models import Message

    return Message.everywhere.exclude(state=DeliveryState.SENT).count()


def is_good(figures: dict[str, Any]) -> bool:
    """Whether the figures meet their targets."""
    wanted = figures["messages"]
    nothing = ("lost", "unknown", "doubles_after_removing_copies", "left_over")
    return figures["accepted"] == wanted and not any(figures[name] for name in nothing)


def main() -> None:
    from benchmarks.databases import postgres_server, postgres_url, sqlite_url

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--database-url", action="append", default=[])
    parser.add_argument("--messages", type=int, default=500)
    asked = parser.parse_args()
    results = [measure(url, asked.messages) for url in asked.database_url]
    if not asked.database_url:
        with sqlite_url() as url:
            results.append(measure(url, asked.messages))
        if server := postgres_server():
            with postgres_url(server) as url:
                results.append(measure(url, asked.messages))
    for figures in results:
        print(json.dumps(figures, indent=2))
    sys.exit(0 if all(map(is_good, results)) else 1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        print(json.dumps(inside(int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        main()
