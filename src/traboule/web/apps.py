"""The pages as a Django application: it brings templates, components and static files, and no table."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Register templates, static files and template tags."""

    name = "traboule.web"
    label = "web"
