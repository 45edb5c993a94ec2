"""The audit log: one hash chain per scope, written in the same transaction as the fact.

Whoever alters, removes or inserts a row breaks the chain at that row, and ``check_chain`` finds it.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, models, transaction

from traboule.core.actors import Actor
from traboule.core.canonical import canonical_json, digest
from traboule.core.models import AuditEntry, AuditHead


class Flaw(StrEnum):
    """What can be wrong with a link."""

    MISSING = "missing"
    ALTERED = "altered"
    FACTS_ALTERED = "facts_altered"
    CUT_SHORT = "cut_short"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link of a chain that does not hold."""

    scope: str
    sequence: int
    flaw: Flaw


def scope_name(branch_id: int | None) -> str:
    """Return the name of the chain of a scope; None is the chain of what concerns them all."""
    return "" if branch_id is None else str(branch_id)


def record(
    *,
    by: Actor,
    now: datetime,
    branch_id: int | None,
    verb: str,
    subject_type: str,
    subject_id: object,
    facts: Mapping[str, Any],
) -> AuditEntry:
    """Append one entry to the chain of ``branch_id``. Must run inside the transaction of the fact itself.

    ``verb`` is in the past (``person.added``). ``facts`` holds codes, ids and dates: no names, no addresses,
    no floats.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "An audit entry is written in the transaction of its fact."
        )
    head = _lock_head(scope_name(branch_id))
    entry = AuditEntry(
        scope=head.scope,
        sequence=head.sequence + 1,
        at=now,
        actor_kind=by.kind.value,
        actor_id=by.id,
        verb=verb,
        subject_type=subject_type,
        subject_id=str(subject_id),
        facts=dict(facts),
        salt=secrets.token_hex(16),  # hides the facts behind their digest once they are erased
        previous_hash=head.entry_hash,
    )
    entry.facts_digest = digest(entry.salt, canonical_json(entry.facts))
    entry.facts = _as_stored(entry.facts)
    entry.entry_hash = _hash_of(entry)
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=head.pk).update(sequence=entry.sequence, entry_hash=entry.entry_hash)
    return entry


def check_chain(branch_id: int | None) -> Broken | None:
    """Walk one chain and return its first broken link, or None if the chain holds."""
    scope = scope_name(branch_id)
    expected, previous = 1, ""
    for entry in AuditEntry.objects.filter(scope=scope).order_by("sequence").iterator(chunk_size=2_000):
        flaw = _flaw_of(entry, expected, previous)
        if flaw is not None:
            return Broken(scope, expected, flaw)
        expected, previous = entry.sequence + 1, entry.entry_hash
    head = AuditHead.objects.filter(scope=scope).first()
    reached = (expected - 1, previous)
    if head is None:
        return None if reached == (0, "") else Broken(scope, expected - 1, Flaw.CUT_SHORT)
    return None if (head.sequence, head.entry_hash) == reached else Broken(scope, expected, Flaw.CUT_SHORT)


def chains() -> list[str]:
    """Return the names of all chains: the empty one is that of what concerns every scope."""
    heads = set(AuditHead.objects.values_list("scope", flat=True))
    return sorted(heads | set(AuditEntry.objects.values_list("scope", flat=True).distinct()))


def entries(branch_id: int | None) -> models.QuerySet[AuditEntry]:
    """Return the entries of one chain, the latest first."""
    return AuditEntry.objects.filter(scope=scope_name(branch_id)).order_by("-sequence")


def _lock_head(scope: str) -> AuditHead:
    locked = AuditHead.objects.select_for_update()
    head = locked.filter(scope=scope).first()
    if head is not None:
        return head
    try:
        with transaction.atomic():
            AuditHead.objects.create(scope=scope)
    except IntegrityError:  # somebody else wrote the first entry of this chain a moment ago
        pass
    return locked.get(scope=scope)


def _as_stored(facts: Mapping[str, Any]) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(canonical_json(facts))
    return stored


def _hash_of(entry: AuditEntry) -> str:
    body = {
        "scope": entry.scope,
        "sequence": entry.sequence,
        "at": entry.at,
        "actor_kind": entry.actor_kind,
        "actor_id": entry.actor_id,
        "verb": entry.verb,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "facts_digest": entry.facts_digest,
    }
    return digest(entry.previous_hash, canonical_json(body))


def _flaw_of(entry: AuditEntry, expected: int, previous: str) -> Flaw | None:
    if entry.sequence != expected:
        return Flaw.MISSING
    if entry.previous_hash != previous or entry.entry_hash != _hash_of(entry):
        return Flaw.ALTERED
    erased = entry.salt == "" and entry.facts == {}
    if not erased and entry.facts_digest != digest(entry.salt, canonical_json(entry.facts)):
        return Flaw.FACTS_ALTERED
    return None
