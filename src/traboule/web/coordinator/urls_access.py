"""Addresses of the page that says which programs read a branch."""

from django.urls import path

from traboule.web.coordinator import access

urlpatterns = [
    path("access/", access.tokens, name="api_tokens"),
    path("access/new/", access.token_new, name="api_token_new"),
    path("access/<int:pk>/stop/", access.token_stop, name="api_token_stop"),
]
