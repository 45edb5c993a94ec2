"""Addresses of duos: the list, one duo, and what follows it through the six months."""

from django.urls import path

from traboule.web.coordinator import agreement_template, duo_agreements, duo_start, duos

urlpatterns = [
    path("duos/", duos.duos, name="duos"),
    path("duos/export.csv", duos.export, name="duos_export"),
    path("duos/<int:pk>/", duos.duo, name="duo"),
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
