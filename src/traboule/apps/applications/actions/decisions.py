"""Accept, put off, refuse. A mentor is accepted by two people; the letter leaves an hour later."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation

from traboule.apps.applications.actions import _standing
from traboule.apps.applications.actions._moves import move
from traboule.apps.applications.actions.errors_judging import (
    AlreadyDecided,
    DateMissing,
    LetterHasLeft,
    NothingToUndo,
    NotReady,
    SamePerson,
    WrongReason,
)
from traboule.apps.applications.enums_judging import DecisionState, JudgingStep, Outcome
from traboule.apps.applications.letters import REASONS, kind_of_decision
from traboule.apps.applications.models import Application, Decision
from traboule.apps.applications.queries.decisions import live_decision, ready_to_accept, values_of
from traboule.apps.messages.actions import tell
from traboule.apps.messages.actions.pool import UNDONE
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.models import Message, NextNews
from traboule.apps.people.enums import Permission, Side
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.steps.enums import Closing
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.languages import interface
from traboule.core.links import address_of, make_link, withdraw_links
from traboule.core.permissions import NotAllowed, authorise
from traboule.core.scope import locked

READ_DECISION = "read_decision"
LETTER_WAITS = timedelta(hours=1)
READ_FOR = timedelta(days=60)
RANK_APPROVE, RANK_DEFER, RANK_PLAN = 28, 32, 35
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
        _hold_letter_back(row, now)
        _standing.restore(row, by=by, now=now)
        move(application, f"undo_to_{row.state_before}", by=by, now=now, facts={"decision": row.pk})
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
    open_step(
        branch=row.branch,
        kind=JudgingStep.TALK_TO_PLAN,
        key=f"{JudgingStep.TALK_TO_PLAN}:{row.pk}",
        person=row.person,
        rank=RANK_PLAN,
        due_on=local_day(now, row.branch.timezone) + timedelta(days=2),
        subject_type="application",
        subject_id=row.pk,
        by=by,
        now=now,
    )
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
    _standing.apply(decision, by=by, now=now)
    if decision.outcome == Outcome.DEFERRED and decision.until is not None:
        _step(decision, JudgingStep.DEFER_OVER, RANK_DEFER, decision.until, by, now)
    decision.letter_due_at = now + LETTER_WAITS
    decision.letter = _write_letter(decision, by, now)
    decision.save(update_fields=["letter_due_at", "letter"])
    return decision


def _write_letter(decision: Decision, by: Actor, now: datetime) -> Message | None:
    person = decision.application.person
    host = decision.decided_by
    secret = make_link(
        right=READ_DECISION,
        subject_type="decision",
        subject_id=decision.pk,
        scope=decision.branch_id,
        now=now,
        ends_at=now + READ_FOR,
    )
    with translation.override(interface(person.contact_language if person else "")):
        values: Mapping[str, Any] = values_of(decision, host, address_of(secret))
    return tell(
        branch=decision.branch,
        kind=kind_of_decision(decision.outcome, decision.application.side, decision.reason),
        event=f"decision:{decision.pk}",
        values=values,
        person=person,
        due_at=decision.letter_due_at,
        by=by,
        now=now,
    )


def _hold_letter_back(decision: Decision, now: datetime) -> None:
    """Stop the letter, in one statement: whoever sends it at the same instant wins or loses, never both."""
    withdraw_links(subject_type="decision", subject_id=decision.pk, now=now, right=READ_DECISION)
    if decision.letter_id is None:
        if decision.letter_due_at is not None and decision.letter_due_at <= now:
            raise LetterHasLeft(decision.letter_due_at)
        return
    waiting = Message.everywhere.filter(pk=decision.letter_id, state=DeliveryState.WAITING)
    if waiting.update(state=DeliveryState.WITHHELD, reason=UNDONE):
        # What the pool would say behind the letter is not true any more either.
        person_id = decision.application.person_id or 0
        behind = Message.everywhere.filter(kind__startswith="pool.", person_id=person_id)
        behind.filter(state=DeliveryState.WAITING).update(state=DeliveryState.WITHHELD, reason=UNDONE)
        # Nor is the date: the next yes promises one anew, and says so.
        NextNews.everywhere.filter(person_id=person_id).delete()
        return
    letter = Message.everywhere.get(pk=decision.letter_id)
    if letter.state != DeliveryState.WITHHELD:
        raise LetterHasLeft(letter.sent_at)


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
