"""Django app ``endings``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EndingsConfig(AppConfig):
    """Label ``endings``."""

    name = "traboule.apps.endings"
    label = "endings"
    verbose_name = _("Changes, closing and again")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.endings import hooks, personal

        personal.declare_fields()
        hooks.register()
