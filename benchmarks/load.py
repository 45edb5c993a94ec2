"""How much the list pages bear: 10,000 applicants on PostgreSQL, served as in production.

    python benchmarks/load.py [--people 10000] [--seconds 8]

One gunicorn with two workers answers for everything. A page `hello` in the same server, without
middleware, is the measuring stick: 16 clients ask as fast as they are answered, and each list page is given
as a share of what hello reaches. Then requests arrive at 50 a second whatever happens (open loop), over all
list pages in turn; the time of an answer counts from the moment when its request was due.
"""

import argparse
import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.cookiejar import CookieJar
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.databases import postgres_server, postgres_url  # noqa: E402 -- the folder must be importable

CLIENTS, RATE, LONGEST = 16, 50, 0.400
SHARE = 0.01
COORDINATOR, DIRECTOR, OFFICER, ADVISER = "Claire Vasseur", "Agnès Morel", "Nadia Ferhat", "Élodie Perrin"
VISITOR = ""


def surroundings(url: str, var: Path) -> dict[str, str]:
    """The environment of the demo in the database at `url`."""
    return os.environ | {
        "DATABASE_URL": url,
        "TRABOULE_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "traboule.config.settings.demo",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "TRABOULE_LOG_LEVEL": "WARNING",
    }


def fill(url: str, var: Path, *, mentees: int, mentors: int) -> None:
    """The demo programme with so many people."""
    words = [sys.executable, "-m", "traboule.cli.main", "demo", "--no-serve"]
    words += ["--mentees", str(mentees), "--mentors", str(mentors)]
    subprocess.run(words, env=surroundings(url, var), check=True, cwd=var)


def fill_lists(url: str, var: Path) -> None:
    """What the demo has only a few of, so that every list has many lines."""
    words = [sys.executable, "-m", "benchmarks.crowd_way_in"]
    subprocess.run(words, env=surroundings(url, var), check=True, cwd=ROOT, capture_output=True)


def settle(url: str) -> None:
    """Let PostgreSQL count what was written, as it does by itself within a minute of quiet."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as there:
        there.execute("ANALYZE")


@contextmanager
def served(url: str, var: Path) -> Iterator[str]:
    """What is in the database at `url`, served on a free port as in production; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = [sys.executable, "-m", "gunicorn", "benchmarks.hello:application", "--workers", "2"]
    words += ["--bind", f"127.0.0.1:{port}", "--log-level", "error", "--backlog", "2048"]
    server = subprocess.Popen(words, env=surroundings(url, var), cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}/hello/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(address: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 -- our own server
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"nobody answers at {address}")


def sign_in(address: str, name: str = COORDINATOR) -> tuple[str, str]:
    """Enter the demo as `name`; the Cookie header, and the path of the first page."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{address}/demo/").read().decode()
    button = re.search(rf'value="(\d+)"(?:(?!value=").)*?{re.escape(name)}', page, re.DOTALL)
    button = button or re.search(rf"{re.escape(name)}(?:(?!</form>).)*?value=\"(\d+)\"", page, re.DOTALL)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if button is None or token is None:
        raise SystemExit("the demo's door has changed: no button to sign in with")
    fields = urlencode({"login": button[1], "csrfmiddlewaretoken": token[1]}).encode()
    referer = {"Referer": f"{address}/demo/"}
    door = urllib.request.Request(f"{address}/demo/", fields, referer)  # noqa: S310 -- our own server
    answer = browser.open(door)
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar), answer.url.removeprefix(address)


async def ask(port: int, path: str, cookie: str) -> tuple[int, int]:
    """One request on a connection of its own; status and bytes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n"
    writer.write(f"{head}Cookie: {cookie}\r\nConnection: close\r\n\r\n".encode())
    await writer.drain()
    answer = await reader.read(-1)
    writer.close()
    return int(answer[9:12] or b"0"), len(answer)


async def closed_loop(port: int, doors: Sequence[tuple[str, str]], seconds: float) -> float:
    """Answers a second that CLIENTS get who ask again as soon as they are answered; doors in turn."""
    until, count = time.perf_counter() + seconds, 0
    turn = cycle(doors)

    async def client() -> None:
        nonlocal count
        while time.perf_counter() < until:
            path, cookie = next(turn)
            status, _ = await ask(port, path, cookie)
            if status != 200:
                raise SystemExit(f"{path} answered with {status}")
            count += 1

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return count / (time.perf_counter() - started)


