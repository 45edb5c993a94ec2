"""A worker that is killed at every step of every message: each one is accepted, and none twice.

    python benchmarks/outbox.py [--database-url URL …] [--messages 500]

Half of the messages are e-mails to a real SMTP server on this machine, half are text messages to an HTTP
provider. Six rounds; in each, one worker process per message is ended with SIGKILL at one step: when the
lease is written, before sending, after the receiver said "accepted", at a random moment before its note,
inside the transaction that writes the outcome, after it. Then one worker finishes. Each kill is written down
with the message that it hit. A receiver may get a copy twice (it cannot be otherwise when the worker dies
between "accepted" and its own note): it knows copies by their id.
Targets: every message was hit at every step and accepted, exactly one after removing copies, none lost, none
left over.

Without an address it runs on a SQLite file and, where one is reachable, on PostgreSQL, in a database of its
own, both at once. Workers are forked from a process that has everything loaded: a kill costs no start.
"""

import argparse
import gc
import json
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

ROUNDS = ("leased", "sending", "accepted", "random", "settling", "settled")
NOON = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)  # a Tuesday morning: no quiet hours for two hours to come
NOTHING_DUE, ONE_DONE = 0, 3
LATEST_KILL_SECONDS = 0.03
SAID_EVERY_SECONDS = 10
NAME = struct.Struct("q")  # how a worker says which message it leased


