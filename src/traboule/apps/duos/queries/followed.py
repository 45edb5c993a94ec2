"""Who follows which duos: for the hand-over when a coordinator leaves."""

from dataclasses import dataclass

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.apps.people.queries import actor_of, staff_of
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise


@dataclass(frozen=True, slots=True)
class HandOver:
    """The duos of one colleague, and the colleagues who may follow them."""

    login: Login
    duos: list[Duo]
    colleagues: list[Login]


def duos_followed(*, actor: Actor, branch: Branch) -> dict[int, int]:
    """Login id → open duos that it follows in this branch."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    found: dict[int, int] = {}
    rows = Duo.objects.visible_to(actor).filter(branch=branch, state__in=OPEN_DUO_STATES).order_by()
    for handed, started in rows.values_list("coordinator_id", "started_by_id"):
        found[handed or started] = found.get(handed or started, 0) + 1
    return found


def hand_over_of(*, actor: Actor, branch: Branch, pk: int) -> HandOver:
    """What one colleague follows, and to whom it may go. Raises NotVisible for a login that follows none."""
    authorise(actor, Permission.DUOS_WRITE, branch.pk)
    rows = Duo.objects.visible_to(actor).filter(branch=branch, state__in=OPEN_DUO_STATES)
    rows = rows.select_related("mentee", "mentor", "coordinator", "started_by").order_by("started_on", "pk")
    duos = [duo for duo in rows if duo.owner.pk == pk]
    if not duos:
        raise NotVisible
    colleagues = [
        login
        for login in staff_of(actor=actor, branch=branch)
        if login.pk != pk and login.is_active and _may_follow(login, branch)
    ]
    return HandOver(duos[0].owner, duos, colleagues)


def _may_follow(login: Login, branch: Branch) -> bool:
    return actor_of(login).may(Permission.DUOS_WRITE, branch.pk)
