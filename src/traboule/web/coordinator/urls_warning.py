"""Addresses of the early warning and of the pictures of a branch: to look at, wall, load."""

from django.urls import path

from traboule.web.coordinator import load, wall, warnings

urlpatterns = [
    path("duos/look/", warnings.duos_look, name="duos_look"),
    path("duos/look/figures/", warnings.warning_figures, name="warning_figures"),
    path("duos/<int:pk>/look/", warnings.duo_look, name="duo_look"),
    path("duos/<int:pk>/look/end/", warnings.duo_look_end, name="duo_look_end"),
    path("duos/wall/", wall.duo_wall, name="duo_wall"),
    path("duos/load/", load.duo_load, name="duo_load"),
]
