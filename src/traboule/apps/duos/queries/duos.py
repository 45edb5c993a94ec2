"""Duos of a branch: the list, one page, places, the steps that they leave open, and the export."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import pgettext

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES, CloseReason, DuoState, DuoStep
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.queries import Step
from traboule.apps.people.validators import fold
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.calendar import week_number
from traboule.kernel.lifecycle import DUO

OPEN_DUO_ACT = "open_duo"
DUO_RANK = 45  # on the scale of `people.queries.days.RANKS`


def running_duo(person_id: int) -> Duo | None:
    """Return the open duo of this mentee or mentor, the oldest first, or None."""
    return next(iter(running_duos(person_id)), None)


def running_duos(person_id: int, *, stands_in: "QuerySet[Any] | None" = None) -> list[Duo]:
    """Return all open duos of this mentee or mentor, the oldest first: a mentor may have several.

    ``stands_in``: ids of duos whose mentor this person stands in for; those come last. The caller has proven
    who reads: a link or a sign-in.
    """
    own = Q(mentee_id=person_id) | Q(mentor_id=person_id)
    theirs = own if stands_in is None else own | Q(pk__in=stands_in)
    rows = Duo.everywhere.filter(theirs, state__in=OPEN_DUO_STATES)
    rows = rows.select_related("branch__organisation", "mentee__plan_choice", "mentor")
    found = list(rows.order_by("started_on", "pk"))
    return sorted(found, key=lambda duo: person_id not in (duo.mentee_id, duo.mentor_id))


def ended_well(person_id: int) -> bool:
    """Say whether the last duo of this mentee or mentor went the whole way, or ended with work found."""
    theirs = Q(mentee_id=person_id) | Q(mentor_id=person_id)
    last = Duo.everywhere.filter(theirs, state=DuoState.CLOSED).order_by("-closed_on", "-pk")
    return last.values_list("close_reason", flat=True).first() in {
        CloseReason.COMPLETED,
        CloseReason.FOUND_WORK,
    }


def duos_of(*, actor: Actor, branch: Branch, state: str | None = None, text: str = "") -> QuerySet[Duo]:
    """Duos of `branch` with both people loaded: open ones first, those that end soonest on top.

    `text` looks in the names of both, without accents and case.
    """
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    rows = Duo.objects.visible_to(actor).filter(branch=branch)
    for word in fold(text).split():
        rows = rows.filter(Q(mentee__search_key__contains=word) | Q(mentor__search_key__contains=word))
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("mentee", "mentor", "started_by").order_by("state", "ends_on", "pk")


def find_duo(*, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.DUOS_SEE) -> Duo:
    """One duo of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = Duo.objects.visible_to(actor, permission).filter(branch=branch, pk=pk)
    with_people = ("branch", "mentee__mentee", "mentor__mentor", "started_by", "closed_by", "coordinator")
    duo = rows.select_related(*with_people).first()
    if duo is None:
        raise NotVisible
    return duo


def branches_around(*, actor: Actor, branch: Branch, pk: int) -> set[int]:
    """Return where what a duo's page shows is written: its branch, and those of both people, who may move.

    Raises NotVisible (404), NotAllowed (403).
    """
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    rows = Duo.objects.visible_to(actor, Permission.DUOS_SEE).filter(branch=branch, pk=pk).order_by()
    found = rows.values_list(*_BRANCHES).first()
    if found is None:
        raise NotVisible
    return set(found)


_BRANCHES = ("branch_id", "mentee__branch_id", "mentor__branch_id")


def branches_of_duos(person_id: int, *, stands_in: "QuerySet[Any]") -> set[int]:
    """Return the same for all duos that somebody is or was in, and those of ``stands_in`` (ids of duos)."""
    # Three reads in one, each by its own index: with OR between them PostgreSQL goes through every duo.
    theirs = (Q(mentee_id=person_id), Q(mentor_id=person_id), Q(pk__in=stands_in))
    first, *others = (Duo.everywhere.filter(one).order_by().values_list(*_BRANCHES) for one in theirs)
    return {pk for row in first.union(*others) for pk in row}


