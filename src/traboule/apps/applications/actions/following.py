"""What the team and the person do with an application that was sent: own it, stop it, open it again."""

from datetime import datetime

from django.db import transaction

from traboule.apps.applications.actions._moves import move
from traboule.apps.applications.actions.applications import (
    DRAFT_KEPT,
    open_new_step,
    record_application,
)
from traboule.apps.applications.actions.entering import refuse_second
from traboule.apps.applications.actions.talks import drop_talk
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.actors import Actor
from traboule.core.drafts import sweep_ended
from traboule.core.links import withdraw_links
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.lifecycle import IllegalMove


class ReasonMissing(ValueError):
    """Stopping or opening again needs a reason."""


@transaction.atomic
def assign_owner(*, application: Application, owner: Login | None, by: Actor, now: datetime) -> Application:
    """Say who of the team looks after an application; nobody is an answer too."""
    authorise(by, Permission.APPLICATIONS_WRITE, application.branch_id)
    row = locked(application)
    if row.owner_id == (owner.pk if owner else None):
        return row
    row.owner = owner
    row.save(update_fields=["owner"])
    record_application(row, "application.assigned", {"owner": row.owner_id}, by, now)
    if row.state == ApplicationState.SENT:
        open_new_step(row, by, now)
    return row


@transaction.atomic
def withdraw_application(*, application: Application, reason: str, by: Actor, now: datetime) -> Application:
    """Stop an application, because the person says so. Raises ReasonMissing, IllegalMove."""
    authorise(by, Permission.APPLICATIONS_WRITE, application.branch_id)
    row = _with_reason(application, reason)
    drop_talk(application=row, by=by, now=now)
    return move(row, "withdraw", by=by, now=now)


@transaction.atomic
def reopen_application(*, application: Application, reason: str, by: Actor, now: datetime) -> Application:
    """Take an application up again, whatever became of it. Raises ReasonMissing, AlreadyOpen, IllegalMove.

    A draft that was stopped before it was sent has no person: that one begins anew.
    """
    authorise(by, Permission.APPLICATIONS_WRITE, application.branch_id)
    if application.person_id is None:
        raise IllegalMove("application", application.state, "reopen")
    row = _with_reason(application, reason)
    refuse_second(row)
    row = move(row, "reopen", by=by, now=now)
    open_new_step(row, by, now)
    return row


@transaction.atomic
def sweep_drafts(now: datetime) -> int:
    """Delete drafts of applications that nobody has touched for 90 days; return how many that were."""
    old = Application.everywhere.filter(state=ApplicationState.DRAFT, saved_at__lte=now - DRAFT_KEPT)
    numbers = list(old.values_list("pk", flat=True))
    for number in numbers:
        withdraw_links(subject_type="application", subject_id=number, now=now)
    old.delete()
    sweep_ended(now)
    return len(numbers)


def _with_reason(application: Application, reason: str) -> Application:
    words = " ".join(reason.split())
    if not words:
        raise ReasonMissing
    row = locked(application)
    row.reason = words[:300]
    row.save(update_fields=["reason"])
    return row
