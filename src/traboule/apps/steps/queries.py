"""Open steps, as the page of today and other lists read them."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.queries import Step
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

OPEN_STEP_ACT = "open_step"
_AT_ONCE: set[str] = set()


def show_at_once(kind: str) -> None:
    """Show steps of a kind from the day they are opened: their date is the last one, not the one to begin."""
    _AT_ONCE.add(kind)


def open_steps(branch_id: int, today: date) -> Iterable[Step]:
    """Yield the open steps of a branch that are due by tomorrow, have no date, or are shown at once."""
    rows = OpenStep.everywhere.filter(branch_id=branch_id, closed_at=None).select_related(
        "person__mentor", "owner"
    )
    for row in rows:
        is_far = row.due_on is not None and (row.due_on - today).days > 1
        if is_far and row.kind not in _AT_ONCE:
            continue
        yield Step(
            person_id=row.person_id or 0,
            name=row.person.display_name if row.person else "",
            side=_side(row),
            reason=row.kind,
            act=OPEN_STEP_ACT,
            since=timezone.localtime(row.opened_at).date(),
            rank=row.rank,
            due=row.due_on,
            text=row.text,
            owner=str(row.owner) if row.owner else "",
            object_id=row.pk,
            subject_id=row.subject_id,
        )


def find_step(*, actor: Actor, branch: Branch, pk: int) -> OpenStep:
    """Return one step of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.TODAY_SEE, branch.pk)
    step = OpenStep.objects.visible_to(actor).select_related("branch").filter(branch=branch, pk=pk).first()
    if step is None:
        raise NotVisible
    return step


def _side(row: OpenStep) -> str:
    if row.person is None:
        return ""
    return Side.MENTOR if hasattr(row.person, "mentor") else Side.MENTEE
