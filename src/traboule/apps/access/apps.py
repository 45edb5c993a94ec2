"""Django app ``access``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """Label ``access``."""

    name = "traboule.apps.access"
    label = "access"
    verbose_name = _("Access for programs")

    def ready(self) -> None:
        """Declare the fields and fill the demo."""
        from traboule.apps.access import hooks, personal

        personal.declare_fields()
        hooks.register()
