"""Django app ``training``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    """Label ``training``."""

    name = "traboule.apps.training"
    label = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.training import hooks, personal

        personal.declare_fields()
        hooks.register()
