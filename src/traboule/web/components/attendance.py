"""Marking who came, in a basement without signal: the server's half, for any list of people.

How to use it for another list (the training does):

1. A page includes ``parts/attendance_list.html`` with ``lines`` (see ``Line``), ``states`` (code, words), a
   name of the list (``list_name``), ``rows_url`` and ``worker_url``, and loads ``traboule/attendance.js``.
   Without JavaScript the same form is posted to the page itself: ``marks_of_form`` reads it.
2. ``rows_url`` is a POST address that answers with ``answer_rows(request, states=…, now=…, mark=…)``. JSON:
   ``{"rows": [{"subject": 12, "state": "came", "at": "2026-03-02T18:05:00Z", "key": "…", "seen": ""}]}``.
   ``key`` is drawn by the phone, once per mark; ``seen`` is what the list said when the mark was made.
3. ``mark(mark) -> Outcome`` calls the action. The action is idempotent by ``key`` and says who marked
   otherwise, and when; then a human decides, and the phone sends the decision under a new key.
4. ``worker_url`` answers with ``worker()``: it lies beside the page, so that it governs this page alone.

What the phone keeps: marks (numbers, states, times, keys) until they are sent; a copy of the page from the
moment when the signal goes until everything is sent. Both are deleted then.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from traboule.web.templatetags.traboule import say_moment

MOST_ROWS = 500
LONGEST_KEY = 40
OLDEST = timedelta(days=14)
LARGEST = 200_000
STATE_FIELD, SEEN_FIELD = "mark-", "seen-"
WORKER_FILE = "traboule/attendance_worker.js"


class BadRows(ValueError):
    """What was sent is no list of marks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as it was made. ``key`` is empty when it comes from the plain form."""

    subject: int
    state: str
    at: datetime
    key: str
    seen: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mark: ``saved``, ``conflict`` (somebody marked otherwise) or ``gone``."""

    result: str
    by: str = ""
    at: datetime | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list. ``conflict`` holds who marked otherwise, for the page without JavaScript."""

    subject: int
    name: str
    detail: str
    state: str
    said: str = ""
    conflict: Outcome | None = None


SAVED = Outcome("saved")
GONE = Outcome("gone")
MakeMark = Callable[[Mark], Outcome]


def parse_rows(body: bytes, *, states: Collection[str], now: datetime) -> list[Mark]:
    """Return the marks of a request. Raises BadRows for anything that is no list of marks."""
    if len(body) > LARGEST:
        raise BadRows("too large")
    try:
        sent = json.loads(body)
        rows = sent["rows"]
        if not isinstance(rows, list) or len(rows) > MOST_ROWS:
            raise BadRows("no list of marks")
        return [_mark(row, states, now) for row in rows]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadRows(str(error)) from error


def _mark(row: Mapping[str, Any], states: Collection[str], now: datetime) -> Mark:
    subject, state, key, seen = row["subject"], row["state"], row["key"], row.get("seen", "")
    if not isinstance(subject, int) or isinstance(subject, bool) or not 0 < subject < 2**63:
        raise BadRows("subject")
    if state not in states or (seen and seen not in states):
        raise BadRows("state")
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY or not key.isascii():
        raise BadRows("key")
    at = parse_datetime(row["at"])
    if at is None or not is_aware(at):
        raise BadRows("at")
    return Mark(subject, state, min(max(at, now - OLDEST), now), key, seen)


def marks_of_form(data: QueryDict, *, states: Collection[str], now: datetime) -> list[Mark]:
    """Return what the plain form says differently from what it showed."""
    found = []
    for name, value in data.items():
        number = name.removeprefix(STATE_FIELD)
        if not name.startswith(STATE_FIELD) or not number.isdecimal() or str(value) not in states:
            continue
        seen = str(data.get(f"{SEEN_FIELD}{number}", ""))
        if value != seen:
            found.append(Mark(int(number), str(value), now, "", seen if seen in states else ""))
    return found[:MOST_ROWS]


def answer_rows(
    request: HttpRequest, *, states: Mapping[str, str], now: datetime, mark: MakeMark
) -> HttpResponse:
    """Write each mark and answer, row by row, what became of it; words are ready to be shown."""
    try:
        rows = parse_rows(request.body, states=states, now=now)
    except BadRows:
        return JsonResponse({"rows": []}, status=400)
    return JsonResponse({"rows": [_said(row, mark(row), states) for row in rows]})


def _said(row: Mark, outcome: Outcome, states: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": row.key,
        "subject": row.subject,
        "result": outcome.result,
        "by": outcome.by,
        "at": say_moment(outcome.at),
        "state": outcome.state,
        "words": str(states.get(outcome.state, "")),
    }


def worker(name: str = WORKER_FILE) -> HttpResponse:
    """Answer with the script that opens the page again without a network; it governs its own folder alone."""
    from django.contrib.staticfiles import finders
    from django.contrib.staticfiles.storage import staticfiles_storage

    found = finders.find(name)
    if found:
        with open(found, encoding="utf-8") as file:
            text = file.read()
    else:
        with staticfiles_storage.open(name) as file:
            text = file.read().decode()
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")
