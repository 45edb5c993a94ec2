"""Django app ``support``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    """Label ``support``."""

    name = "traboule.apps.support"
    label = "support"
    verbose_name = _("Support of duos")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.support import hooks, personal

        personal.declare_fields()
        hooks.register()
