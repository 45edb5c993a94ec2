"""Django app ``outcomes``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutcomesConfig(AppConfig):
    """Label ``outcomes``."""

    name = "traboule.apps.outcomes"
    label = "outcomes"
    verbose_name = _("Outcomes")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.outcomes import hooks, personal

        personal.declare_fields()
        hooks.register()
