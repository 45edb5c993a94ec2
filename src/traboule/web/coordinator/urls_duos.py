"""Addresses of duos: the list, one duo, and what follows it through the six months."""

from django.urls import path

from traboule.web.coordinator import duo_plan, duos, plan_templates

urlpatterns = [
    path("duos/", duos.duos, name="duos"),
    path("duos/export.csv", duos.export, name="duos_export"),
    path("duos/<int:pk>/", duos.duo, name="duo"),
    path("duos/<int:pk>/plan/", duo_plan.duo_plan, name="duo_plan"),
    path("plans/", plan_templates.plan_templates, name="plan_templates"),
    path("plans/start/", plan_templates.plan_templates_start, name="plan_templates_start"),
    path("plans/new/", plan_templates.plan_template_new, name="plan_template_new"),
    path("plans/<int:pk>/", plan_templates.plan_template, name="plan_template"),
]
