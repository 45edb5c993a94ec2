"""Django app ``steps``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StepsConfig(AppConfig):
    """Label ``steps``."""

    name = "traboule.apps.steps"
    label = "steps"
    verbose_name = _("Steps")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.steps import hooks, personal

        personal.declare_fields()
        hooks.register()
