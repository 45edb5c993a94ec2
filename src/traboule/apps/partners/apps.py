"""Django app ``partners``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Label ``partners``."""

    name = "traboule.apps.partners"
    label = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.partners import hooks, personal

        personal.declare_fields()
        hooks.register()
