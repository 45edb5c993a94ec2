"""Addresses of applications and of the path."""

from django.urls import path

from traboule.web import drafting
from traboule.web.coordinator import application, applications, desk

urlpatterns = [
    path("applications/", applications.applications, name="applications"),
    path("applications/new-mentor/", desk.application_new_mentor, name="application_new_mentor"),
    path("applications/new-mentee/", desk.application_new_mentee, name="application_new_mentee"),
    path("applications/<int:pk>/", application.application, name="application"),
    path("applications/<int:pk>/owner/", application.application_owner, name="application_owner"),
    path("applications/<int:pk>/withdraw/", application.application_withdraw, name="application_withdraw"),
    path("applications/<int:pk>/reopen/", application.application_reopen, name="application_reopen"),
    path("drafts/", drafting.draft_save, name="draft_save"),
    path("drafts/drop/", drafting.draft_drop, name="draft_drop"),
]
