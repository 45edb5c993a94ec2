"""Applications of a branch: the list, one of them, and the public reads."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.http import Http404

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.enums_judging import DecisionState
from traboule.apps.applications.models import Application, Decision
from traboule.apps.applications.queries.standing import CLOCKS, late_before, with_until
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import ConsentPurpose, Permission
from traboule.apps.people.models import Consent, Login
from traboule.apps.people.rules import STAFF_ROLES
from traboule.apps.people.validators import fold
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotVisible, authorise

NOBODY = "0"
OPEN_STATES = (
    ApplicationState.SENT,
    ApplicationState.TALK_PLANNED,
    ApplicationState.TALK_HELD,
    ApplicationState.DEFERRED,
)


def branch_to_join(slug: str) -> Branch:
    """Return a branch by its short name, closed or not: a page says so. Raises Http404."""
    branch = Branch.objects.filter(slug=slug).first()
    if branch is None:
        raise Http404
    return branch


def applications_of(
    *,
    actor: Actor,
    branch: Branch,
    now: datetime,
    state: str = "",
    side: str = "",
    source: str = "",
    owner: str = "",
    late: bool = False,
    text: str = "",
) -> models.QuerySet[Application]:
    """Return the applications of a branch; those that wait for the team come first, the longest wait first.

    Without ``state`` only what is open: drafts and what was answered have their own filter (``all`` shows
    everything). ``owner`` is the id of a login, or ``0`` for nobody; ``late`` keeps those past their clock.
    """
    authorise(actor, Permission.APPLICATIONS_SEE, branch.pk)
    rows = Application.objects.visible_to(actor).filter(branch=branch).select_related("person", "owner")
    if state and state != "all":
        rows = rows.filter(state=state)
    elif not state:
        rows = rows.filter(state__in=OPEN_STATES)
    for name, value in (("side", side), ("source", source)):
        if value:
            rows = rows.filter(**{name: value})
    if owner.isdigit():
        rows = rows.filter(owner=None) if owner == NOBODY else rows.filter(owner_id=int(owner))
    if late:
        rows = rows.filter(_is_late(now))
    for word in fold(text).split():
        rows = rows.filter(Q(search_key__contains=word) | Q(person__search_key__contains=word))
    order = models.Case(
        *(models.When(state=one, then=place) for place, one in enumerate(OPEN_STATES)), default=9
    )
    return with_until(rows).annotate(place=order).order_by("place", "moved_at", "pk")


def _is_late(now: datetime) -> Q:
    found = Q(pk__in=[])
    waits = Decision.everywhere.filter(state=DecisionState.MADE, until__gte=now.date())
    for state in CLOCKS:
        if state == ApplicationState.DEFERRED:  # late after the day of the letter
            found |= Q(state=state) & ~Q(pk__in=waits.values("application"))
            continue
        found |= Q(state=state, moved_at__lt=late_before(state, now))
    return found


def find_application(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.APPLICATIONS_SEE
) -> Application:
    """Return one application of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    found = (
        Application.objects.visible_to(actor, permission)
        .select_related("person", "owner", "branch", "referred_by")
        .filter(branch=branch, pk=pk)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def application_behind(pk: object) -> Application | None:
    """Return the application of a link or of a visitor's own session; the caller holds the right to it."""
    if not str(pk).isdigit():
        return None
    return Application.everywhere.select_related("person", "branch").filter(pk=int(str(pk))).first()


def owners_of(*, actor: Actor, branch: Branch) -> models.QuerySet[Login]:
    """Return who may own an application: the active staff of the branch, by name."""
    authorise(actor, Permission.APPLICATIONS_SEE, branch.pk)
    reaching = Q(grants__branch=branch) | Q(grants__branch=None)
    rows = Login.objects.filter(reaching, grants__role__in=sorted(STAFF_ROLES), is_active=True)
    return rows.distinct().order_by("name", "email")


def history_of(application: Application) -> list[AuditEntry]:
    """Return what was done with an application, the latest first."""
    rows = audit.entries(application.branch_id).filter(
        subject_type="application", subject_id=str(application.pk)
    )
    return list(rows[:20])


def consents_of(application: Application) -> list[Consent]:
    """Return what the person of an application agrees to now, in the order of the purposes."""
    if application.person is None:
        return []
    rows = Consent.everywhere.filter(person=application.person, withdrawn_at=None)
    order = {purpose: place for place, purpose in enumerate(ConsentPurpose.values)}
    return sorted(rows, key=lambda row: order[row.purpose])
