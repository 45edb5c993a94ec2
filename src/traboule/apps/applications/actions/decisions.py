"""Accept, put off, refuse. A mentor is accepted by two people; the letter leaves an hour later."""

from datetime import date, datetime, timedelta

from django.db import transaction

from traboule.apps.applications.actions import _standing
from traboule.apps.applications.actions._decision_letters import hold_letter_back, write_letter
from traboule.apps.applications.actions._moves import move
from traboule.apps.applications.actions.errors_judging import (
    AlreadyDecided,
    DateMissing,
    NothingToUndo,
    NotReady,
    SamePerson,
    WrongReason,
)
from traboule.apps.applications.actions.talk_endings import CALLED_OFF, call_off, put_back
from traboule.apps.applications.actions.talks import plan_again
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.enums_judging import DecisionState, JudgingStep, Outcome
from traboule.apps.applications.letters import REASONS
from traboule.apps.applications.models import Application, Decision
from traboule.apps.applications.queries.decisions import live_decision, ready_to_accept
from traboule.apps.people.enums import Permission, Side
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.steps.enums import Closing
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import NotAllowed, authorise
from traboule.core.scope import locked

LETTER_WAITS = timedelta(hours=1)
RANK_APPROVE, RANK_DEFER = 28, 32
VERBS = {Outcome.ACCEPTED: "accept", Outcome.DEFERRED: "defer", Outcome.REFUSED: "refuse"}


@transaction.atomic
def decide(
    *,
    application: Application,
    outcome: Outcome,
    by: Actor,
    now: datetime,
    reason: str = "",
    until: date | None = None,
    sentence: str = "",
) -> Decision:
    """Decide about an application; the acceptance of a mentor waits for a second person (``approve``).

    Raises AlreadyDecided (who, when), NotReady (codes), WrongReason, DateMissing, IllegalMove.
    """
    authorise(by, Permission.APPLICATIONS_DECIDE, application.branch_id)
    login = _human(by, Permission.APPLICATIONS_DECIDE)
    row = locked(application)
    earlier = _earlier(row, outcome)
    _check(row, outcome, reason, until, now)
    _replace(earlier)
    waits = outcome == Outcome.ACCEPTED and row.side == Side.MENTOR
    decision = Decision.everywhere.create(
        branch=row.branch,
        application=row,
        outcome=outcome,
        state=DecisionState.PROPOSED if waits else DecisionState.MADE,
        reason=reason,
        until=until if outcome == Outcome.DEFERRED else None,
        sentence=" ".join(sentence.split())[:400],
        state_before=row.state,
        person_before=_standing.state_of(row),
        decided_by_id=login,
        decided_at=now,
    )
    _record(decision, "decision.proposed" if waits else "decision.made", by, now)
    close_steps(branch=row.branch, key=f"{JudgingStep.TO_DECIDE}:{row.pk}", by=by, now=now)
    if waits:
        _step(decision, JudgingStep.TO_APPROVE, RANK_APPROVE, local_day(now, row.branch.timezone), by, now)
        return decision
    return _carry_out(decision, by, now)


@transaction.atomic
def approve(*, decision: Decision, by: Actor, now: datetime) -> Decision:
    """Say yes as the second person: the mentor is accepted. Raises SamePerson, AlreadyDecided, NotReady."""
    authorise(by, Permission.SCREENING_APPROVE, decision.branch_id)
    login = _human(by, Permission.SCREENING_APPROVE)
    application = locked(decision.application)
    row = locked(decision)
    if row.state == DecisionState.MADE:
        raise AlreadyDecided(str(row.approved_by or row.decided_by), row.approved_at or row.decided_at)
    if row.state != DecisionState.PROPOSED:
        raise NothingToUndo
    if row.decided_by_id == login:
        raise SamePerson
    missing = ready_to_accept(application)
    if missing:
        raise NotReady(missing)
    row.state, row.approved_by_id, row.approved_at = DecisionState.MADE, login, now
    row.save(update_fields=["state", "approved_by", "approved_at"])
    _record(row, "decision.approved", by, now)
    close_steps(branch=row.branch, key=_key(row, JudgingStep.TO_APPROVE), by=by, now=now)
    return _carry_out(row, by, now)


@transaction.atomic
def undo_decision(*, decision: Decision, by: Actor, now: datetime) -> Decision:
    """Take a decision back as long as its letter has not left.

    Raises LetterHasLeft, NothingToUndo, people.actions.states.StillEngaged (a proposal is open already).
    """
    authorise(by, Permission.APPLICATIONS_DECIDE, decision.branch_id)
    login = _human(by, Permission.APPLICATIONS_DECIDE)
    application = locked(decision.application)
    row = locked(decision)
    if row.state not in (DecisionState.PROPOSED, DecisionState.MADE):
        raise NothingToUndo
    if row.state == DecisionState.MADE:
        hold_letter_back(row, now)
        _standing.restore(row, by=by, now=now)
        before = _state_again(row, by, now)
        application = move(application, f"undo_to_{before}", by=by, now=now, facts={"decision": row.pk})
        if before != row.state_before:
            plan_again(application, by, now)
        _restore_replaced(row)
    row.state, row.undone_by_id, row.undone_at = DecisionState.UNDONE, login, now
    row.save(update_fields=["state", "undone_by", "undone_at"])
    _record(row, "decision.undone", by, now)
    for kind in (JudgingStep.TO_APPROVE, JudgingStep.DEFER_OVER):
        close_steps(branch=row.branch, key=_key(row, kind), by=by, now=now, closing=Closing.DROPPED)
    _step(row, JudgingStep.TO_DECIDE, 30, local_day(now, row.branch.timezone), by, now)
    return row


