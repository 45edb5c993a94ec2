"""Two tellings of one contract become one, are two again, or are said to be two."""

from datetime import datetime

from django.db import transaction

from traboule.apps.outcomes.actions._shared import (
    ask_to_verify,
    flag_twin,
    grade_by_papers,
    no_step,
    person_locked,
    record,
)
from traboule.apps.outcomes.enums import OutcomeState
from traboule.apps.outcomes.models import Outcome
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.lifecycle import OUTCOME


class OtherPerson(ValueError):
    """Only what is told of one person can be one and the same."""


@transaction.atomic
def join_outcomes(*, kept: Outcome, dropped: Outcome, by: Actor, now: datetime) -> Outcome:
    """Make two tellings one: papers of both prove the kept one, ``dropped`` is hidden and counts nowhere.

    Of a verified one and another, the verified one is kept. Raises OtherPerson, IllegalMove; NotVisible,
    NotAllowed.
    """
    authorise(by, Permission.OUTCOMES_WRITE, kept.branch_id)
    if kept.person_id != dropped.person_id or kept.pk == dropped.pk:
        raise OtherPerson
    kept, dropped = _locked_pair(kept, dropped)
    if dropped.state == OutcomeState.VERIFIED and kept.state != OutcomeState.VERIFIED:
        kept, dropped = dropped, kept
    OUTCOME.after(kept.state, "join")  # what was taken back or joined keeps nothing
    before = dropped.state
    dropped.state = OUTCOME.after(before, "join")
    dropped.joined_to, dropped.maybe_same_as = kept, None
    dropped.save(update_fields=["state", "joined_to", "maybe_same_as"])
    Outcome.everywhere.filter(joined_to=dropped).update(joined_to=kept)
    Outcome.everywhere.filter(maybe_same_as=dropped).update(maybe_same_as=None)
    kept.refresh_from_db()
    kept.grade = grade_by_papers(kept)
    flag_twin(kept)
    kept.save(update_fields=["grade", "maybe_same_as"])
    no_step(dropped, by, now)
    record(kept, "joined", by, now, with_one=dropped.pk, before=before)
    return kept


@transaction.atomic
def part_outcome(*, outcome: Outcome, by: Actor, now: datetime) -> Outcome:
    """Take a joining back: the hidden telling stands again and waits to be verified. Raises IllegalMove."""
    authorise(by, Permission.OUTCOMES_WRITE, outcome.branch_id)
    person_locked(outcome.person)
    row = locked(outcome)
    kept = row.joined_to
    row.state, row.joined_to = OUTCOME.after(row.state, "part"), None
    row.decided_at, row.decided_by, row.reason = None, None, ""
    row.save(update_fields=["state", "joined_to", "decided_at", "decided_by", "reason"])
    row.grade = grade_by_papers(row)
    flag_twin(row)
    row.save(update_fields=["grade", "maybe_same_as"])
    if kept is not None:
        kept.grade = grade_by_papers(kept)
        kept.save(update_fields=["grade"])
    ask_to_verify(row, by, now)
    record(row, "parted", by, now)
    return row


@transaction.atomic
def say_two(*, one: Outcome, other: Outcome, by: Actor, now: datetime) -> None:
    """Remember that two tellings are two outcomes; saying it twice changes nothing. Raises OtherPerson."""
    authorise(by, Permission.OUTCOMES_WRITE, one.branch_id)
    if one.person_id != other.person_id or one.pk == other.pk:
        raise OtherPerson
    rows = _locked_pair(one, other)
    for row, there in (rows, rows[::-1]):
        row.apart_from = sorted({*row.apart_from, there.pk})
        row.save(update_fields=["apart_from"])
    for row in rows:
        if row.maybe_same_as_id in (one.pk, other.pk):
            flag_twin(row)
            row.save(update_fields=["maybe_same_as"])
    record(rows[0], "kept_apart", by, now, other_one=rows[1].pk)


def _locked_pair(one: Outcome, other: Outcome) -> tuple[Outcome, Outcome]:
    """Lock the person first and both in the order of their ids: two colleagues do not wait for each other."""
    person_locked(one.person)
    held = {row.pk: locked(row) for row in sorted((one, other), key=lambda row: row.pk)}
    return held[one.pk], held[other.pk]
