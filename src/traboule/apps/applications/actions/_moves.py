"""The one way in which an application changes its state."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application
from traboule.apps.people.actions import move_mentee, move_mentor
from traboule.apps.people.enums import MenteeState, MentorState, Side
from traboule.apps.people.models import MenteeProfile, MentorProfile
from traboule.apps.steps.actions import close_steps
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.scope import locked
from traboule.kernel.lifecycle import APPLICATION, APPLICATION_UNDO

DECISIONS = {ApplicationState.ACCEPTED, ApplicationState.DEFERRED, ApplicationState.REFUSED}
PAST = {
    "send": "sent",
    "plan_talk": "talk_planned",
    "hold_talk": "talk_held",
    "miss_talk": "talk_missed",
    "accept": "accepted",
    "defer": "deferred",
    "refuse": "refused",
    "reopen": "reopened",
    "withdraw": "withdrawn",
    **dict.fromkeys(APPLICATION_UNDO.moves, "decision_undone"),
}


def new_step_key(pk: int) -> str:
    """Return the key of the step that a sent application opens for the team."""
    return f"application.new:{pk}"


def move(
    application: Application, move: str, *, by: Actor, now: datetime, facts: Mapping[str, Any] | None = None
) -> Application:
    """Lock the row, ask the kernel whether ``move`` is legal, write it with its audit entry, return it.

    For actions, which authorise first and run it in their transaction. Raises kernel.lifecycle.IllegalMove.
    """
    row = locked(application)
    table = APPLICATION_UNDO if move in APPLICATION_UNDO.moves else APPLICATION
    row.state = table.after(row.state, move)
    row.moved_at = now
    if row.state in DECISIONS:
        row.decided_at = now
    elif move == "reopen" or move in APPLICATION_UNDO.moves:
        row.decided_at = None
    row.save(update_fields=["state", "moved_at", "decided_at"])
    _follow(row, by, now)
    if row.state != ApplicationState.SENT:  # somebody has dealt with it
        close_steps(branch=row.branch, key=new_step_key(row.pk), by=by, now=now)
    audit.record(
        by=by,
        now=now,
        branch_id=row.branch_id,
        verb=f"application.{PAST[move]}",
        subject_type="application",
        subject_id=row.pk,
        facts={"person": row.person_id, "side": row.side, **(facts or {})},
    )
    return row


def _follow(row: Application, by: Actor, now: datetime) -> None:
    """Whoever was only applying leaves with the application and comes back with it; nobody else moves."""
    is_over = row.state in (ApplicationState.REFUSED, ApplicationState.WITHDRAWN)
    is_back = row.state == ApplicationState.SENT
    if row.person is None or not (is_over or is_back):
        return
    if row.side == Side.MENTOR:
        mentor = MentorProfile.everywhere.filter(person=row.person).first()
        before, after = (
            (MentorState.NEW, MentorState.LEFT) if is_over else (MentorState.LEFT, MentorState.NEW)
        )
        if mentor is not None and mentor.state == before:
            move_mentor(mentor=mentor, to=after, by=by, now=now)
        return
    mentee = MenteeProfile.everywhere.filter(person=row.person).first()
    was, becomes = (MenteeState.NEW, MenteeState.LEFT) if is_over else (MenteeState.LEFT, MenteeState.NEW)
    if mentee is not None and mentee.state == was:
        move_mentee(mentee=mentee, to=becomes, by=by, now=now)
