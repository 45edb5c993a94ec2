"""Django app ``indicators``."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """Label ``indicators``."""

    name = "traboule.apps.indicators"
    label = "indicators"
    verbose_name = _("Indicators")

    def ready(self) -> None:
        """Declare the fields, answer the hooks, and have the database keep what was decided."""
        from traboule.apps.indicators import guards, guards_handed, hooks, personal, personal_dashboards

        personal.declare_fields()
        personal_dashboards.declare_fields()
        hooks.register()
        post_migrate.connect(guards.install_after_migrate, sender=self, dispatch_uid="indicators.guards")
        post_migrate.connect(
            guards_handed.install_after_migrate, sender=self, dispatch_uid="indicators.guards_handed"
        )
