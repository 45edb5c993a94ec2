"""A coordinator leaves: all or some duos go to a colleague, and what is open about them goes along."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.duos.rules import human
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.apps.people.queries import actor_of
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise


class CannotFollow(ValueError):
    """The colleague may not follow duos in this branch, or the login is closed."""


@transaction.atomic
def hand_over_duos(
    *, branch: Branch, of: Login, to: Login, by: Actor, now: datetime, duos: Iterable[int] | None = None
) -> int:
    """Give the open duos of one colleague (all, or those named) to another; return how many.

    Open steps about these duos that the first one owned go along. Raises CannotFollow.
    """
    authorise(by, Permission.DUOS_WRITE, branch.pk)
    human(by)
    if of.pk == to.pk or not to.is_active or not actor_of(to).may(Permission.DUOS_WRITE, branch.pk):
        raise CannotFollow
    rows = Duo.everywhere.select_for_update(of=("self",)).filter(
        followed_by(of), branch=branch, state__in=OPEN_DUO_STATES
    )
    if duos is not None:
        rows = rows.filter(pk__in=list(duos))
    moved = list(rows.order_by("pk").values_list("pk", "mentee_id", "mentor_id"))
    ids = [pk for pk, _mentee, _mentor in moved]
    Duo.everywhere.filter(pk__in=ids).update(coordinator=to)
    # Somebody in two duos of which one stays: only what is about the other one goes along.
    kept = Duo.everywhere.filter(followed_by(of), branch=branch, state__in=OPEN_DUO_STATES)
    stays = {person for pair in kept.values_list("mentee_id", "mentor_id") for person in pair}
    people = {person for _pk, mentee, mentor in moved for person in (mentee, mentor)} - stays
    steps = OpenStep.everywhere.filter(
        Q(person__in=people) | Q(subject_type="duo", subject_id__in=ids),
        branch=branch, owner=of, closed_at=None,
    ).update(owner=to)  # fmt: skip
    if ids:
        _record(branch, of, to, ids, steps, by, now)
    return len(ids)


def followed_by(login: Login) -> Q:
    """Duos that this login follows: handed over to it, or started by it and never handed over."""
    return Q(coordinator=login) | Q(coordinator=None, started_by=login)


def _record(
    branch: Branch, of: Login, to: Login, ids: list[int], steps: int, by: Actor, now: datetime
) -> None:
    """One entry for the act, and one for each duo, so that its own page tells it too."""
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="duos.handed_over",
        subject_type="login",
        subject_id=of.pk,
        facts={"to": to.pk, "duos": ids, "steps": steps},
    )
    for pk in ids:
        audit.record(
            by=by,
            now=now,
            branch_id=branch.pk,
            verb="duo.handed_over",
            subject_type="duo",
            subject_id=pk,
            facts={"from": of.pk, "to": to.pk},
        )
