"""Django, woken only by the words that need it: help and matching stay quick without it."""

import os
from typing import Final

SETTINGS: Final = "traboule.config.settings"


def wake(place: str = "dev", *, force: bool = False) -> None:
    """Set Django up with the settings of the environment, else (or if ``force``) those of ``place``."""
    if force:
        os.environ["DJANGO_SETTINGS_MODULE"] = f"{SETTINGS}.{place}"
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"{SETTINGS}.{place}")
    import django

    django.setup()


def migrate() -> None:
    """Bring the tables up to date, without a word when they are."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
