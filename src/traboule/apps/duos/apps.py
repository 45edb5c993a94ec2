"""Django app ``duos``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuosConfig(AppConfig):
    """Label ``duos``."""

    name = "traboule.apps.duos"
    label = "duos"
    verbose_name = _("Duos")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.duos import hooks, personal

        personal.declare_fields()
        hooks.register()
