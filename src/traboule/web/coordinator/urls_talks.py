"""Addresses of talks, eligibility and decisions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
