"""Hooks through which what an earlier app must do reaches what later apps hold.

A later app registers its handler in its ``AppConfig.ready``; an earlier app runs them all, in that order.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Generic, TypeVar

H = TypeVar("H", bound=Callable[..., Any])


class Hook(Generic[H]):
    """A named list of handlers."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._handlers: dict[str, H] = {}

    def register(self, key: str, handler: H) -> None:
        """Add ``handler`` under ``key`` (its app); the same key again replaces it."""
        self._handlers[key] = handler

    def __iter__(self) -> Iterator[H]:
        return iter(self._handlers.values())

    def __len__(self) -> int:
        return len(self._handlers)


# merge(kept_id, dropped_id, by, now): settle what cannot stand twice, before what hangs on the dropped
# subject is pointed to the kept one (apps.people.actions.merging; undone with the rest).
ON_MERGE: Hook[Callable[..., None]] = Hook("merge")
# hangs(ids) -> sets of rows that a handler of ON_MERGE may change although they do not point to a subject
# themselves: what becomes of them stands in the merge's own record, like the rest.
HANGS_ON: Hook[Callable[..., Any]] = Hook("hangs_on")
# unmerged(ids, by, now): two records are two again; tell who has to hear of it.
ON_UNMERGE: Hook[Callable[..., None]] = Hook("unmerge")
# erase(subject_id, now): empty or delete what is held about a subject.
ON_ERASE: Hook[Callable[..., None]] = Hook("erase")
# export(subject_id) -> mapping of label to plain values.
ON_EXPORT: Hook[Callable[..., Any]] = Hook("export")
# steps(branch_id, today) -> open steps that a later app knows of (see apps.people.queries.today).
OPEN_STEPS: Hook[Callable[..., Any]] = Hook("open_steps")
# leaving(subject_id) -> codes of what still stands in the way of an archive or a pause.
STILL_OPEN: Hook[Callable[..., Any]] = Hook("still_open")
# owed(subject_id) -> codes of what is still to be settled with a subject: retention waits for it.
STILL_OWED: Hook[Callable[..., Any]] = Hook("still_owed")
# demo(loaded, programme, by, now): fill the tables of one app for the demo (see apps.pairing.actions.demo).
ON_DEMO: Hook[Callable[..., None]] = Hook("demo")
# tick(now): what an app does now and then, run by the worker; safe to run twice and after days asleep.
ON_TICK: Hook[Callable[..., None]] = Hook("tick")
# engaged(branch_id) -> ids of subjects who are taken up for now: they do not wait.
ENGAGED: Hook[Callable[..., Any]] = Hook("engaged")
# undecided(branch_id) -> ids of subjects about whom something is being decided: there is news to give.
UNDECIDED: Hook[Callable[..., Any]] = Hook("undecided")
# acceptance(application) -> codes of what is still missing before an application may be accepted.
ACCEPTANCE: Hook[Callable[..., Any]] = Hook("acceptance")
# away(person_id, day) -> bool: somebody said that they are away; what would remind or warn rests that day.
AWAY: Hook[Callable[..., bool]] = Hook("away")
# stands_in(person_id, duo_id, day) -> bool: somebody takes the place of the mentor of a duo on this day.
STANDS_IN: Hook[Callable[..., bool]] = Hook("stands_in")
# close(branch, closes_on, now): a branch closes; a later app calls off what lies on that day or after.
ON_CLOSE: Hook[Callable[..., None]] = Hook("close")
# heard(subject_id, by, now): something was told of a subject that answers what a later app would ask. In the
# transaction of the telling.
ON_HEARD: Hook[Callable[..., None]] = Hook("heard")
# exchanged(branch_id) -> mapping of subject id to the latest moment at which a mentor exchanged practice in a
# later app: a gathering of a group counts like a sitting of the training.
EXCHANGED: Hook[Callable[..., Any]] = Hook("exchanged")
# leave(person, now): what somebody who stops gives back in a later app: seats, places, dates. In the
# transaction of the stop, by the hand of the system: the person may not write what they hold.
ON_LEAVE: Hook[Callable[..., None]] = Hook("leave")


def is_away(person_id: int, day: date) -> bool:
    """Say whether anybody knows that this person is away on ``day``."""
    return any(away(person_id, day) for away in AWAY)


def may_stand_in(person_id: int, duo_id: int, day: date) -> bool:
    """Say whether this person takes the place of the mentor of a duo on ``day``."""
    return any(stands_in(person_id, duo_id, day) for stands_in in STANDS_IN)
