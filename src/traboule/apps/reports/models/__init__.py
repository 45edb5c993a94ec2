"""Tables of this app."""

from traboule.apps.reports.models.drafts import ReportDraft
from traboule.apps.reports.models.reports import Issued, Report, ReportFile

__all__ = ["Issued", "Report", "ReportDraft", "ReportFile"]