@transaction.atomic
def reopen_application(*, application: Application, by: Actor, now: datetime) -> Application:
    """Somebody who was put off, refused or withdrew comes back: the path begins again with a talk.

    Raises IllegalMove.
    """
    authorise(by, Permission.APPLICATIONS_DECIDE, application.branch_id)
    row = move(application, "reopen", by=by, now=now)
    Decision.everywhere.filter(application=row, state__in=["proposed", "made"]).update(
        state=DecisionState.REPLACED
    )
    close_steps(branch=row.branch, key=f"{JudgingStep.DEFER_OVER}:{row.pk}", by=by, now=now)
    _standing.come_back(row, by=by, now=now)
    plan_again(row, by, now)
    return row


def _human(by: Actor, permission: Permission) -> int:
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise NotAllowed(permission)
    return by.id


def _earlier(row: Application, outcome: Outcome) -> Decision | None:
    """Return the decision that the new one replaces: who was put off may be refused at once."""
    live = live_decision(row)
    if live is None or (row.state == "deferred" and outcome == Outcome.REFUSED):
        return live
    raise AlreadyDecided(str(live.decided_by), live.decided_at)


def _replace(earlier: Decision | None) -> None:
    if earlier is not None:
        Decision.everywhere.filter(pk=earlier.pk).update(state=DecisionState.REPLACED)


def _check(row: Application, outcome: Outcome, reason: str, until: date | None, now: datetime) -> None:
    wanted = REASONS[outcome][row.side]
    if (reason not in wanted) if wanted else bool(reason):
        raise WrongReason(reason)
    if outcome == Outcome.DEFERRED and (until is None or until <= local_day(now, row.branch.timezone)):
        raise DateMissing
    if outcome == Outcome.ACCEPTED and (missing := ready_to_accept(row)):
        raise NotReady(missing)


def _carry_out(decision: Decision, by: Actor, now: datetime) -> Decision:
    """Move application and person, queue the letter, open what comes next."""
    application = decision.application
    facts = {"decision": decision.pk, "reason": decision.reason}
    moved = move(application, VERBS[Outcome(decision.outcome)], by=by, now=now, facts=facts)
    decision.application = moved
    if decision.outcome != Outcome.ACCEPTED:
        call_off(application=moved, kind=CALLED_OFF, by=by, now=now)
    _standing.apply(decision, by=by, now=now)
    if decision.outcome == Outcome.DEFERRED and decision.until is not None:
        _step(decision, JudgingStep.DEFER_OVER, RANK_DEFER, decision.until, by, now)
    decision.letter_due_at = now + LETTER_WAITS
    decision.letter = write_letter(decision, by, now)
    decision.save(update_fields=["letter_due_at", "letter"])
    return decision


def _state_again(decision: Decision, by: Actor, now: datetime) -> str:
    """Return the state that the application takes again: a talk that cannot hold any more is planned anew."""
    before = decision.state_before
    if before == ApplicationState.TALK_PLANNED and not put_back(decision=decision, by=by, now=now):
        return str(ApplicationState.SENT)
    return before


def _restore_replaced(decision: Decision) -> None:
    if decision.state_before != "deferred":
        return
    Decision.everywhere.filter(pk=decision.pk).update(state=DecisionState.UNDONE)
    rows = Decision.everywhere.filter(application_id=decision.application_id, state=DecisionState.REPLACED)
    earlier = rows.order_by("-pk").first()
    if earlier is not None:
        Decision.everywhere.filter(pk=earlier.pk).update(state=DecisionState.MADE)


def _key(decision: Decision, kind: JudgingStep) -> str:
    return f"{kind}:{decision.application_id}"


def _step(decision: Decision, kind: JudgingStep, rank: int, due_on: date, by: Actor, now: datetime) -> None:
    open_step(
        branch=decision.branch,
        kind=kind,
        key=_key(decision, kind),
        person=decision.application.person,
        rank=rank,
        due_on=due_on,
        subject_type="application",
        subject_id=decision.application_id,
        by=by,
        now=now,
    )


def _record(decision: Decision, verb: str, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=decision.branch_id,
        verb=verb,
        subject_type="decision",
        subject_id=decision.pk,
        facts={
            "application": decision.application_id,
            "outcome": decision.outcome,
            "reason": decision.reason,
            "until": decision.until,
        },
    )
