"""Django app ``evaluations``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    """Label ``evaluations``."""

    name = "traboule.apps.evaluations"
    label = "evaluations"
    verbose_name = _("Evaluations")

    def ready(self) -> None:
        """Declare the fields and fill the demo."""
        from traboule.apps.evaluations import hooks, personal

        personal.declare_fields()
        hooks.register()
