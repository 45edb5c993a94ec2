"""The product itself, as `make demo` serves it, in a folder of its own and on a free port."""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import of_all_processes, template_file

TRABOULE = Path(sys.executable).parent / "traboule"
PATIENCE = 600.0  # seconds: a machine that has other work too is slow, not broken


@dataclass(frozen=True, slots=True)
class Running:
    """A demo that is served: where to read it, and the folder that holds its database."""

    address: str
    var: Path

    def ask(self, code: str) -> str:
        """Run a few lines beside the pages, in the database that they show; what they printed."""
        opened = "import django; django.setup()\nfrom traboule.core.scope import within\nwith within(None):\n"
        done = subprocess.run(
            [sys.executable, "-c", opened + textwrap.indent(textwrap.dedent(code).strip(), "    ")],
            cwd=self.var,
            env=environment(self.var) | {"DJANGO_SETTINGS_MODULE": "traboule.config.settings.demo"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def work_once(self) -> str:
        """One round of the worker beside the pages, as a timer runs it; what it said."""
        return self._run(str(TRABOULE), "worker", "--once")

    def day_of_news(self, email: str) -> str:
        """The days of waiting lie behind one person: the promised day is today, and its morning has come.

        Only this wait is moved, so that nothing else of the demo grows older. Then the worker does its round.
        """
        said = self._run(sys.executable, "-c", _WAITED, email)
        said += self.work_once()
        return said + self._run(sys.executable, "-c", _MORNING)

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            words,
            cwd=self.var,
            env=environment(self.var) | {"DJANGO_SETTINGS_MODULE": "traboule.config.settings.demo"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


_WAITED = """
import sys, django
django.setup()
from django.utils import timezone
from traboule.apps.messages.models import NextNews
from traboule.core.days import local_day
news = NextNews.everywhere.select_related("person__mentee", "person__branch").get(person__email=sys.argv[1])
mentee, today = news.person.mentee, local_day(timezone.now(), news.person.branch.timezone)
mentee.waiting_since -= news.next_on - today
news.next_on = today
mentee.save(update_fields=["waiting_since"])
news.save(update_fields=["next_on"])
"""
# News goes out at half past nine: whoever runs this before breakfast need not wait for it.
_MORNING = """
import django
django.setup()
from django.utils import timezone
from traboule.apps.messages.actions import deliver_due
from traboule.core.actors import system
now = timezone.localtime()
morning = now.replace(hour=9, minute=31)
while deliver_due(by=system("worker"), now=max(now, morning)):
    pass
"""


def environment(var: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return kept | {"TRABOULE_VAR": str(var), "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo(folder: Path, stored: Path | None = None, *, worker: bool = True) -> Iterator[Running]:
    """Serve a demo of its own: a copy of the one in ``stored``, or one that is loaded now.

    Without a worker no message goes out. TRABOULE_TEST_SITE names a demo that runs already, TRABOULE_VAR its
    folder.
    """
    if running := os.environ.get("TRABOULE_TEST_SITE"):
        yield Running(running, Path(os.environ.get("TRABOULE_VAR", "var")).resolve())
        return
    if stored is None:
        begin_migrated(folder / "var")
    else:
        shutil.copytree(stored, folder / "var")
    port = free_port()
    log = folder / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [TRABOULE, "demo", "--port", str(port), "--worker" if worker else "--no-worker"],
            cwd=folder,
            env=environment(folder / "var"),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Running(wait_for(process, log), folder / "var")
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def stored(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A demo to be copied; None where one runs already."""
    if os.environ.get("TRABOULE_TEST_SITE"):
        return None
    return loaded_once(of_all_processes(tmp_path_factory) / "stored")


def loaded_once(shared: Path) -> Path:
    """The whole demo, loaded by the first process of a run that asks; the others wait for it."""
    with done_once(shared) as first:
        if first:
            load(shared)
    return shared / "var"


@contextmanager
def done_once(folder: Path) -> Iterator[bool]:
    """Whether this process is the first of a run that comes through with what fills the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        done = folder / "done"
        yield not done.exists()
        done.touch()


def load(folder: Path, people: int = 400, seed: int | None = None) -> Path:
    """Load a demo of so many mentors and mentees without serving it; return its folder."""
    begin_migrated(folder / "var")
    many = ["--mentors", str(people), "--mentees", str(people)]
    many += [] if seed is None else ["--seed", str(seed)]
    subprocess.run(
        [TRABOULE, "demo", "--no-serve", *many],
        cwd=folder,
        env=environment(folder / "var"),
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    return folder / "var"


def begin_migrated(var: Path) -> None:
    """Put the migrated tables where the demo looks for its database: migrating takes as long as loading."""
    var.mkdir(parents=True)
    shutil.copy(template_file(), var / "demo.sqlite3")


def wait_for(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        found = re.search(r"http://(?:127\.0\.0\.1|localhost):\d+", log.read_text("utf-8"))
        if found and answers(found.group()):
            return found.group().replace("localhost", "127.0.0.1")
        time.sleep(0.1)
    raise RuntimeError("the demo did not start:\n" + log.read_text("utf-8")[-3000:])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False
