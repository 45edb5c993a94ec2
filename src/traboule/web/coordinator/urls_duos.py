"""Addresses of duos: the list, one duo, and what follows it through the six months."""

from django.urls import path

from traboule.web.coordinator import duos

urlpatterns = [
    path("duos/", duos.duos, name="duos"),
    path("duos/export.csv", duos.export, name="duos_export"),
    path("duos/<int:pk>/", duos.duo, name="duo"),
]
