"""Whether a branch takes people, and who remains in one that closes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from traboule.apps.applications.models import BranchClosing, ClosingPerson
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MenteeState, MentorState, Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.registry import ENGAGED


def closing_of(branch: Branch) -> BranchClosing | None:
    """Return the closing of a branch that holds, or None."""
    return BranchClosing.everywhere.filter(branch=branch, undone_at=None).select_related("contact").first()


def takes_people(branch: Branch, today: date) -> bool:
    """Say whether somebody new may come in on ``today``."""
    if not branch.is_active:
        return False
    return not BranchClosing.everywhere.filter(branch=branch, undone_at=None, closes_on__lte=today).exists()


def others_open(branch: Branch, today: date) -> list[Branch]:
    """Return the branches of the same organisation to which somebody may move."""
    closing = BranchClosing.everywhere.filter(undone_at=None).values("branch")
    rows = Branch.objects.filter(organisation=branch.organisation_id, is_active=True)
    return list(rows.exclude(pk=branch.pk).exclude(pk__in=closing))


def who_remains(branch: Branch) -> QuerySet[Person]:
    """Return the people of a branch who wait, apply, train or meet: all whose path has not ended."""
    is_here = (Q(mentee__isnull=False) & ~Q(mentee__state=MenteeState.LEFT)) | (
        Q(mentor__isnull=False) & ~Q(mentor__state=MentorState.LEFT)
    )
    rows = Person.everywhere.filter(is_here, branch=branch, archived_at=None, merged_into=None)
    return rows.select_related("mentee", "mentor").order_by("last_name", "first_name", "pk")


@dataclass(frozen=True, slots=True)
class Remaining:
    """The page of a branch that closes."""

    people: QuerySet[Person]
    untold: int
    moved: int
    engaged: frozenset[int]


def remaining(*, actor: Actor, branch: Branch, closing: BranchClosing) -> Remaining:
    """Return who is still here, each with ``told_at`` and ``answer``; how many were told and moved."""
    authorise(actor, Permission.BRANCHES_CLOSE, branch.pk)
    mine = ClosingPerson.everywhere.filter(closing=closing, person=OuterRef("pk"))
    people = who_remains(branch).annotate(
        told_at=Subquery(mine.values("told_at")[:1]), answer=Subquery(mine.values("answer")[:1])
    )
    moved = ClosingPerson.everywhere.filter(closing=closing, moved_to__isnull=False).count()
    engaged = frozenset(pk for handler in ENGAGED for pk in handler(branch.pk))
    return Remaining(
        people.order_by(F("answer").asc(nulls_first=True), "last_name", "first_name", "pk"),
        people.filter(told_at=None).count(),
        moved,
        engaged,
    )


def told_person(pk: str, scope: int | None) -> ClosingPerson | None:
    """Return the line that the link of a message is about."""
    rows = ClosingPerson.everywhere.filter(pk=pk, closing__branch_id=scope or 0, closing__undone_at=None)
    return rows.select_related("closing__branch", "closing__contact", "person__branch", "moved_to").first()
