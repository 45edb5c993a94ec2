"""Django app ``people``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Label ``people``."""

    name = "traboule.apps.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from traboule.apps.people import personal  # noqa: F401 -- importing declares the fields
        from traboule.apps.people.actions.merging import forget_merges
        from traboule.core.registry import ON_ERASE

        ON_ERASE.register("people.merges", forget_merges)
