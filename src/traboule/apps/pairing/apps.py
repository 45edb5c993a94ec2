"""Django app ``pairing``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PairingConfig(AppConfig):
    """Label ``pairing``."""

    name = "traboule.apps.pairing"
    label = "pairing"
    verbose_name = _("Pairing")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.pairing import hooks, personal

        personal.declare_fields()
        hooks.register()
