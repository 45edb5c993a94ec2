"""A report while it is being written: it can be changed and thrown away."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.apps.reports.enums import ReportKind, ReportLanguage
from traboule.core.scope import Scoped


class ReportHead(Scoped):
    """What a draft and an issued report both say of themselves."""

    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind.choices)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    as_of = models.DateField(_("as of"))
    language = models.CharField(_("language"), max_length=5, choices=ReportLanguage.choices)
    title = models.CharField(_("title"), max_length=120)
    addressee = models.CharField(_("for whom"), max_length=120, blank=True)

    class Meta:
        abstract = True


class ReportDraft(ReportHead):
    """A draft. Its figures are worked out anew each time that somebody looks at it."""

    SEE = Permission.REPORTS_ISSUE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="report_drafts")
    written_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(_("written"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="report_draft_days_in_order"),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_draft_kind_legal"),
        ]

    def __str__(self) -> str:
        return self.title
