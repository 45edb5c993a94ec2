"""Addresses of applications and of the path."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
