"""`traboule worker`: sends what is due and keeps the promises of dates, until it is told to stop."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType
from typing import Annotated, Final

import typer

from traboule.cli._django import wake

EPILOG = """
[bold]Example[/bold]

  traboule worker            in a service of its own, next to the pages
  traboule worker --once     from a timer, every minute

Several may run at once. One that slept for days catches up and leaves out what is stale.
"""
TICK_EVERY: Final = timedelta(minutes=5)
_stop = threading.Event()


def worker(
    once: Annotated[bool, typer.Option("--once", help="Do what is due, then end.")] = False,
    every: Annotated[int, typer.Option(min=1, max=3600, help="Seconds between two looks.")] = 20,
    ends_with_input: Annotated[
        bool, typer.Option("--ends-with-input", help="End when the standard input closes, as a child does.")
    ] = False,
) -> None:
    """Send what is due: messages, news for those who wait, reminders. Ends cleanly on SIGTERM."""
    wake()
    if ends_with_input:
        threading.Thread(target=_wait_for_the_end_of_input, daemon=True).start()
    from django.db import close_old_connections
    from django.utils import timezone

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _asked_to_stop)
    _say("The worker runs." if not once else "One round.")
    ticked: datetime | None = None
    while not _stop.is_set():
        close_old_connections()
        now = timezone.now()
        is_tick = ticked is None or now - ticked >= TICK_EVERY
        if is_tick:
            ticked = now
        sent, trouble = run_round(now=now, tick=is_tick, stop=_stop)
        if sent or trouble or once:
            _say(f"{now:%Y-%m-%d %H:%M:%S} UTC: {sent} messages{'; ' + trouble if trouble else ''}")
        if once:
            raise typer.Exit(1 if trouble else 0)
        _stop.wait(every)
    _say("The worker has stopped.")


def run_round(*, now: datetime, tick: bool = True, stop: threading.Event | None = None) -> tuple[int, str]:
    """Run the jobs of every app, then send all that is due; return how many messages, and what went wrong.

    A job that fails stops no other; a batch ends before the worker does.
    """
    from django.utils import timezone

    from traboule.apps.messages.actions import beat, deliver_due
    from traboule.core.actors import system
    from traboule.core.registry import ON_TICK

    troubles = [_tried(job, now) for job in ON_TICK] if tick else []
    sent = 0
    try:
        moment = now
        while count := deliver_due(by=system("worker"), now=moment):
            sent += count
            if stop is not None and stop.is_set():
                break
            # A long batch must not lease by an old clock; tests that give a later day keep it.
            moment = max(now, timezone.now())
    except Exception as error:
        troubles.append(_told("outbox", error))
    trouble = ", ".join(filter(None, troubles))
    beat(now=now, trouble=trouble)
    return sent, trouble


def _tried(job: Callable[..., None], now: datetime) -> str:
    try:
        job(now)
    except Exception as error:
        return _told(getattr(job, "__name__", "job"), error)
    return ""


def _told(name: str, error: Exception) -> str:
    import structlog

    structlog.get_logger(__name__).exception("worker.trouble", job=name)
    return f"{name}: {type(error).__name__}"


def _asked_to_stop(number: int, frame: FrameType | None) -> None:
    _stop.set()


def _wait_for_the_end_of_input() -> None:
    # The descriptor itself: a thread that holds sys.stdin would keep the interpreter from ending.
    while os.read(0, 1024):
        pass
    _stop.set()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
