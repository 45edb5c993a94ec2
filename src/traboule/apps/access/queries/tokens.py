"""Tokens of a branch, and the one behind a secret."""

from datetime import datetime

from django.db.models import QuerySet

from traboule.apps.access.models import ApiToken
from traboule.apps.access.rules import grant_of
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.links import digest_of
from traboule.core.permissions import NotVisible, authorise


def tokens_of(*, actor: Actor, branch: Branch) -> QuerySet[ApiToken]:
    """Return all tokens of a branch, the newest first. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.API_SEE, branch.pk)
    rows = ApiToken.objects.visible_to(actor).filter(branch=branch)
    return rows.select_related("made_by", "stopped_by")


def find_token(*, actor: Actor, branch: Branch, pk: int) -> ApiToken:
    """Return one token, for whoever may stop it. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.API_SET, branch.pk)
    rows = ApiToken.objects.visible_to(actor, Permission.API_SET).select_related("branch")
    token = rows.filter(branch=branch, pk=pk).first()
    if token is None:
        raise NotVisible
    return token


def token_behind(secret: str, now: datetime) -> ApiToken | None:
    """Return the token that a secret opens now, with its branch; None if it is unknown, over or stopped."""
    rows = ApiToken.everywhere.select_related("branch").filter(digest=digest_of(secret))
    token = rows.filter(branch__is_active=True).first()
    if token is None or not token.is_alive(local_day(now, token.branch.timezone)):
        return None
    return token


def actor_behind(token: ApiToken) -> Actor:
    """Return who acts with a token: it holds what its purpose allows, in its branch alone."""
    return Actor(ActorKind.TOKEN, token.pk, token.receiver, (grant_of(token.purpose, token.branch_id),))
