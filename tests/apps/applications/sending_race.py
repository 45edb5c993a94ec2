"""Run in a process of its own: four devices save other groups of one draft at once, then all press "send"."""

import json
import multiprocessing
import sys
from typing import Any

import django

DEVICES, DRAFTS = 4, 10
GROUPS = ("who", "reach", "live", "work", "time", "agree")


def main() -> dict[str, Any]:
    """Make the drafts, race, count; the tables are there."""
    django.setup()
    from django.db import connections

    drafts = stage()
    connections.close_all()  # a forked child must not share a connection
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(DEVICES), context.Queue()
    racers = [context.Process(target=race, args=(n, drafts, barrier, results)) for n in range(DEVICES)]
    for racer in racers:
        racer.start()
    troubles = [trouble for _ in racers for trouble in results.get(timeout=120)]
    for racer in racers:
        racer.join(timeout=30)
    return {"troubles": troubles, **counted()}


def stage() -> list[int]:
    """Drafts of one branch, with nothing in them yet."""
    from tests.factories import people
    from tests.factories.applications import VISITOR
    from traboule.apps.applications.actions.applications import start_draft
    from traboule.apps.people.enums import Side

    branch = people.branch()
    same: dict[str, Any] = {"branch": branch, "side": Side.MENTEE, "language": "fr", "by": VISITOR}
    return [start_draft(**same, now=people.NOW).pk for _ in range(DRAFTS)]


def race(number: int, drafts: list[int], barrier: Any, results: Any) -> None:
    """One device: saves every fourth group of each draft, waits for the others, sends."""
    from tests.factories.applications import ANSWERS, VISITOR, send
    from tests.factories.people import NOW
    from traboule.apps.applications.actions.applications import save_answers
    from traboule.apps.applications.models import Application

    troubles = []
    try:
        for pk in drafts:
            barrier.wait(timeout=60)
            for group in GROUPS[number::DEVICES]:
                row = Application.everywhere.get(pk=pk)
                save_answers(application=row, answers={group: ANSWERS[group]}, by=VISITOR, now=NOW)
            barrier.wait(timeout=60)
            row = Application.everywhere.get(pk=pk)
            barrier.wait(timeout=60)
            send(row)
    except Exception as error:
        troubles.append(f"{type(error).__name__}: {error}")
        barrier.abort()
    results.put(troubles)


def counted() -> dict[str, int]:
    """What is there afterwards: each once a draft."""
    from traboule.apps.applications.models import Application
    from traboule.apps.messages.models import Message
    from traboule.apps.people.models import Consent, Person
    from traboule.apps.steps.models import OpenStep

    return {
        "whole": sum(set(row.answers) == set(GROUPS) for row in Application.everywhere.all()),
        "sent": Application.everywhere.filter(state="sent").count(),
        "people": Person.everywhere.count(),
        "messages": Message.everywhere.count(),
        "steps": OpenStep.everywhere.count(),
        "consents": Consent.everywhere.filter(purpose="programme").count(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()) + "\n")
