"""Addresses of the public pages of a branch."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
