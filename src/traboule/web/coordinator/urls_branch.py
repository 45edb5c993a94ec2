"""Addresses of the page that gathers what a branch sets up."""

from django.urls import path

from traboule.web.coordinator import branch, steps

urlpatterns = [
    path("branch/", branch.branch_home, name="branch_home"),
    path("steps/<int:pk>/tick/", steps.step_tick, name="step_tick"),
]
