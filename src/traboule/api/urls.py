"""Addresses of the interface."""

from django.urls import include, path, re_path

from traboule.api import reading
from traboule.api.gate import all_gated
from traboule.api.v1 import api

# The library brings a root that only redirects: ours is the page for developers.
operations = [entry for entry in all_gated(list(api.urls[0])) if entry.name != "api-root"]

urlpatterns = [
    path("v1/", reading.docs, name="api_docs"),
    path("v1/openapi.json", reading.openapi, name="api_openapi"),
    path("v1/", include(operations)),
    re_path(r"", reading.unknown, name="api_unknown"),
]
