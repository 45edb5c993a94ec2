"""Addresses of evaluations: plans, comparison files, results, the next cohort."""

from django.urls import path

from traboule.web.coordinator import impact, impact_data, impact_plans, impact_times

urlpatterns = [
    path("impact/", impact.impact, name="impact"),
    path("impact/next/", impact.next_cohort, name="impact_next"),
    path("impact/times/", impact_times.times, name="impact_times"),
    path("impact/results/<int:pk>/", impact.result, name="impact_result"),
    path("impact/new/", impact_plans.new, name="impact_new"),
    path("impact/plans/<int:pk>/", impact_plans.plan, name="impact_plan"),
    path("impact/plans/<int:pk>/how/", impact_plans.how, name="impact_how"),
    path("impact/plans/<int:pk>/register/", impact_plans.register, name="impact_register"),
    path("impact/plans/<int:pk>/amend/", impact_plans.amend, name="impact_amend"),
    path("impact/plans/<int:pk>/plan.json", impact_plans.text, name="impact_text"),
    path("impact/plans/<int:pk>/data/", impact_data.data, name="impact_data"),
    path("impact/plans/<int:pk>/example.csv", impact_data.example, name="impact_example"),
]
