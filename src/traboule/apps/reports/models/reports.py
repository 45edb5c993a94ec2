"""What was issued: written once, by the application and by the database."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.apps.reports.enums import FileForm, ReportKind
from traboule.apps.reports.models.drafts import ReportHead
from traboule.core.scope import Scoped


class Issued(Exception):
    """An issued report stands: it is neither changed nor deleted."""


class IssuedRows(models.QuerySet[Any]):
    """Bulk doors to what was issued, closed. The database refuses too (``guards``)."""

    def update(self, **kwargs: Any) -> int:
        """Refuse."""
        raise Issued

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise Issued


class WrittenOnce(Scoped):
    """Base of what is written once."""

    everywhere: ClassVar[Any] = IssuedRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; refuse to write an old one again."""
        if not self._state.adding:
            raise Issued
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise Issued


class Report(WrittenOnce, ReportHead):
    """An issued report. ``frozen``: what ``queries.content`` made, canonical JSON; ``digest`` its SHA-256.

    ``number`` counts from 1 without a gap, per branch and kind.
    """

    SEE = Permission.FIGURES_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField(_("number"))
    note = models.CharField(_("note"), max_length=600, blank=True)
    frozen = models.BinaryField()
    digest = models.CharField(_("SHA-256"), max_length=64)
    issued_by = models.ForeignKey(Login, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["branch", "-issued_at"], name="report_by_branch")]
        constraints = [
            models.UniqueConstraint(fields=["branch", "kind", "number"], name="report_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="report_numbers_from_1"),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind_is_legal"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="report_days_in_order"),
            models.CheckConstraint(condition=~Q(digest="") & ~Q(title=""), name="report_says_what_it_is"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class ReportFile(WrittenOnce):
    """One file of a report, byte for byte as it was made when the report was issued."""

    SCOPE_PATH = "report__branch_id"
    SEE = Permission.FIGURES_SEE

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(_("form"), max_length=5, choices=FileForm.choices)
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("bytes"))
    digest = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "form"], name="report_file_once_a_form"),
            models.CheckConstraint(condition=Q(form__in=FileForm.values), name="report_file_form_is_legal"),
            models.CheckConstraint(condition=~Q(digest=""), name="report_file_has_its_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.report_id}"
