"""Django app ``branches``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BranchesConfig(AppConfig):
    """Label ``branches``."""

    name = "traboule.apps.branches"
    label = "branches"
    verbose_name = _("Branches")

    def ready(self) -> None:
        from traboule.apps.branches import hooks, personal  # noqa: F401 -- importing declares the fields

        hooks.register()
