"""What somebody lives who has just cloned the repository: `make demo`, again, `make test`; and `.ci/run`."""

import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+\S*")
CLOSING = re.compile(r"=+ (.*(?:passed|failed|error).*) =+")


@contextmanager
def clone() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="traboule-clone-") as folder:
        place = Path(folder) / "traboule"
        subprocess.run(["git", "clone", "--quiet", ROOT, place], check=True)
        yield place


def surroundings(**more: str) -> dict[str, str]:
    """The environment without what this very process set for its own tests or virtual environment."""
    dropped = {"DATABASE_URL", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL"}
    return {name: value for name, value in os.environ.items() if name not in dropped} | more


def first_page(place: Path) -> float:
    """Seconds from `make demo` to the first page that answers; the server is stopped again."""
    started = time.monotonic()
    process = subprocess.Popen(
        ["make", "demo"],
        cwd=place,
        env=surroundings(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said: list[str] = []
    try:
        for line in process.stdout or []:
            said.append(line)
            found = ADDRESS.search(line)
            if found and answers(found.group()):
                return time.monotonic() - started
        raise RuntimeError("make demo ended without a page:\n" + "".join(said[-30:]))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def answers(address: str, patience: float = 60) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310 -- an address on this machine
                return page.status == 200
        except OSError:
            time.sleep(0.1)
    return False


def closing_line(said: str) -> str:
    lines = CLOSING.findall(said)
    return lines[-1] if lines else "no closing line"


def run(place: Path, *command: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=place, env=surroundings(), capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-2000:])
    return done


def demo_and_tests() -> dict[str, Any]:
    with clone() as place:
        first = first_page(place)
        weight = int(run(place, "du", "-sm", ".venv").stdout.split()[0])
        second = first_page(place)
        started = time.monotonic()
        done = run(place, "make", "test")
        return {
            "first": first,
            "second": second,
            "venv_mb": weight,
            "tests": closing_line(done.stdout),
            "tests_ok": done.returncode == 0,
            "tests_seconds": time.monotonic() - started,
        }


def whole_verdict() -> tuple[int, float, str]:
    """Exit code, seconds and closing line of `.ci/run` on a clean clone."""
    with clone() as place:
        started = time.monotonic()
        done = run(place, "./.ci/run")
        return done.returncode, time.monotonic() - started, closing_line(done.stdout)
