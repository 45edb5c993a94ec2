"""Addresses of the referrer's pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
