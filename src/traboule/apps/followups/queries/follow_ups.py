"""Follow-ups of a branch and of a person, one behind its link, and figures by month with their n."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.followups.enums import OPEN_STATES, FollowUpState
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.queries.standing import with_all
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

# Lists of the page, in their order, with the states that each holds.
SHOWS: dict[str, tuple[str, ...]] = {
    "to_call": (FollowUpState.TO_CALL,),
    "asked": (FollowUpState.DUE, FollowUpState.ASKED, FollowUpState.REMINDED),
    "reached": (FollowUpState.REACHED,),
    "heard": (FollowUpState.HEARD,),
    "refused": (FollowUpState.REFUSED,),
    "unreachable": (FollowUpState.UNREACHABLE,),
    "not_asked": (FollowUpState.NOT_ASKED,),
    "all": tuple(FollowUpState.values),
}


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """How many follow-ups of one month stand where; ``asked`` (n) leaves out whom nobody was to ask."""

    month: int
    reached: int
    heard: int
    refused: int
    unreachable: int
    waiting: int
    not_asked: int

    @property
    def asked(self) -> int:
        """How many were to be asked."""
        return self.reached + self.heard + self.refused + self.unreachable + self.waiting


def follow_ups_of(
    *, actor: Actor, branch: Branch, show: str = "to_call", month: int | None = None
) -> QuerySet[FollowUp]:
    """Return one list of a branch: calls the longest waiting first, what is over the latest first.

    Raises NotVisible, NotAllowed.
    """
    authorise(actor, Permission.OUTCOMES_SEE, branch.pk)
    rows = FollowUp.objects.visible_to(actor).filter(branch=branch, state__in=SHOWS[show])
    if month is not None:
        rows = rows.filter(month=month)
    rows = rows.select_related("person", "duo__coordinator", "duo__started_by", "noted_by")
    if show in ("to_call", "asked"):
        return rows.order_by("due_on", "pk")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "-pk")


def figures_of(*, actor: Actor, branch: Branch) -> list[MonthFigures]:
    """Return the figures of a branch by month after the end; one query. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.OUTCOMES_SEE, branch.pk)
    rows = FollowUp.objects.visible_to(actor).filter(branch=branch).order_by()
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    for month, state, number in rows.values_list("month", "state").annotate(number=Count("pk")):
        counted[month][state] = number
    return [
        MonthFigures(
            month=month,
            reached=states.get(FollowUpState.REACHED, 0),
            heard=states.get(FollowUpState.HEARD, 0),
            refused=states.get(FollowUpState.REFUSED, 0),
            unreachable=states.get(FollowUpState.UNREACHABLE, 0),
            waiting=sum(states.get(state, 0) for state in OPEN_STATES),
            not_asked=states.get(FollowUpState.NOT_ASKED, 0),
        )
        for month, states in sorted(counted.items())
    ]


def counts_of(*, actor: Actor, branch: Branch, month: int | None = None) -> dict[str, int]:
    """Return how many follow-ups each list holds; one query. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.OUTCOMES_SEE, branch.pk)
    rows = FollowUp.objects.visible_to(actor).filter(branch=branch).order_by()
    if month is not None:
        rows = rows.filter(month=month)
    by_state = dict(rows.values_list("state").annotate(number=Count("pk")))
    return {show: sum(by_state.get(state, 0) for state in states) for show, states in SHOWS.items()}


def of_person(*, actor: Actor, branch: Branch, person_id: int) -> list[FollowUp]:
    """Return all that a mentee was or is to be asked, the latest first. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.OUTCOMES_SEE, branch.pk)
    rows = FollowUp.objects.visible_to(actor).filter(branch=branch, person=person_id)
    return list(rows.select_related("noted_by", "duo__coordinator", "duo__started_by"))


def find_follow_up(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.OUTCOMES_SEE
) -> FollowUp:
    """Return one follow-up. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = FollowUp.objects.visible_to(actor, permission).filter(branch=branch, pk=pk)
    found = with_all(rows).select_related("person", "noted_by", "outcome", "duo__mentor").first()
    if found is None:
        raise NotVisible
    return found


def own_follow_up(person_id: int) -> FollowUp | None:
    """Return the question that waits for this mentee, the latest, or that they began to answer; else None.

    What the team gave up is not asked again on a page; its link still takes an answer.
    """
    states = (*OPEN_STATES, FollowUpState.REACHED)
    rows = FollowUp.everywhere.filter(person=person_id, done_at=None, state__in=states)
    return with_all(rows).order_by("-due_on", "-pk").first()


def follow_up_behind(subject_id: str, scope: int | None) -> FollowUp | None:
    """Return the follow-up that a link opens, or None; the link itself gives the right."""
    if scope is None or not subject_id.isdigit():
        return None
    return with_all(FollowUp.everywhere.filter(pk=int(subject_id), branch_id=scope)).first()
