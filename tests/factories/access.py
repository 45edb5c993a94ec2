"""Tokens, made by the real action."""

from datetime import date, datetime, timedelta

from tests.factories.people import NOW
from traboule.apps.access.actions.tokens import make_token
from traboule.apps.access.enums import Purpose
from traboule.apps.access.models import ApiToken
from traboule.apps.branches.models import Branch
from traboule.core.actors import Actor, system
from traboule.core.days import local_day


def token(
    branch: Branch,
    purpose: str = Purpose.OWN,
    *,
    receiver: str = "City of Lyon",
    now: datetime = NOW,
    last_day: date | None = None,
    by: Actor | None = None,
) -> tuple[ApiToken, str]:
    """A token that ends a year after it was made, and its secret."""
    last = last_day or local_day(now, branch.timezone) + timedelta(days=365)
    return make_token(
        branch=branch, purpose=purpose, receiver=receiver, last_day=last, by=by or system("test"), now=now
    )
