"""Versions of definitions that staff decided. They are added to, never rewritten (``guards``)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.models import Login


class DefinitionVersion(models.Model):
    """One wording of an indicator, for the whole programme: branches that count otherwise compare nothing.

    ``definition``: the kernel's plain values; its ``author`` is the association, so that no name of a person
    is hashed. ``fingerprint``: SHA-256 of their canonical bytes.
    """

    name = models.CharField(_("name"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"))
    definition = models.JSONField(_("definition"))
    fingerprint = models.CharField(_("SHA-256"), max_length=64)
    decided_on = models.DateField(_("decided on"))
    why = models.CharField(_("why"), max_length=300)
    decided_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="definition_version_once"),
            models.CheckConstraint(condition=Q(version__gte=2), name="definition_version_1_is_shipped"),
            models.CheckConstraint(condition=~Q(why=""), name="definition_version_says_why"),
            models.CheckConstraint(condition=~Q(fingerprint=""), name="definition_version_is_hashed"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"