def measure(database_url: str, messages: int = 500) -> dict[str, Any]:
    """Kill workers over `messages` messages on the database at `database_url` and return the figures.

    Runs in a process of its own. Raises RuntimeError if that breaks down.
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
        # What goes wrong, and how far it is, is said on the standard error.
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False
        )
    if done.returncode != 0:
        raise RuntimeError(f"the run on {database_url.partition(':')[0]} broke down: see above")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure_all(urls: dict[str, str], messages: int = 500) -> dict[str, dict[str, Any]]:
    """The figures of several databases, by their names, measured at the same time."""
    with ThreadPoolExecutor(len(urls)) as pool:
        begun = {name: pool.submit(measure, url, messages) for name, url in urls.items()}
        return {name: run.result() for name, run in begun.items()}


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

    # Django reads the backend when it first sends; the test settings keep mail in memory.
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    call_command("migrate", verbosity=0)
    wanted = write_messages(messages)
    vendor = connection.vendor
    warm_up()
    connections.close_all()  # a forked child must not share a connection
    started, chance = time.perf_counter(), random.Random(messages)
    hits: dict[str, set[int]] = {}
    for number, moment in enumerate(ROUNDS):
        now = NOON + timedelta(minutes=11 * number)  # the leases of the round before have run out
        hits[moment] = one_round(vendor, now, moment, chance, messages)
    while one_worker(NOON + timedelta(minutes=11 * len(ROUNDS)), "", chance)[0] != NOTHING_DUE:
        pass
    seconds = time.perf_counter() - started
    took = Counter(line.split()[1] for line in book.read_text("utf-8").splitlines())
    return {
        "database": vendor,
        "messages": len(wanted),
        "kills": sum(map(len, hits.values())),
        "kills_by_step": {moment: len(found) for moment, found in hits.items()},
        "hit_at_every_step": len(set.intersection(*hits.values())),
        "accepted": len(wanted & took.keys()),
        "lost": len(wanted - took.keys()),
        "unknown": len(took.keys() - wanted),
        "copies_known_by_id": sum(took.values()) - len(took),
        "doubles_after_removing_copies": 0 if len(took) <= len(wanted) else len(took) - len(wanted),
        "left_over": left_over(),
        "seconds": round(seconds, 1),
    }


def one_round(vendor: str, now: datetime, moment: str, chance: random.Random, messages: int) -> set[int]:
    """Kill workers at `moment` until nothing is due any more; the messages that were hit."""
    hit: set[int] = set()
    said = started = time.monotonic()
    while True:
        ended, name = one_worker(now, moment, chance)
        if ended == NOTHING_DUE:
            break
        if ended == -signal.SIGKILL:
            hit.add(name)
        if time.monotonic() - said > SAID_EVERY_SECONDS:
            said = time.monotonic()
            tell_progress(f"{vendor}: {moment}, {len(hit)} of {messages}")
    tell_progress(f"{vendor}: {moment} done, {len(hit)} kills in {time.monotonic() - started:.0f} s")
    return hit


def tell_progress(words: str) -> None:
    print(f"     {words}", file=sys.stderr, flush=True)


def warm_up() -> None:
    """Load what a worker loads on its first message, once for all of them: they are forked from here."""
    import httpcore  # noqa: F401 -- httpx fetches it with the first request
    import httpx

    from traboule.apps.messages.models import Message
    from traboule.apps.messages.post import as_mail
    from traboule.apps.messages.sms import trusted
    from traboule.apps.people.enums import Channel

    for message in Message.everywhere.filter(channel=Channel.EMAIL)[:1]:
        as_mail(message).message().as_bytes()  # addresses of the site, words of the language
    with httpx.Client(verify=trusted()):
        pass
    gc.collect()
    gc.freeze()  # what is loaded stays shared between the forks


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


def one_worker(now: datetime, moment: str, chance: random.Random) -> tuple[int, int]:
    """Fork a worker that takes one message and dies at `moment`; how it ended, and its message."""
    hears, tells = os.pipe()
    child = os.fork()
    if child == 0:
        os._exit(work(now, moment, tells))
    os.close(tells)
    # The name of the message: the lease is written. Without it the worker has ended.
    said = os.read(hears, NAME.size)
    if said and moment == "random":
        time.sleep(chance.random() * LATEST_KILL_SECONDS)
        os.kill(child, signal.SIGKILL)
    os.close(hears)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), NAME.unpack(said)[0] if said else 0


def work(now: datetime, moment: str, tells: int) -> int:
    """Send one message, unless the end comes first. A worker that finds nothing due says so and lives."""
    from traboule.apps.messages.actions import deliver_due
    from traboule.core import outbox
    from traboule.core.actors import system

    lease, held = outbox.claim, []

    def claim(*given: Any, **named: Any) -> Any:
        rows = lease(*given, **named)
        if rows:
            held.append(rows[0].pk)
            os.write(tells, NAME.pack(rows[0].pk))
        return rows

    def watch(reached: str) -> None:
        # "leased" is said of an empty batch too.
        if reached == moment and held:
            os.kill(os.getpid(), signal.SIGKILL)
        if reached == "settling" and moment == "random":
            signal.pause()  # killed at a random moment up to here; what follows has rounds of its own

    outbox.claim = claim  # only to hear which message it is
    sent = deliver_due(by=system("worker"), now=now, limit=1, watch=watch)
    return ONE_DONE if sent else NOTHING_DUE


def left_over() -> int:
    from traboule.apps.messages.enums import DeliveryState
    from traboule.apps.messages.models import Message

    return Message.everywhere.exclude(state=DeliveryState.SENT).count()


def is_good(figures: dict[str, Any]) -> bool:
    """Whether the figures meet their targets."""
    wanted = figures["messages"]
    nothing = ("lost", "unknown", "doubles_after_removing_copies", "left_over")
    whole = figures["accepted"] == figures["hit_at_every_step"] == wanted
    return whole and not any(figures[name] for name in nothing)


def main() -> None:
    from benchmarks.databases import postgres_server, postgres_url, sqlite_url

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--database-url", action="append", default=[])
    parser.add_argument("--messages", type=int, default=500)
    asked = parser.parse_args()
    with ExitStack() as stack:
        urls = {url: url for url in asked.database_url}
        if not urls:
            urls["SQLite"] = stack.enter_context(sqlite_url())
            if server := postgres_server():
                urls["PostgreSQL"] = stack.enter_context(postgres_url(server))
        results = measure_all(urls, asked.messages)
    for figures in results.values():
        print(json.dumps(figures, indent=2))
    sys.exit(0 if all(map(is_good, results.values())) else 1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        print(json.dumps(inside(int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        main()
