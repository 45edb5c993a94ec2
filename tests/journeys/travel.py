"""The demo while months go by in minutes: pages and worker of one test, with a clock that jumps ahead.

Both are served by one process each, which reads how far ahead of the real clock it is from a small file
before each request and each round. Time only goes forward: the days between are not lived through, they are
caught up with, as after a computer that slept. Nothing of the product knows about it.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from tests.journeys.server import PATIENCE, answers, environment, free_port

AHEAD = "ahead"
HOUSE = Path(__file__).parents[2]
ZONE = ZoneInfo("Europe/Paris")


@dataclass
class Travelling:
    """A demo whose pages and whose worker live at another time than the browser."""

    address: str
    var: Path
    worker: subprocess.Popen[str]
    ahead: timedelta = field(default_factory=timedelta)

    @property
    def now(self) -> datetime:
        """The moment that pages and worker live in."""
        return datetime.now(UTC) + self.ahead

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def to(self, day: date, hour: int = 9) -> None:
        """Jump ahead to an hour of a day, never back, and let the worker do what is due by then."""
        wanted = datetime.combine(day, clock_time(hour), tzinfo=ZONE)
        assert wanted > self.now, f"{wanted} lies behind {self.now}"
        self.ahead += wanted - self.now
        (self.var / AHEAD).write_text(str(self.ahead.total_seconds()), "utf-8")
        self.work()

    def work(self) -> str:
        """One round of the worker at the travelled time; what it said."""
        assert self.worker.stdin is not None
        assert self.worker.stdout is not None
        self.worker.stdin.write("\n")
        self.worker.stdin.flush()
        said = self.worker.stdout.readline().strip()
        assert said.startswith("done"), said or "the worker has ended"
        return said


@contextmanager
def travelling(stored: Path, folder: Path) -> Iterator[Travelling]:
    """Serve a copy of a demo that is loaded already, beside a worker; both start at the real time."""
    var = folder / "var"
    shutil.copytree(stored, var)
    port = free_port()
    words = [sys.executable, "-m", "tests.journeys.travel"]
    around: dict[str, Any] = {
        "cwd": HOUSE,
        "env": environment(var) | {"TRABOULE_ADDRESS": f"http://127.0.0.1:{port}"},
    }
    with (folder / "pages.log").open("w") as pages_log, (folder / "worker.log").open("w") as worker_log:
        pages = subprocess.Popen([*words, "serve", str(port)], stdout=pages_log, stderr=pages_log, **around)
        worker = subprocess.Popen(
            [*words, "work"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=worker_log,
            text=True,
            **around,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}", pages)
        yield Travelling(f"http://127.0.0.1:{port}", var, worker)
    finally:
        for process in (pages, worker):
            process.kill()
            process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if answers(address):
            return
        time.sleep(0.1)
    raise RuntimeError("the demo that travels did not start")


class Clock:
    """Brings the clock of this process to where the file says."""

    def __init__(self, file: Path) -> None:
        self.file, self.ahead, self.lock = file, 0.0, Lock()
        self.travel: time_machine.travel | None = None

    def follow(self) -> None:
        with self.lock:
            ahead = float(self.file.read_text("utf-8")) if self.file.exists() else 0.0
            if ahead == self.ahead:
                return
            if self.travel is not None:
                self.travel.stop()
            self.travel = time_machine.travel(datetime.now(UTC) + timedelta(seconds=ahead), tick=True)
            self.travel.start()
            self.ahead = ahead


def serve(port: int, clock: Clock) -> None:
    """Pages in one process; each request is answered at the travelled time."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from traboule.config.wsgi import application

    def at_that_time(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        clock.follow()
        answer: Iterable[bytes] = application(environ, start)
        return answer

    class Quiet(WSGIRequestHandler):
        def log_message(self, *words: object) -> None:
            pass

    server = ThreadedWSGIServer(("127.0.0.1", port), Quiet)
    server.daemon_threads = True
    server.set_app(at_that_time)  # type: ignore[arg-type]  # wsgiref's own names of the same types
    server.serve_forever()


def work(clock: Clock) -> None:
    """What `traboule worker --once` does, for each line that comes in."""
    import typer

    from traboule.cli.worker import worker

    told, sys.stdout = sys.stdout, sys.stderr
    for _line in sys.stdin:
        clock.follow()
        try:
            worker(once=True, every=20, ends_with_input=False)
        except typer.Exit as ended:
            told.write("done\n" if ended.exit_code == 0 else "a job has failed, see worker.log\n")
            told.flush()


if __name__ == "__main__":
    from traboule.cli._django import wake

    wake("demo", force=True)
    follows = Clock(Path(os.environ["TRABOULE_VAR"]) / AHEAD)
    if sys.argv[1] == "serve":
        serve(int(sys.argv[2]), follows)
    else:
        work(follows)
