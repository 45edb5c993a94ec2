"""Addresses of information sessions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
