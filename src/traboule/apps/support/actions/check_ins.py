"""Holding a check-in with one side, and answering the short scale."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from traboule.apps.people.actions.contact import touch
from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.enums import Permission, Readers
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.steps.enums import Closing
from traboule.apps.support.actions._writing import record
from traboule.apps.support.enums import CheckInState, Item, Mark, SupportStep
from traboule.apps.support.models import CheckIn, CheckInSide, Pulse
from traboule.apps.support.queries.check_ins import needs_a_word, person_of
from traboule.apps.support.queries.settings import owner_of
from traboule.apps.support.questions import ANSWER_LENGTH, QUESTION_LENGTH
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.links import withdraw_links
from traboule.core.permissions import authorise
from traboule.core.scope import locked

QUALITY_RANK = 40
Answers = Sequence[tuple[str, str]]  # question, answer


class CheckInOver(ValueError):
    """This check-in is over, or was answered already."""


class NothingSaid(ValueError):
    """Every answer is empty."""


class PulseOver(ValueError):
    """These sentences were answered or left out already."""


@transaction.atomic
def hold_check_in(
    *, check_in: CheckIn, side: str, answers: Answers, readers: Readers, by: Actor, now: datetime
) -> CheckInSide:
    """Write down what one side said, on the phone or face to face; again corrects it until both are held.

    Counts as a contact. Raises CheckInOver (not held in time, duo closed), NothingSaid.
    """
    authorise(by, Permission.DUOS_WRITE, check_in.duo.branch_id)
    row = locked(check_in)
    if row.state == CheckInState.DROPPED:
        raise CheckInOver
    person = person_of(row.duo, side)
    said, _new = CheckInSide.everywhere.get_or_create(check_in=row, side=side, defaults={"person": person})
    _write(said, answers, readers, by, now)
    touch(person.pk, now)
    _settle(row, by, now)
    record(row.duo.branch_id, "check_in", row.pk, "check_in.held", by, now, side=side, readers=readers)
    return said


@transaction.atomic
def answer_check_in(*, said: CheckInSide, answers: Answers, by: Actor, now: datetime) -> CheckInSide:
    """Write what a person answers themselves, through a link or from their place; the team reads it.

    Raises CheckInOver, NothingSaid; NotAllowed for anybody else.
    """
    authorise_own(said.person, by)
    check_in = locked(said.check_in)
    row = locked(said)
    if row.held_at is not None or check_in.state != CheckInState.PLANNED:
        raise CheckInOver
    _write(row, answers, Readers.SHARED, by, now)
    touch(row.person_id, now)
    _settle(check_in, by, now)
    record(check_in.duo.branch_id, "check_in", check_in.pk, "check_in.answered", by, now, side=row.side)
    return row


def _write(row: CheckInSide, answers: Answers, readers: Readers, by: Actor, now: datetime) -> None:
    kept = [(question[:QUESTION_LENGTH], text.strip()[:ANSWER_LENGTH]) for question, text in answers]
    if not any(text for _question, text in kept):
        raise NothingSaid
    row.answers = [{"question": question, "answer": text} for question, text in kept]
    row.readers, row.held_at = readers, now
    row.held_by_id = by.id if by.kind is ActorKind.LOGIN and not _is_own(row, by) else None
    row.save(update_fields=["answers", "readers", "held_at", "held_by"])
    withdraw_links(subject_type="checkinside", subject_id=row.pk, now=now)


def _is_own(row: CheckInSide, by: Actor) -> bool:
    login = getattr(row.person, "login", None)
    return login is not None and login.pk == by.id


def _settle(check_in: CheckIn, by: Actor, now: datetime) -> None:
    """Once both sides have spoken the check-in is held and its step is done."""
    held = CheckInSide.everywhere.filter(check_in=check_in, held_at__isnull=False).count()
    if held < 2 or check_in.state != CheckInState.PLANNED:
        return
    check_in.state, check_in.closed_at = CheckInState.HELD, now
    check_in.save(update_fields=["state", "closed_at"])
    drop_step(check_in, by, now, Closing.DONE)


def drop_step(check_in: CheckIn, by: Actor, now: datetime, closing: Closing) -> None:
    """Close the step of a check-in."""
    close_steps(branch=check_in.duo.branch, key=step_key(check_in), by=by, now=now, closing=closing)


def step_key(check_in: CheckIn) -> str:
    """Return under which name the step of a check-in is open."""
    return f"{SupportStep.CHECK_IN}:{check_in.pk}"


@transaction.atomic
def answer_pulse(*, pulse: Pulse, marks: Mapping[str, int], by: Actor, now: datetime) -> Pulse:
    """Write the answers of one side; sentences may be left out. Without any it is the same as skipping.

    A low or falling mean opens a step for the coordinator. Raises PulseOver; NotAllowed for anybody else.
    """
    authorise_own(pulse.person, by)
    row = _open(pulse)
    chosen = {Item(item): Mark(value) for item, value in marks.items()}
    if not chosen:
        return skip_pulse(pulse=pulse, by=by, now=now)
    for item, value in chosen.items():
        setattr(row, item, value)
    row.answered_at = now
    touch(row.person_id, now)
    row.save(update_fields=["answered_at", *chosen])
    withdraw_links(subject_type="pulse", subject_id=row.pk, now=now)
    record(row.duo.branch_id, "pulse", row.pk, "pulse.answered", by, now, side=row.side, number=row.number)
    _listen(row, by, now)
    return row


@transaction.atomic
def skip_pulse(*, pulse: Pulse, by: Actor, now: datetime) -> Pulse:
    """Somebody would rather not answer this time: nobody asks again before the next. Raises PulseOver."""
    authorise_own(pulse.person, by)
    row = _open(pulse)
    row.skipped_at = now
    touch(row.person_id, now)
    row.save(update_fields=["skipped_at"])
    withdraw_links(subject_type="pulse", subject_id=row.pk, now=now)
    record(row.duo.branch_id, "pulse", row.pk, "pulse.skipped", by, now, side=row.side, number=row.number)
    return row


def _open(pulse: Pulse) -> Pulse:
    row = locked(pulse)
    if row.answered_at is not None or row.skipped_at is not None:
        raise PulseOver
    return row


def _listen(pulse: Pulse, by: Actor, now: datetime) -> None:
    """A low or falling mean of this side: a word with that person, within three days."""
    rows = Pulse.everywhere.filter(duo_id=pulse.duo_id, side=pulse.side, answered_at__isnull=False)
    if not needs_a_word(row.mean for row in rows.order_by("number")):
        return
    duo = pulse.duo
    open_step(
        branch=duo.branch,
        kind=SupportStep.QUALITY,
        key=f"{SupportStep.QUALITY}:{duo.pk}:{pulse.side}",
        by=by,
        now=now,
        person=pulse.person,
        due_on=local_day(now, duo.branch.timezone),
        owner=owner_of(duo),
        rank=QUALITY_RANK,
        subject_type="duo",
        subject_id=duo.pk,
    )
