"""The product itself, as `make demo` serves it, in a folder of its own and on a free port."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TRABOULE = Path(sys.executable).parent / "traboule"
PATIENCE = 180.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Set up and serve the demo; the address of its first page.

    TRABOULE_TEST_SITE names a demo that runs already, for whoever writes these tests.
    """
    if running := os.environ.get("TRABOULE_TEST_SITE"):
        yield running
        return
    port = free_port()
    log = folder / "server.log"
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment |= {"TRABOULE_VAR": str(folder / "var"), "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
    with log.open("w") as out:
        process = subprocess.Popen(
            [TRABOULE, "demo", "--port", str(port)],
            cwd=folder,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield wait_for(process, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


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
