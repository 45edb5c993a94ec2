"""Addresses of the pages of a branch."""

from django.urls import URLPattern, path

urlpatterns: list[URLPattern] = []
_ = path
