"""Django app ``messages``; its label differs from that of Django's own flash messages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    """Label ``programme_messages``."""

    name = "traboule.apps.messages"
    label = "programme_messages"
    verbose_name = _("Messages")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.messages import hooks, personal

        personal.declare_fields()
        hooks.register()
