"""What words share that take data of a branch out of the database: who asks, of which branch, when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import typer

from traboule.cli._django import wake

if TYPE_CHECKING:
    from traboule.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """A branch as an actor sees it at a moment; ``today`` is the branch's own day."""

    branch: Any
    actor: "Actor"
    now: datetime
    today: date


def asked(slug: str, login: str) -> Asked:
    """Find branch and login; a name that is not there ends the command before anything is computed.

    Without a login it is the operator of this machine who asks, as in the other commands.
    """
    wake()
    from django.http import Http404
    from django.utils import timezone

    from traboule.apps.branches.queries import branch_for
    from traboule.apps.people.queries import actor_by_email
    from traboule.core.actors import system
    from traboule.core.days import local_day

    actor = actor_by_email(login) if login else system("export")
    if actor is None:
        raise typer.BadParameter(f"--as {login}: nobody signs in with this address")
    try:
        branch = branch_for(actor, slug)
    except Http404:
        raise typer.BadParameter(f"--branch {slug}: no such branch, or not theirs to see") from None
    now = timezone.now()
    return Asked(branch, actor, now, local_day(now, branch.timezone))
