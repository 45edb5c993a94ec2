"""A token: made, its secret shown once, used, stopped. It is never changed."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.access.enums import Purpose
from traboule.apps.access.models import ApiToken
from traboule.apps.access.queries.tokens import actor_behind
from traboule.apps.access.rules import LONGEST_DAYS, permissions_of
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.links import ALPHABET, digest_of
from traboule.core.permissions import NotAllowed, authorise
from traboule.core.scope import locked

LENGTH = 40  # 31^40 is about 2^198
PREFIX = "trb_"
"""Says to whoever finds it, and to scanners of repositories, what it is."""


class LastDayNotLegal(ValueError):
    """The last day has passed, or lies more than a year ahead."""


@transaction.atomic
def make_token(
    *, branch: Branch, purpose: str, receiver: str, last_day: date, by: Actor, now: datetime
) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret, the only time that anybody sees it.

    Whoever makes it must hold all that it may read. Raises LastDayNotLegal, NotVisible, NotAllowed.
    """
    authorise(by, Permission.API_SET, branch.pk)
    for permission in sorted(permissions_of(purpose)):
        if not by.may(permission, branch.pk):
            raise NotAllowed(permission)
    today = local_day(now, branch.timezone)
    if not today <= last_day <= today + timedelta(days=LONGEST_DAYS):
        raise LastDayNotLegal
    secret = PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    token = ApiToken.everywhere.create(
        branch=branch,
        purpose=Purpose(purpose),
        receiver=receiver.strip(),
        digest=digest_of(secret),
        hint=secret[-4:],
        made_at=now,
        made_by_id=by.id if by.kind is ActorKind.LOGIN else None,
        last_day=last_day,
    )
    _record(token, "made", by, now, {"purpose": token.purpose, "last_day": last_day})
    return token, secret


@transaction.atomic
def stop_token(*, token: ApiToken, by: Actor, now: datetime) -> bool:
    """Stop a token for good; return False if it was stopped already. Raises NotVisible, NotAllowed."""
    authorise(by, Permission.API_SET, token.branch_id)
    token = locked(token)
    if token.stopped_at is not None:
        return False
    token.stopped_at, token.stopped_by_id = now, by.id if by.kind is ActorKind.LOGIN else None
    token.save(update_fields=["stopped_at", "stopped_by"])
    _record(token, "stopped", by, now, {})
    return True


def note_use(*, token: ApiToken, now: datetime) -> bool:
    """Write down the first use of a token on a day, in the log too; return whether this was it.

    One entry a day says who read; each single call would bury the log. Later calls cost nothing.
    """
    today = local_day(now, token.branch.timezone)
    if token.used_on == today:
        return False
    with transaction.atomic():
        rows = ApiToken.everywhere.filter(pk=token.pk).exclude(used_on=today)
        if not rows.update(used_on=today):
            return False  # another call of the same moment wrote it
        _record(token, "used", actor_behind(token), now, {"day": today, "purpose": token.purpose})
    token.used_on = today
    return True


def _record(token: ApiToken, verb: str, by: Actor, now: datetime, facts: dict[str, Any]) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=token.branch_id,
        verb=f"token.{verb}",
        subject_type="apitoken",
        subject_id=token.pk,
        facts=facts,
    )
