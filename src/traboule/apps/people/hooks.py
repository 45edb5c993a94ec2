"""What core asks of this app, through its registry."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from traboule.apps.people.actions.forgetting import erase
from traboule.apps.people.actions.merging import forget_merges
from traboule.apps.people.queries.logins import login_of_person
from traboule.core.registry import ON_ERASE, ON_EXPORT


def register() -> None:
    """Answer the hooks."""
    ON_ERASE.register("people", erase)
    ON_ERASE.register("people.merges", forget_merges)
    ON_EXPORT.register("people", export)


def export(person_id: int) -> Mapping[str, Any]:
    """Return the login of a person and the devices that are signed in."""
    login, sessions = login_of_person(person_id)
    if login is None:
        return {}
    return {
        gettext("Signing in"): {
            gettext("e-mail"): login.email,
            gettext("language"): login.locale,
            gettext("since"): login.created_at,
            gettext("last time"): login.last_login,
        },
        gettext("Devices"): [
            {gettext("since"): since, gettext("address"): ip, gettext("browser"): agent}
            for since, ip, agent in sessions
        ],
    }
