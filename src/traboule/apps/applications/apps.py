"""Django app ``applications``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    """Label ``applications``."""

    name = "traboule.apps.applications"
    label = "applications"
    verbose_name = _("Applications")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.applications import hooks, personal

        personal.declare_fields()
        hooks.register()
