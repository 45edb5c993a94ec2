"""Django app ``expenses``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpensesConfig(AppConfig):
    """Label ``expenses``."""

    name = "traboule.apps.expenses"
    label = "expenses"
    verbose_name = _("Expenses")

    def ready(self) -> None:
        """Declare the fields and answer the hooks of earlier apps."""
        from traboule.apps.expenses import hooks, personal

        personal.declare_fields()
        hooks.register()
