"""Django app ``followups``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupsConfig(AppConfig):
    """Label ``followups``."""

    name = "traboule.apps.followups"
    label = "followups"
    verbose_name = _("Follow-up")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.followups import hooks, personal

        personal.declare_fields()
        hooks.register()
