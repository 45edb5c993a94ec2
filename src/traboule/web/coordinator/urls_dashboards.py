"""Addresses of dashboards and of the fairness of the path."""

from django.urls import path

from traboule.web.coordinator import dashboard, fairness

urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/refresh/", dashboard.dashboard_refresh, name="dashboard_refresh"),
    path("dashboard/network/", dashboard.network, name="network"),
    path("fairness/", fairness.fairness, name="fairness"),
    path("fairness/look/", fairness.fairness_look, name="fairness_look"),
]
