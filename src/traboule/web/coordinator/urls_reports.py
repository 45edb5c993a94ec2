"""Addresses of reports: drafts, what was issued, its files."""

from django.urls import path

from traboule.web.coordinator import report_check, report_drafts, reports

urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", report_drafts.new, name="report_new"),
    path("reports/drafts/<int:pk>/", report_drafts.draft, name="report_draft"),
    path("reports/drafts/<int:pk>/edit/", report_drafts.edit, name="report_draft_edit"),
    path("reports/drafts/<int:pk>/drop/", report_drafts.drop, name="report_draft_drop"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/check/", report_check.report_check, name="report_check"),
    path("reports/<int:pk>/report.<str:form>", reports.report_file, name="report_file"),
]
