"""A file on its way in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import ImportState, Permission, Side
from traboule.apps.people.models.logins import Login
from traboule.core.scope import Scoped


class ImportRun(Scoped):
    """A table read from a file and the mapping of its columns; the rows are emptied once applied."""

    SEE = Permission.PEOPLE_IMPORT

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="import_runs")
    side = models.CharField(_("who they are"), max_length=10, choices=Side.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.STAGED
    )
    file_name = models.CharField(_("file"), max_length=200)
    # {"header": [...], "header_line": 1, "is_xlsx": false, "problems": [...]}
    shape = models.JSONField(default=dict)
    # [[line, [cells]], ...]
    rows = models.JSONField(default=list)
    # {header as written: column, "" for none}
    mapping = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    staged_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="import_runs")
    staged_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-staged_at"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="import_side_is_legal"),
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_is_legal"),
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(state=ImportState.APPLIED),
                name="import_applied_date_when_applied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"
