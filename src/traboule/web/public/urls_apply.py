"""Addresses of the application forms."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
