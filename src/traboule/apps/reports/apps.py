"""Django app ``reports``."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Label ``reports``."""

    name = "traboule.apps.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Declare the fields, guard what is issued, fill the demo."""
        from traboule.apps.reports import hooks, personal
        from traboule.apps.reports.guards import install_after_migrate

        personal.declare_fields()
        hooks.register()
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="reports.guards")
