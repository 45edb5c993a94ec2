"""`traboule demo`: an invented programme in a browser, one word after the clone."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from traboule.cli._django import migrate, wake
from traboule.cli.progress import Teller

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler
    from gunicorn.app.base import BaseApplication

FIRST_PORT: Final = 8000
SEED: Final = 2026


def demo(
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over: the demo's data are deleted.")] = False,
    port: Annotated[
        int, typer.Option(help="Port; else the first free one from 8000.", show_default=False)
    ] = 0,
    serve: Annotated[bool, typer.Option(help="Serve the pages after loading.")] = True,
    worker: Annotated[bool, typer.Option(help="Run the worker beside the pages: messages go out.")] = True,
    mentors: Annotated[int, typer.Option(min=40, help="How many mentors.")] = 400,
    mentees: Annotated[int, typer.Option(min=40, help="How many mentees.")] = 400,
    seed: Annotated[int, typer.Option(min=0, help="The same seed, the same people.")] = SEED,
) -> None:
    """Fill a database of its own with an invented programme and show it in a browser."""
    if serve:
        port = port or free_port()
        # Links in messages lead here.
        os.environ.setdefault("TRABOULE_ADDRESS", f"http://127.0.0.1:{port}")
    wake("demo", force=True)
    if fresh:
        start_over()
    _say("Preparing the database …")
    migrate()
    with Teller() as teller:
        if run_demo(mentors=mentors, mentees=mentees, seed=seed, teller=teller):
            _say("The demo programme is loaded and its branches are matched.")
        else:
            _say("The demo programme is here already (start over with: make demo FRESH=1).")
    if serve:
        _serve(port, worker=worker)


def run_demo(*, mentors: int, mentees: int, seed: int, teller: Teller) -> bool:
    """Load the demo if the database is empty; return whether it was loaded now."""
    from django.utils import timezone

    from traboule.apps.branches.queries import organisation
    from traboule.apps.indicators.actions.demo_dashboards import fill_dashboards
    from traboule.apps.pairing.actions.demo import load_demo
    from traboule.core.actors import system
    from traboule.kernel.generator import programme
    from traboule.reference import occupations, places

    if organisation() is not None:
        return False
    now = timezone.now()
    teller("people", 0.0)
    invented = programme(
        mentors=mentors,
        mentees=mentees,
        seed=seed,
        as_of=timezone.localdate(now),
        places=places.communes("FR"),
        occupations=occupations.codes(),
        sectors=occupations.sectors(),
    )
    by = system("demo")
    loaded = load_demo(programme=invented, by=by, now=now, progress=teller)
    fill_dashboards(loaded=loaded, by=by, now=now)
    return True


def start_over() -> None:
    """Delete the demo's SQLite files; on another database empty its tables."""
    from django.conf import settings
    from django.core.management import call_command

    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        migrate()
        call_command("flush", interactive=False, verbosity=0)
        return
    for suffix in ("", "-journal", "-wal", "-shm"):
        Path(f"{database['NAME']}{suffix}").unlink(missing_ok=True)


def free_port(first: int = FIRST_PORT, tries: int = 50) -> int:
    """Return the first port from ``first`` that nobody listens on."""
    for port in range(first, first + tries):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {first} to {first + tries - 1}")


def _serve(port: int, *, worker: bool) -> None:
    from traboule.apps.people.queries import demo_people

    address = f"http://127.0.0.1:{port}/"
    _say(f"\n  Traboule runs at {address}\n\n  Sign in with one click at {address}demo/ as one of:")
    for name, role, place in demo_people():
        _say(f"    {name:<24} {role}{', ' + place if place else ''}")
    if worker:
        _say(f"\n  Messages go out to {address}mails/ (no mail leaves this computer).")
        start_worker()
    _say("\n  Stop with Ctrl+C.\n")
    _pages(port).run()


def _pages(port: int) -> "BaseApplication":
    """Return the server, to be run in this process: its children need not read again what is read here."""
    os.environ.setdefault("WEB_CONCURRENCY", "2")  # gunicorn's own word, read when it is imported

    from django.db import connections
    from gunicorn.app.base import BaseApplication
    from gunicorn.util import import_app

    class Pages(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            self.cfg.set("bind", f"127.0.0.1:{port}")
            self.cfg.set("preload_app", True)
            self.cfg.set("max_requests", 2000)
            self.cfg.set("loglevel", "warning")

        def load(self) -> "WSGIHandler":
            pages: WSGIHandler = import_app("traboule.config.wsgi")  # by name: no storey knows the one above
            connections.close_all()  # a child shares no connection
            return pages

    return Pages()


def start_worker() -> int:
    """Start the worker as a child that lives as long as this process and its children; return its id.

    The worker reads from a pipe to which nobody writes. Its other end stays open here and in the processes of
    the server. When the last of them is gone, however it ended, the pipe closes and the worker ends.
    """
    from django.conf import settings
    from django.db import connections

    connections.close_all()  # a child shares no connection
    hears, held = os.pipe()
    os.set_inheritable(held, True)
    words = [sys.executable, "-m", "traboule.cli.main", "worker", "--every", "3", "--ends-with-input"]
    # Its mails would fill the console.
    diary = Path(settings.TRABOULE_DEV_MAILBOX or "var/mailbox").parent / "worker.log"
    diary.parent.mkdir(parents=True, exist_ok=True)
    with diary.open("ab") as out:
        child = subprocess.Popen(words, stdin=hears, stdout=out, stderr=out)  # noqa: S603 -- fixed words
    os.close(hears)
    return child.pid


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
