"""Addresses of screening, training and readiness."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
