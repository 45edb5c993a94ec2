"""Addresses of duos: the list, one duo, and what follows it through the six months."""

from django.urls import path

from traboule.web.coordinator import (
    agreement_template,
    duo_agreements,
    duo_calendar,
    duo_meetings,
    duo_plan,
    duo_sheet,
    duo_start,
    duos,
    hand_over,
    plan_templates,
)

urlpatterns = [
    path("duos/", duos.duos, name="duos"),
    path("duos/export.csv", duos.export, name="duos_export"),
    path("duos/<int:pk>/", duos.duo, name="duo"),
    path("duos/<int:pk>/plan/", duo_plan.duo_plan, name="duo_plan"),
    path("plans/", plan_templates.plan_templates, name="plan_templates"),
    path("plans/start/", plan_templates.plan_templates_start, name="plan_templates_start"),
    path("plans/new/", plan_templates.plan_template_new, name="plan_template_new"),
    path("plans/<int:pk>/", plan_templates.plan_template, name="plan_template"),
    path("duos/<int:pk>/rhythm/", duo_meetings.duo_rhythm, name="duo_rhythm"),
    path("duos/<int:pk>/meetings/new/", duo_meetings.meeting_note, name="meeting_note"),
    path("duos/<int:pk>/calendar/<str:side>/", duo_calendar.duo_calendar, name="duo_calendar"),
    path("duos/<int:pk>/sheet/", duo_sheet.duo_sheet, name="duo_sheet"),
    path("duos/<int:pk>/sheet/print/", duo_sheet.duo_sheet_print, name="duo_sheet_print"),
    path("meetings/<int:pk>/settle/", duo_meetings.meeting_settle, name="meeting_settle"),
    path("meetings/<int:pk>/phone/<str:side>/", duo_meetings.meeting_phone, name="meeting_phone"),
    path("team/<int:pk>/duos/", hand_over.team_hand_over, name="team_hand_over"),
    path("duos/<int:pk>/first-meeting/", duo_start.duo_first_meeting, name="duo_first_meeting"),
    path(
        "duos/first-meetings/<int:pk>/close/",
        duo_start.duo_first_meeting_close,
        name="duo_first_meeting_close",
    ),
    path("duos/<int:pk>/agreement/", duo_agreements.duo_agreement_draft, name="duo_agreement_draft"),
    path("duos/agreements/<int:pk>/", duo_agreements.duo_agreement, name="duo_agreement"),
    path("duos/agreements/<int:pk>/act/", duo_agreements.duo_agreement_act, name="duo_agreement_act"),
    path("duos/agreements/<int:pk>/sign/", duo_agreements.duo_agreement_sign, name="duo_agreement_sign"),
    path(
        "duos/agreements/<int:pk>/paper.pdf", duo_agreements.duo_agreement_paper, name="duo_agreement_paper"
    ),
    path("duos/agreement-words/", agreement_template.agreement_template, name="agreement_template"),
]
