"""Decisions of all kinds, with their letters, and the open steps of talks."""

from datetime import timedelta
from typing import Any

from traboule.apps.applications.enums_judging import DecisionState, JudgingStep, Outcome, TalkState
from traboule.apps.applications.letters import REASONS, kind_of_decision
from traboule.apps.applications.models import Application, Decision, Talk
from traboule.apps.applications.queries.decisions import letter_of
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Channel, Side
from traboule.apps.steps.actions import open_step

SENTENCE = "Ce fut un plaisir de vous rencontrer."


def fill(stage: Any, rows: list[Application]) -> None:
    """Write decisions, their letters and the open steps of one branch."""
    decisions = [made for at, row in enumerate(rows) if (made := _decision(stage, row, at)) is not None]
    letters = [(made, _letter(stage, made)) for made in decisions if made.state == DecisionState.MADE]
    Message.everywhere.bulk_create(letter for _made, letter in letters)
    for made, letter in letters:
        made.letter = letter
    Decision.everywhere.bulk_create(decisions)
    decided = {made.application_id for made in decisions}
    for made in decisions:
        if made.state == DecisionState.PROPOSED:
            _step(stage, made.application, JudgingStep.TO_APPROVE, 28, 0)
        elif made.until is not None:
            _step(stage, made.application, JudgingStep.DEFER_OVER, 32, (made.until - stage.now.date()).days)
    for row in rows:
        if row.state == "talk_held" and row.pk not in decided:
            _step(stage, row, JudgingStep.TO_DECIDE, 30, 0)
    _talk_steps(stage)


def _decision(stage: Any, row: Application, at: int) -> Decision | None:
    """What was decided; one mentor whose talk was held waits for a second person."""
    outcome = {"accepted": Outcome.ACCEPTED, "deferred": Outcome.DEFERRED, "refused": Outcome.REFUSED}.get(
        row.state
    )
    waits = row.state == "talk_held" and row.side == Side.MENTOR and at % 2 == 0
    if outcome is None and not waits:
        return None
    chosen = outcome or Outcome.ACCEPTED
    reasons = REASONS[chosen][row.side]
    at_when = row.decided_at or stage.now - timedelta(hours=5)
    second = stage.second if row.side == Side.MENTOR and not waits else None
    days = (-1, 40, 75)[at % 3]
    return Decision(
        branch=stage.branch,
        application=row,
        outcome=chosen,
        state=DecisionState.PROPOSED if waits else DecisionState.MADE,
        reason=reasons[at % len(reasons)] if reasons else "",
        until=(stage.now + timedelta(days=days)).date() if chosen == Outcome.DEFERRED else None,
        sentence=SENTENCE if at % 2 else "",
        state_before="talk_held",
        person_before="new",
        decided_by=stage.host,
        decided_at=at_when,
        approved_by=second,
        approved_at=at_when if second else None,
        letter_due_at=None if waits else at_when + timedelta(hours=1),
    )


def _letter(stage: Any, made: Decision) -> Message:
    person = made.application.person
    letter = letter_of(made, stage.host)
    return Message(
        branch=stage.branch,
        person=person,
        key=f"{made.application.person_id}:demo:{made.application_id}:decision",
        kind=kind_of_decision(made.outcome, made.application.side, made.reason),
        channel=Channel.EMAIL,
        address=person.email if person else "",
        language=letter.language,
        subject=letter.subject[:200],
        body=letter.body,
        state=DeliveryState.SENT,
        created_at=made.decided_at,
        due_at=made.letter_due_at or made.decided_at,
        sent_at=made.letter_due_at,
    )


def _talk_steps(stage: Any) -> None:
    planned = Talk.everywhere.filter(branch=stage.branch, state=TalkState.PLANNED)
    for talk in planned.select_related("application__person"):
        kind = JudgingStep.TALK_TO_MOVE if talk.wish else JudgingStep.TALK_TO_HOLD
        days = 0 if talk.wish else (talk.starts_at.date() - stage.now.date()).days
        _step(stage, talk.application, kind, 25 if talk.wish else 45, days, talk)
    for talk in Talk.everywhere.filter(branch=stage.branch, state=TalkState.MISSED).select_related(
        "application__person"
    ):
        _step(stage, talk.application, JudgingStep.TALK_TO_PLAN, 35, 0)


def _step(
    stage: Any, row: Application, kind: JudgingStep, rank: int, days: int, talk: Talk | None = None
) -> None:
    open_step(
        branch=stage.branch,
        kind=kind,
        key=f"{kind}:{talk.pk if talk else row.pk}",
        person=row.person,
        owner=stage.host,
        text=(talk.wish if talk else "")[:200],
        rank=rank,
        due_on=(stage.now + timedelta(days=days)).date(),
        subject_type="talk" if talk else "application",
        subject_id=talk.pk if talk else row.pk,
        by=stage.by,
        now=stage.now,
    )
