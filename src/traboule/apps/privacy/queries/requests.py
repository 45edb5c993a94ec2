"""The register of requests, as its pages and the page of today read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.models import Person
from traboule.apps.people.queries import Step
from traboule.apps.privacy.enums import REQUEST_ACT, REQUEST_LATE, REQUEST_OPEN
from traboule.apps.privacy.models import LegalHold, RightsRequest
from traboule.apps.privacy.rules import WARN_DAYS
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

RANK_LATE, RANK_OPEN = 5, 50  # on the scale of people.queries.days.RANKS


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request and the days that are left; negative when it is late, None when it is answered."""

    request: RightsRequest
    days_left: int | None

    @property
    def pressing(self) -> bool:
        """Whether the last day is near or past."""
        return self.days_left is not None and self.days_left <= WARN_DAYS


def requests_of(*, actor: Actor, branch: Branch, is_open: bool | None = None) -> QuerySet[RightsRequest]:
    """Return the requests of a branch: open ones first, the most pressing on top."""
    authorise(actor, Permission.RIGHTS_SEE, branch.pk)
    rows = (
        RightsRequest.objects.visible_to(actor).filter(branch=branch).select_related("person", "answered_by")
    )
    if is_open is not None:
        rows = rows.filter(answer="") if is_open else rows.exclude(answer="")
    return rows.order_by("answered_at", "due_on", "pk") if is_open else rows.order_by("-asked_at", "-pk")


def line_of(request: RightsRequest, today: date) -> RequestLine:
    """Return a request with its clock."""
    return RequestLine(request, None if request.answer else (request.due_on - today).days)


def find_request(*, actor: Actor, branch: Branch, pk: int) -> RightsRequest:
    """Return one request of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.RIGHTS_SEE, branch.pk)
    rows = RightsRequest.objects.visible_to(actor).filter(branch=branch, pk=pk)
    found = rows.select_related("person", "branch", "taken_by", "identity_by", "answered_by").first()
    if found is None:
        raise NotVisible
    return found


def find_subject(*, actor: Actor, branch: Branch, pk: int, permission: Permission) -> Person:
    """Return a person of a branch to somebody who deals with rights. Raises NotVisible, NotAllowed."""
    authorise(actor, permission, branch.pk)
    found = Person.objects.visible_to(actor, permission).filter(branch=branch, pk=pk, stand_in=None).first()
    if found is None:
        raise NotVisible
    return found


def subject_of_link(person_id: int) -> Person | None:
    """Return the person behind a personal link, or None if there is nobody any more."""
    return Person.everywhere.select_related("branch").filter(pk=person_id, stand_in=None).first()


def requests_of_person(person: Person) -> QuerySet[RightsRequest]:
    """Return what one person asked, the latest first; for the person's own page and the team's."""
    return RightsRequest.everywhere.filter(person=person).order_by("-asked_at", "-pk")


def holds_of(person: Person, today: date) -> QuerySet[LegalHold]:
    """Return the holds on a person that are in force."""
    return LegalHold.everywhere.filter(person=person, lifted_at=None, until__gte=today).order_by("until")


def find_hold(*, actor: Actor, branch: Branch, pk: int) -> LegalHold:
    """Return one hold of a branch. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.RIGHTS_ANSWER, branch.pk)
    rows = LegalHold.objects.visible_to(actor, Permission.RIGHTS_ANSWER).filter(person__branch=branch, pk=pk)
    found = rows.select_related("person").first()
    if found is None:
        raise NotVisible
    return found


def open_steps(branch_id: int, today: date) -> Iterator[Step]:
    """Yield the requests that wait for an answer: each has a clock of one month."""
    rows = RightsRequest.everywhere.filter(branch_id=branch_id, answer="", person__isnull=False)
    for row in rows.select_related("person__mentor", "taken_by").order_by("due_on", "pk"):
        late = (row.due_on - today).days <= WARN_DAYS
        assert row.person is not None  # noqa: S101 -- the filter says so; for the type checker
        yield Step(
            person_id=row.person.pk,
            name=row.person.display_name,
            side=Side.MENTOR if hasattr(row.person, "mentor") else Side.MENTEE,
            reason=REQUEST_LATE if late else REQUEST_OPEN,
            act=REQUEST_ACT,
            since=timezone.localtime(row.asked_at).date(),
            rank=RANK_LATE if late else RANK_OPEN,
            due=row.due_on,
            owner=str(row.taken_by) if row.taken_by else "",
            object_id=row.pk,
            subject_id=row.pk,
        )
