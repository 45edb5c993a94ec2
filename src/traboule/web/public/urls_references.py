"""Addresses of what people outside the programme are asked."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