@dataclass(frozen=True, slots=True)
class DuoPage:
    """One duo and how far it is: `week` of `weeks` (0 before the start), and the moves that are open."""

    duo: Duo
    week: int
    weeks: int
    is_past_end: bool
    moves: tuple[str, ...]


def duo_page(*, actor: Actor, branch: Branch, pk: int, today: date) -> DuoPage:
    """The page of one duo. Raises NotVisible (404), NotAllowed (403)."""
    duo = find_duo(actor=actor, branch=branch, pk=pk)
    return DuoPage(
        duo=duo,
        week=week_of(duo, today),
        weeks=weeks_of(duo),
        is_past_end=duo.state in OPEN_DUO_STATES and duo.ends_on < today,
        moves=DUO.open_moves(duo.state),
    )


def weeks_of(duo: Duo) -> int:
    """Planned weeks."""
    return ((duo.ends_on - duo.started_on).days + 1) // 7


def week_of(duo: Duo, today: date) -> int:
    """The week in which the duo is, or was when it closed; never more than planned."""
    return min(week_number(duo.started_on, duo.closed_on or today), weeks_of(duo))


def duo_counts(*, actor: Actor, branch: Branch) -> dict[str, int]:
    """How many duos stand in which state."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    rows = Duo.objects.visible_to(actor).filter(branch=branch).order_by()
    found = dict(rows.values_list("state").annotate(number=Count("pk")))
    return {state: found.get(state, 0) for state in DuoState.values}


def places_taken(*, actor: Actor, branch: Branch) -> dict[int, int]:
    """Mentor id → places taken, by open proposals and open duos."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    rows = MentorPlace.objects.visible_to(actor).filter(mentor__branch=branch).order_by()
    return dict(rows.values_list("mentor").annotate(number=Count("pk")))


def open_steps(branch_id: int, today: date) -> Iterator[Step]:
    """Duos that are past their planned end and still open: somebody must close or prolong them."""
    rows = Duo.everywhere.filter(branch_id=branch_id, state__in=OPEN_DUO_STATES, ends_on__lt=today)
    for duo in rows.select_related("mentee", "mentor", "started_by", "coordinator").order_by("ends_on", "pk"):
        yield Step(
            person_id=duo.mentee_id,
            name=duo.mentee.display_name,
            side=Side.MENTEE,
            reason=DuoStep.PAST_END,
            act=OPEN_DUO_ACT,
            since=duo.ends_on,
            rank=DUO_RANK,
            text=duo.mentor.display_name,
            owner=str(duo.owner),
            object_id=duo.pk,
        )


def duos_export(*, actor: Actor, branch: Branch) -> tuple[list[str], Iterator[list[str]]]:
    """Header and rows of every duo of the branch, as text; the writer of `tables` makes them safe."""
    authorise(actor, Permission.PROPOSALS_EXPORT, branch.pk)
    header = [
        pgettext("column of an export", "duo"),
        pgettext("column of an export", "mentee"),
        pgettext("column of an export", "mentor"),
        pgettext("column of an export", "state"),
        pgettext("column of an export", "start"),
        pgettext("column of an export", "planned end"),
        pgettext("column of an export", "started by"),
        pgettext("column of an export", "closed on"),
        pgettext("column of an export", "reason for closing"),
    ]
    rows = Duo.objects.visible_to(actor, Permission.PROPOSALS_EXPORT).filter(branch=branch)
    kept = rows.select_related("mentee", "mentor", "started_by").order_by("started_on", "pk")
    return header, (_exported(duo) for duo in kept.iterator(chunk_size=500))


def _exported(duo: Duo) -> list[str]:
    return [
        str(duo.pk),
        duo.mentee.display_name,
        duo.mentor.display_name,
        str(duo.get_state_display()),
        duo.started_on.isoformat(),
        duo.ends_on.isoformat(),
        str(duo.started_by),
        duo.closed_on.isoformat() if duo.closed_on else "",
        str(duo.get_close_reason_display()) if duo.close_reason else "",
    ]
