"""Addresses of the mentor's pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
