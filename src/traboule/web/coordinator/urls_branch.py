"""Addresses of the page that gathers what a branch sets up."""

from django.urls import path

from traboule.web.coordinator import branch, closing, steps

urlpatterns = [
    path("branch/", branch.branch_home, name="branch_home"),
    path("branch/closing/", closing.branch_closing, name="branch_closing"),
    path("branch/closing/act/", closing.branch_closing_act, name="branch_closing_act"),
    path("steps/<int:pk>/tick/", steps.step_tick, name="step_tick"),
]
