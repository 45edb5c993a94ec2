"""Addresses of the pages that the two of a duo have in common."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
