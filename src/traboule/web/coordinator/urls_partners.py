"""Addresses of partners and of duplicates."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
