"""Tables that were handed out to those who pay: counts, and nobody's number. Written once."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.core.scope import Scoped


class HandedOut(Exception):
    """A table that was handed out stands: it is neither changed nor deleted."""


class HandedRows(models.QuerySet[Any]):
    """Bulk doors, closed. The database refuses too (``guards``)."""

    def update(self, **kwargs: Any) -> int:
        """Refuse."""
        raise HandedOut

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise HandedOut


class HandedTable(Scoped):
    """One table as it went out. A later one is held against it, and the same one is given again as it was.

    ``definitions``: indicator → version and fingerprint, in the order of the table. ``cells``: level down,
    level across, indicator, state, count (None: hidden). ``digest``: SHA-256 of what was said
    (``queries.handed``).
    """

    SEE = Permission.TABLES_SEE

    everywhere: ClassVar[Any] = HandedRows.as_manager()

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="handed_tables")
    down = models.CharField(_("rows by"), max_length=20)
    across = models.CharField(_("columns by"), max_length=20, blank=True)
    since = models.DateField(_("first duo from"), null=True)
    until = models.DateField(_("first duo until"), null=True)
    as_of = models.DateField(_("as of"))
    floor = models.PositiveSmallIntegerField(_("floor"))
    definitions = models.JSONField(_("definitions"))
    rows = models.JSONField(_("rows"))
    columns = models.JSONField(_("columns"))
    cells = models.JSONField(_("cells"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    handed_at = models.DateTimeField(_("handed out"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["pk"]
        indexes = [models.Index(fields=["branch", "as_of"], name="handed_table_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(floor__gte=2), name="handed_table_has_a_floor"),
            models.CheckConstraint(condition=~Q(digest="") & ~Q(down=""), name="handed_table_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.down} {self.as_of}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; refuse to write an old one again."""
        if not self._state.adding:
            raise HandedOut
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise HandedOut
