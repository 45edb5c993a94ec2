"""Messages of a branch, as pages list them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.kinds import Kind, kinds
from traboule.apps.messages.models import Beat, Message, Wording
from traboule.apps.people.enums import Channel, Permission
from traboule.apps.people.validators import fold
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

WORKER = "worker"
SILENT_AFTER = timedelta(hours=1)


def message_list(
    *, actor: Actor, branch: Branch, state: str = "", channel: str = "", kind: str = "", text: str = ""
) -> QuerySet[Message]:
    """Return the messages of a branch, the latest first; ``text`` looks for a person."""
    authorise(actor, Permission.MESSAGES_SEE, branch.pk)
    rows = Message.objects.visible_to(actor).filter(branch=branch).select_related("person")
    wanted = {"state": state, "channel": channel, "kind": kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    for word in fold(text).split():
        rows = rows.filter(person__search_key__contains=word)
    return rows.order_by("-created_at", "-pk")


def find_message(*, actor: Actor, branch: Branch, pk: int) -> Message:
    """Return one message of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.MESSAGES_SEE, branch.pk)
    rows = Message.objects.visible_to(actor).filter(branch=branch, pk=pk)
    found = rows.select_related("person", "branch__organisation").first()
    if found is None:
        raise NotVisible
    return found


def letters_to_print(limit: int = 20) -> list[Message]:
    """Return the letters that wait to be printed, of every branch; for the mailbox of the demo."""
    rows = Message.everywhere.filter(channel=Channel.LETTER, state=DeliveryState.HANDED)
    return list(rows.select_related("person", "branch").order_by("-created_at", "-pk")[:limit])


def message_by_uid(uid: str) -> Message | None:
    """Return the message that a receiver calls by its uid; for the system's own work."""
    try:
        name = UUID(uid)
    except ValueError:
        return None
    return Message.everywhere.filter(uid=name).select_related("person", "branch__organisation").first()


def state_counts(*, actor: Actor, branch: Branch) -> dict[str, int]:
    """Return how many messages of a branch stand in each state."""
    authorise(actor, Permission.MESSAGES_SEE, branch.pk)
    rows = Message.everywhere.filter(branch=branch).order_by().values("state").annotate(n=Count("pk"))
    counts = {row["state"]: row["n"] for row in rows}
    return {state.value: counts.get(state.value, 0) for state in DeliveryState}


@dataclass(frozen=True, slots=True)
class Health:
    """How the worker is: when it last ran, and whether it has been silent for an hour."""

    at: datetime | None
    is_silent: bool
    trouble: str
    overdue: int


def worker_health(*, now: datetime) -> Health:
    """Return how the worker is; ``overdue`` counts what should have gone out an hour ago."""
    beat = Beat.objects.filter(name=WORKER).first()
    late = Message.everywhere.filter(state=DeliveryState.WAITING, due_at__lt=now - SILENT_AFTER)
    return Health(
        at=beat.at if beat else None,
        is_silent=beat is None or beat.at < now - SILENT_AFTER,
        trouble=beat.trouble if beat else "",
        overdue=late.count(),
    )


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of message with the languages that the branch has worded itself."""

    kind: Kind
    own: tuple[str, ...]


def kind_rows(*, actor: Actor, branch: Branch) -> list[KindRow]:
    """Return every kind of message, by title."""
    authorise(actor, Permission.MESSAGES_SEE, branch.pk)
    own: dict[str, list[str]] = {}
    for code, language in Wording.everywhere.filter(branch=branch).values_list("kind", "language"):
        own.setdefault(code, []).append(language)
    rows = [KindRow(kind, tuple(sorted(own.get(kind.code, [])))) for kind in kinds()]
    return sorted(rows, key=lambda row: str(row.kind.title))


def wording_of(*, branch: Branch, kind: str, language: str) -> Wording | None:
    """Return the branch's own words, if it has any."""
    return Wording.everywhere.filter(branch=branch, kind=kind, language=language).first()


def languages() -> list[tuple[str, Any]]:
    """Return the languages in which people are written to: code and name."""
    return list(settings.LANGUAGES)
