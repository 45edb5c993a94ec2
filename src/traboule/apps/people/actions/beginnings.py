"""The first hour of an association: organisation, first branch, first administrator."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from traboule.apps.branches.actions import AlreadyFounded, found_organisation, open_branch
from traboule.apps.branches.models import Branch, Organisation
from traboule.apps.people.actions.team import grant_role
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login
from traboule.core.actors import Actor
from traboule.core.days import local_day

__all__ = ["AlreadyFounded", "Beginning", "begin"]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What exists after the first hour."""

    organisation: Organisation
    branch: Branch
    administrator: Login


@transaction.atomic
def begin(
    *,
    organisation: str,
    branch: str,
    admin_email: str,
    admin_name: str,
    by: Actor,
    now: datetime,
    country: str = "FR",
    postcode: str = "",
    locale: str = "",
) -> Beginning:
    """Found the association once; a second call raises AlreadyFounded and changes nothing.

    Raises branches.actions.BranchNameTaken, and NotAllowed for anybody but the system itself.
    """
    founded = found_organisation(
        name=organisation, valid_from=local_day(now, settings.TIME_ZONE), by=by, now=now
    )
    first = open_branch(organisation=founded, name=branch, country=country, postcode=postcode, by=by, now=now)
    login = Login.objects.create_user(
        admin_email, name=admin_name.strip(), locale=locale or settings.LANGUAGE_CODE, created_at=now
    )
    grant_role(login=login, role=Role.ADMINISTRATOR, branch=None, by=by, now=now)
    return Beginning(founded, first, login)
