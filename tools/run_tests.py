"""`make test`: every test on SQLite, the data tests on PostgreSQL too, one verdict and one closing line.

The PostgreSQL run goes first and hands its reports to the second run, whose closing line then counts both.
"""

import argparse
import os
import subprocess
import sys
import time

from surroundings import ROOT, database_url, postgres

HANDOVER = ROOT / "var" / "tests" / "postgresql.json"
# The tests that touch a database: the same files, the other engine. Most of the command line knows none.
DATA_TESTS = ["tests/core", "tests/apps", "tests/web", "tests/api", "tests/cli/test_init_and_demo.py"]


def pytest(*arguments: str, **environment: str) -> int:
    command = [sys.executable, "-m", "pytest", "-n", workers(), *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode


def workers() -> str:
    """Two more than there are cores: a worker that drives a browser mostly waits."""
    return os.environ.get("TRABOULE_TEST_WORKERS") or str(min(8, (os.cpu_count() or 2) + 2))


def only(*marks: str) -> list[str]:
    """The words for pytest that leave out what these marks name."""
    return ["-m", " and ".join(marks)] if marks else []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="the slow tests too")
    options, rest = parser.parse_known_args()
    options.all |= os.environ.get("CI", "").lower() in {"1", "true", "yes"}  # in CI nothing may be left out
    leave_out = [] if options.all else ["not slow"]
    os.environ["TRABOULE_TEST_ALL"] = "1" if options.all else ""
    HANDOVER.unlink(missing_ok=True)
    started = time.monotonic()
    server = postgres()
    verdict = 0
    if server:
        print("Data tests on PostgreSQL", flush=True)
        paths = [path for path in DATA_TESTS if (ROOT / path).exists()]
        verdict = pytest(
            *only(*leave_out),
            *rest,
            *paths,
            DATABASE_URL=database_url(server, f"traboule_{os.getpid()}"),
            TRABOULE_TEST_HAND_OVER=str(HANDOVER),
        )
        print(f"PostgreSQL took {time.monotonic() - started:.0f} s. All tests on SQLite", flush=True)
    os.environ.pop("DATABASE_URL", None)
    second = pytest(
        *only(*leave_out), *rest, TRABOULE_TEST_TAKE_OVER=str(HANDOVER), TRABOULE_TEST_POSTGRES=server or ""
    )
    return second or verdict


if __name__ == "__main__":
    sys.exit(main())
