"""Concern files: who may read them, the list, one file. Each reading of a file is logged by its action."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES, DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Permission
from traboule.apps.support.models import Concern, SupportSetting
from traboule.core.actors import Actor, ActorKind, Grant
from traboule.core.permissions import NotVisible, authorise

LEAD = frozenset({Permission.CONCERNS_SEE.value, Permission.CONCERNS_WRITE.value})


def as_lead(actor: Actor, branch: Any) -> Actor:
    """Return `actor` with the two permissions of the named lead, if that is who asks in this branch.

    Whoever lost every role in the branch is no lead any more, whatever the setting still says.
    """
    if actor.may(Permission.CONCERNS_WRITE, branch.pk) or actor.kind is not ActorKind.LOGIN:
        return actor
    if not actor.may(Permission.NOTES_WRITE, branch.pk):
        return actor
    named = SupportSetting.everywhere.filter(branch=branch, concern_lead_id=actor.id).exists()
    if not named:
        return actor
    grant = Grant(permissions=LEAD, scope=branch.pk, role="")
    return Actor(actor.kind, actor.id, actor.name, (*actor.grants, grant))


def concerns_of(*, actor: Actor, branch: Branch, is_open: bool = True) -> QuerySet[Concern]:
    """Return the files of a branch: open ones by what is due first, closed ones the latest first."""
    authorise(actor, Permission.CONCERNS_SEE, branch.pk)
    rows = Concern.objects.visible_to(actor).filter(branch=branch, closed_at__isnull=is_open)
    with_people = rows.select_related("duo__mentee", "duo__mentor", "person", "told_by")
    return with_people.order_by("answered_at", "answer_due_on", "pk") if is_open else with_people


def find_concern(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.CONCERNS_SEE
) -> Concern:
    """Return one file. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = Concern.objects.visible_to(actor, permission).filter(branch=branch, pk=pk)
    found = rows.select_related(
        "branch", "duo__mentee", "duo__mentor", "duo__branch", "person", "told_by", "closed_by"
    ).first()
    if found is None:
        raise NotVisible
    return found


def due_on(concern: Concern) -> date | None:
    """Return when somebody must act next: the first answer, then the step that was dated last."""
    return concern.answer_due_on if concern.answered_at is None else concern.next_on


def concerns_due(actor: Actor, branch: Branch, today: date) -> int:
    """Count the open files on which somebody must act by today; 0 for who may not read them."""
    if not actor.may(Permission.CONCERNS_SEE, branch.pk):
        return 0
    rows = Concern.everywhere.filter(branch=branch, closed_at=None)
    return sum(due is not None and due <= today for due in map(due_on, rows))


def mark_for(actor: Actor, duo: Duo) -> list[Concern]:
    """Return the open files about a duo, for the discreet mark; nothing for who may not read them."""
    if not actor.may(Permission.CONCERNS_SEE, duo.branch_id):
        return []
    return list(Concern.everywhere.filter(duo=duo, closed_at=None).order_by("pk"))


def rests_by_team(duo: Duo) -> bool:
    """Say whether the team made the duo rest without saying why: the two read that the team calls them."""
    if duo.state != DuoState.PAUSED:
        return False
    # A file may be closed before the duo goes on; a pause of a later day is an ordinary one.
    of_this_pause = Q(closed_at=None) | Q(closed_at__date__gte=duo.paused_on)
    return Concern.everywhere.filter(of_this_pause, duo=duo, paused_duo=True).exists()


def may_pause(concern: Concern) -> bool:
    """Say whether there is a running duo to pause."""
    duo = concern.duo
    return duo is not None and duo.state in OPEN_DUO_STATES and duo.state != DuoState.PAUSED
