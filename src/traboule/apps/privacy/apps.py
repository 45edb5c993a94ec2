"""Django app ``privacy``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """Label ``privacy``."""

    name = "traboule.apps.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.privacy import hooks, personal

        personal.declare_fields()
        hooks.register()