async def open_loop(port: int, pages: list[tuple[str, str]], seconds: float) -> list[float]:
    """Seconds of each answer, from the moment when it was due; RATE requests a second, the pages in turn.

    `pages` are paths, each with the cookie of who reads it.
    """
    started, waits = time.perf_counter() + 0.1, []

    async def one(number: int) -> None:
        due = started + number / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        path, cookie = pages[number % len(pages)]
        status, _ = await ask(port, path, cookie)
        if status != 200:
            raise SystemExit(f"{path} answered with {status}")
        waits.append(time.perf_counter() - due)

    await asyncio.gather(*(one(number) for number in range(int(RATE * seconds))))
    return waits


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measure(pages: Mapping[str, Sequence[str]], people: int = 10_000, seconds: float = 8.0) -> dict[str, Any]:
    """Shares of hello by page, and the open loop over all of them; ``pages`` by who reads them."""
    with place() as (url, var):
        fill(url, var, mentees=people, mentors=people // 4)
        fill_lists(url, var)
        settle(url)
        with served(url, var) as address:
            read = {path: [(path, cookie)] for path, cookie in addresses(address, pages)}
            return {"people": people} | press(address, read, seconds)


def addresses(address: str, pages: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Paths of pages, each with the cookie of who reads it; all in the branch of the coordinator.

    A page is named as it stands behind the address of the branch, or whole, with ``BRANCH`` in its place.
    """
    slug = sign_in(address)[1].split("/")[2]
    read = []
    for name, names in pages.items():
        cookie = sign_in(address, name)[0] if name else ""
        read += [
            (page.replace("BRANCH", slug) if page.startswith("/") else f"/b/{slug}/{page}", cookie)
            for page in names
        ]
    return read


@contextmanager
def place() -> Iterator[tuple[str, Path]]:
    """A PostgreSQL database and a folder of their own, gone afterwards."""
    server = postgres_server()
    if server is None:
        raise RuntimeError("no PostgreSQL to load: set TRABOULE_TEST_POSTGRES")
    with tempfile.TemporaryDirectory() as folder, postgres_url(server) as url:
        yield url, Path(folder)


Doors = Mapping[str, Sequence[tuple[str, str]]]
"""Pages by name: the paths under which they are asked for, each with the cookie of who reads it."""


def press(address: str, read: Doors, seconds: float) -> dict[str, Any]:
    """Each page as a share of hello, 16 clients at once; then 50 requests a second over all of them.

    `first_ms` says how long the very first answer of a page takes, the median over its doors: nothing is
    remembered of it yet, and nobody else asks.
    """
    port = int(address.rsplit(":", 1)[1])
    first = {name: median(took(port, *door) for door in doors) for name, doors in read.items()}
    for door in [door for doors in read.values() for door in doors] * 2:
        asyncio.run(ask(port, *door))  # each worker has its caches warm
    hello = asyncio.run(closed_loop(port, [("/hello/", "")], seconds / 2))
    rates = {name: asyncio.run(closed_loop(port, doors, seconds / 2)) for name, doors in read.items()}
    most = max(len(doors) for doors in read.values())
    turns = [doors[number % len(doors)] for number in range(most) for doors in read.values()]
    waits = asyncio.run(open_loop(port, turns, seconds * 2))
    return {
        "hello_a_second": round(hello),
        "shares": {path: round(rate / hello, 4) for path, rate in rates.items()},
        "a_second": {path: round(rate, 1) for path, rate in rates.items()},
        "first_ms": {path: round(found * 1000) for path, found in first.items()},
        "p50_ms": round(percentile(waits, 0.5) * 1000),
        "p95_ms": round(percentile(waits, 0.95) * 1000),
    }


def took(port: int, path: str, cookie: str) -> float:
    """Seconds of one answer."""
    started = time.perf_counter()
    asyncio.run(ask(port, path, cookie))
    return time.perf_counter() - started


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--pages", default="today/,people/,table/,duos/", help="separated by commas")
    asked = parser.parse_args()
    print(json.dumps(measure({COORDINATOR: asked.pages.split(",")}, asked.people, asked.seconds), indent=1))
