"""The tables of the ground floor: audit log, links, drafts."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.core.actors import ActorKind


class AppendOnly(Exception):
    """An audit entry is written once: it is neither changed nor deleted."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Bulk doors to the audit log, closed."""

    def update(self, **kwargs: Any) -> int:
        """Refuse."""
        raise AppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise AppendOnly


class AuditHead(models.Model):
    """The last link of each chain; its row is locked while an entry is appended. One chain per scope."""

    scope = models.CharField(max_length=40, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    entry_hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.scope or 'all'} #{self.sequence}"


class AuditEntry(models.Model):
    """One thing that was done. Names of people never stand here: ids do, and pages look the names up.

    The hash covers a salted digest of ``facts``, not the facts: erasing the facts and the salt of an entry
    (erasure of a person) leaves the chain whole.
    """

    scope = models.CharField(max_length=40)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ActorKind])
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)
    facts_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    entry_hash = models.CharField(max_length=64)

    objects = AuditQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "sequence"], name="audit_one_entry_per_link"),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["scope", "at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.scope or 'all'} #{self.sequence} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry; refuse to write an old one again."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise AppendOnly


class Link(models.Model):
    """The right to open one thing, held by whoever holds the secret (see ``core.links``)."""

    digest = models.CharField(max_length=64, unique=True)
    right = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    scope = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    once = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="link_by_subject")]

    def __str__(self) -> str:
        return f"{self.right} {self.subject_type} {self.subject_id}"


class Draft(models.Model):
    """What somebody typed and has not sent yet (see ``core.drafts``); empty, with ``gone_at``, once sent."""

    owner = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    scope = models.BigIntegerField(null=True)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="draft_one_per_owner_and_form"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"


class LimitMark(models.Model):
    """Until when the allowance of one key is used up (see ``core.limits``). The key is a digest."""

    key = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key[:8]


class StoredFile(models.Model):
    """A checked file (see ``core.uploads``) under a name that says nothing, outside the web root.

    Each app has its own: row and file belong to one person and are erased with them.
    """

    file = models.FileField(max_length=120)
    name = models.CharField(_("file"), max_length=120)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    stored_at = models.DateTimeField(_("handed in"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"file {self.pk}"
