"""`traboule demo` runs the worker beside the pages: messages reach the mailbox, and both end together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.server import free_port

pytestmark = pytest.mark.slow
PATIENCE = 120.0
TELL = """
from datetime import timedelta
import django
django.setup()
from django.db import transaction
from django.utils import timezone
from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions import tell
from traboule.apps.people.enums import Channel
from traboule.core.actors import system
with transaction.atomic():
    told = tell(
        branch=Branch.objects.first(), kind="application.resume", event="1", address="+33698765432",
        channel=Channel.SMS, values={"first_name": "Selam", "link": "https://x/", "branch": "Lyon"},
        by=system("test"), now=timezone.now(),
    )
assert told is not None
"""


@pytest.fixture(scope="class")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo of these tests lives; it is filled once."""
    return tmp_path_factory.mktemp("demo")


def surroundings(place: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {**kept, "TRABOULE_VAR": str(place), "DJANGO_SETTINGS_MODULE": "traboule.config.settings.demo"}


@contextmanager
def demo(place: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The demo in a group of its own, as a terminal has it, from the moment when it serves."""
    command = [sys.executable, "-m", "traboule.cli.main", "demo", "--mentors", "40", "--mentees", "40"]
    command += ["--port", str(free_port()), *words]
    process = subprocess.Popen(
        command,
        env=surroundings(place),
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "Ctrl+C" in line:
                break
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


def of_group(group: int) -> list[str]:
    """The command lines of what still runs in a group; a zombie runs no more."""
    said = subprocess.run(
        # -ww: a command line is never cut, however deep the folder and however narrow the terminal.
        ["ps", "-e", "-ww", "-o", "pgid=,stat=,args="],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    rows = [line.split(None, 2) for line in said]
    return [row[2] for row in rows if len(row) == 3 and row[0] == str(group) and row[1][0] != "Z"]


def workers(group: int) -> list[str]:
    return [line for line in of_group(group) if "worker --every" in line]


def until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.2)
    return False


class TestDemoWithAWorker:
    """One process, so that the demo is loaded once."""

    def test_a_message_reaches_the_mailbox_and_one_signal_ends_all(self, place: Path) -> None:
        with demo(place) as process:
            assert until(lambda: len(workers(process.pid)) == 1)
            told = subprocess.run([sys.executable, "-c", TELL], env=surroundings(place), check=False)
            assert told.returncode == 0
            assert until(
                lambda: any("33698765432" in file.read_text() for file in place.glob("mailbox/*.json"))
            )
            os.killpg(process.pid, signal.SIGINT)  # what a terminal does on Ctrl+C
            assert until(lambda: of_group(process.pid) == [])
        assert "The worker has stopped." in (place / "worker.log").read_text()

    def test_the_worker_ends_with_a_server_that_is_asked_to_end_or_killed(self, place: Path) -> None:
        for end in (signal.SIGTERM, signal.SIGKILL):
            with demo(place) as process:
                assert until(lambda: len(workers(process.pid)) == 1)
                os.kill(process.pid, end)  # the server alone
                assert until(lambda: of_group(process.pid) == [])

    def test_without_a_worker_there_is_no_second_process(self, place: Path) -> None:
        with demo(place, "--no-worker") as process:
            assert until(lambda: len(of_group(process.pid)) == 3)  # the server and two who answer
            assert workers(process.pid) == []
            os.killpg(process.pid, signal.SIGTERM)
            assert until(lambda: of_group(process.pid) == [])
