"""Addresses of outcomes: the list of a branch, one with its papers, all of a mentee."""

from django.urls import path

from traboule.web.coordinator import outcomes, outcomes_person

urlpatterns = [
    path("outcomes/", outcomes.outcomes, name="outcomes"),
    path("outcomes/<int:pk>/", outcomes.outcome, name="outcome"),
    path("outcomes/<int:pk>/edit/", outcomes_person.outcome_edit, name="outcome_edit"),
    path("outcomes/papers/<int:pk>/", outcomes.outcome_paper, name="outcome_paper"),
    path("people/<int:pk>/outcomes/", outcomes_person.person_outcomes, name="person_outcomes"),
    path("people/<int:pk>/outcomes/new/", outcomes_person.outcome_new, name="outcome_new"),
    path("people/<int:pk>/outcomes/none/", outcomes_person.no_outcome, name="no_outcome"),
]
