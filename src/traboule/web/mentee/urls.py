"""Addresses of the mentee's pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
