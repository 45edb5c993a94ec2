"""Which rows changed since a moment, read off the audit log: it has an entry for every write."""

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast

from traboule.core.audit import scope_name
from traboule.core.models import AuditEntry


def written_since(scope: int, subject_type: str, key: str, since: datetime) -> Exists:
    """Return a condition: the log of ``scope`` names the row under ``key`` as subject, at ``since`` or later.

    ``key`` is a field of the outer query. Entries are found by subject: the cost does not grow with the log.
    """
    entries = AuditEntry.objects.filter(
        scope=scope_name(scope),
        subject_type=subject_type,
        subject_id=Cast(OuterRef(key), CharField()),
        at__gte=since,
    )
    return Exists(entries)


def was_written(scope: int, verbs: tuple[str, ...], since: datetime) -> bool:
    """Say whether one of ``verbs`` happened in ``scope``: one entry that stands for many rows."""
    return AuditEntry.objects.filter(scope=scope_name(scope), verb__in=verbs, at__gte=since).exists()
