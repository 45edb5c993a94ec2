"""Addresses of figures: all of a branch, the rows behind one, definitions, yearly costs."""

from django.urls import path

from traboule.web.coordinator import figure_costs, figure_definitions, figures

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/costs/", figure_costs.figure_costs, name="figure_costs"),
    path("figures/costs/new/", figure_costs.figure_cost_new, name="figure_cost_new"),
    path("figures/definitions/", figure_definitions.figure_definitions, name="figure_definitions"),
    path("figures/definitions/<slug:name>/", figure_definitions.figure_definition, name="figure_definition"),
    path(
        "figures/definitions/<slug:name>/new/",
        figure_definitions.figure_definition_new,
        name="figure_definition_new",
    ),
    path("figures/<slug:name>/rows/", figures.figure_rows, name="figure_rows"),
]
