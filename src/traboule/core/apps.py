"""The ground floor as a Django app: it owns the audit log, the system checks and the database guards."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Label ``core``."""

    name = "traboule.core"
    label = "core"

    def ready(self) -> None:
        from traboule.core import checks  # noqa: F401 -- importing registers the checks
        from traboule.core.guards import install_after_migrate

        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="core.guards")
