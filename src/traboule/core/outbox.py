"""The outbox: what leaves the house is a row first, written in the transaction of the fact it tells of.

A worker leases rows, sends them and writes down what became of them. Killed at any point it loses none: the
lease runs out and the row is sent again under the same ``uid``, by which a receiver knows a second copy.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

import structlog
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

WAITING, SENDING, FAILED = "waiting", "sending", "failed"
LEASE = timedelta(minutes=10)
# A provider may be down for a day and a night: the tries span about 40 hours.
MOST_TRIES = 18
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)

log = structlog.get_logger(__name__)


class Outgoing(models.Model):
    """Base of a table whose rows are sent by a worker. ``state`` holds the words of the app."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    due_at = models.DateTimeField(_("to be sent"))
    not_after = models.DateTimeField(_("stale from"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    lease = models.CharField(max_length=32, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    trouble = models.CharField(_("what went wrong"), max_length=200, blank=True)
    receipt = models.CharField(_("receipt"), max_length=120, blank=True)

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row: its new state, why, and what else to write on it."""

    state: str
    reason: str = ""
    values: dict[str, Any] = field(default_factory=dict)


class NotNow(Exception):
    """It did not go through this time, and may the next: no line, a slow or a full server.

    ``reason`` is what the row says while it waits; an app that can say more has a class of its own.
    """

    reason = "tries_again"


M = TypeVar("M", bound=Outgoing)
Watch = Callable[[str], None]


def unwatched(moment: str) -> None:
    """Hear a moment of the work and do nothing."""


def claim(model: type[M], *, now: datetime, limit: int, lease: timedelta = LEASE) -> list[M]:
    """Lease up to ``limit`` rows that are due, or whose worker died, and return them, the oldest first."""
    name = uuid4().hex
    with transaction.atomic():
        rows = model._base_manager.filter(_due(now)).order_by("due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        # SQLite has one writer at a time: its transactions begin IMMEDIATE (config.env).
        keys = list(rows.values_list("pk", flat=True)[:limit])
        model._base_manager.filter(pk__in=keys).update(
            state=SENDING, lease=name, leased_until=now + lease, attempts=F("attempts") + 1
        )
    return list(model._base_manager.filter(pk__in=keys, lease=name).order_by("due_at", "pk"))


def is_due(model: type[Outgoing], *, now: datetime) -> bool:
    """Say whether anything waits to be sent at ``now``."""
    return bool(model._base_manager.filter(_due(now)).exists())


def settle(row: Outgoing, outcome: Outcome) -> bool:
    """Write down what became of a leased row; False if the lease has passed to another worker."""
    values = {"state": outcome.state, "reason": outcome.reason, "leased_until": None, **outcome.values}
    return bool(type(row)._base_manager.filter(pk=row.pk, lease=row.lease).update(lease="", **values))


def work_off(
    model: type[M],
    *,
    now: datetime,
    send: Callable[[M], Outcome],
    after: Callable[[M, Outcome], None],
    limit: int = 20,
    watch: Watch = unwatched,
) -> int:
    """Send one batch of what is due; return how many rows it held.

    ``send`` talks to the outside and raises NotNow to be called again later; ``after`` runs in the
    transaction that writes the outcome. ``watch`` hears each moment; tests end the process there.
    """
    rows = claim(model, now=now, limit=limit)
    watch("leased")
    for row in rows:
        watch("sending")
        outcome = _tried(row, send, now)
        watch("accepted")
        with transaction.atomic():
            if settle(row, outcome):
                after(row, outcome)
            watch("settling")
        watch("settled")
    return len(rows)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after the n-th try: 1, 2, 4 … minutes, four hours at most."""
    doubled = int(2 ** min(max(attempts - 1, 0), 10))
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def _due(now: datetime) -> Q:
    """What waits for its moment, or was leased by a worker that did not come back."""
    return Q(state=WAITING, due_at__lte=now) | Q(state=SENDING, leased_until__lte=now)


def _tried(row: M, send: Callable[[M], Outcome], now: datetime) -> Outcome:
    reason = NotNow.reason
    try:
        return send(row)
    except NotNow as trouble:
        said, reason = str(trouble), trouble.reason
    except Exception as error:  # one row that nobody can send must not stop the others
        log.exception("outbox.unexpected", uid=str(row.uid))
        said = type(error).__name__
    if row.attempts >= MOST_TRIES:
        return Outcome(FAILED, "gave_up", {"trouble": said[:200]})
    again = now + pause_after(row.attempts)
    return Outcome(WAITING, reason, {"trouble": said[:200], "due_at": again})


def new_uid() -> UUID:
    """Return a new name for a row that is sent again on purpose."""
    return uuid4()
