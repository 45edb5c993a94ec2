"""Papers that prove an outcome: kept safely, counted into its grade, dropped if sent by mistake."""

from datetime import datetime
from functools import partial

from django.db import transaction

from traboule.apps.outcomes.actions._shared import (
    ask_to_verify,
    flag_twin,
    grade_by_papers,
    login_id,
    record,
    side_of,
)
from traboule.apps.outcomes.enums import STANDING, OutcomeState, PaperKind, ToldBy
from traboule.apps.outcomes.models import Evidence, Outcome
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor, ActorKind
from traboule.core.erasing import remove_files
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.core.uploads import CheckedFile, put_in
from traboule.kernel.lifecycle import OUTCOME, IllegalMove

MOST_PAPERS = 12


class TooManyPapers(ValueError):
    """An outcome holds a handful of papers, not a folder."""


@transaction.atomic
def add_paper(*, outcome: Outcome, file: CheckedFile, paper: PaperKind, by: Actor, now: datetime) -> Evidence:
    """Add a paper to an outcome: the team, or the mentee to what they told themselves.

    What was not confirmed is looked at again with it; what was verified stays verified. Raises TooManyPapers,
    IllegalMove; NotVisible, NotAllowed.
    """
    row = locked(outcome)
    if not (by.kind is ActorKind.LOGIN and by.may(Permission.OUTCOMES_WRITE, row.branch_id)):
        authorise_own(row.person, by)
        if row.told_by != ToldBy.MENTEE:
            raise IllegalMove(OUTCOME.name, row.state, "add_paper")
        touch(row.person_id, now)
    OUTCOME.after(row.state, "tell_again")
    if row.state == OutcomeState.DOUBTED:
        row.state, row.decided_at, row.decided_by, row.reason = OutcomeState.TOLD, None, None, ""
        row.save(update_fields=["state", "decided_at", "decided_by", "reason"])
        ask_to_verify(row, by, now)
    return keep_paper(row, file, paper, by, now)


def keep_paper(outcome: Outcome, file: CheckedFile, paper: PaperKind, by: Actor, now: datetime) -> Evidence:
    """Store a checked file, raise the grade, and look for another telling with the same file.

    The same file a second time is kept once. Raises TooManyPapers.
    """
    held = list(Evidence.everywhere.filter(outcome=outcome))
    same = next((row for row in held if row.digest == file.digest), None)
    if same is not None:
        return same
    if len(held) >= MOST_PAPERS:
        raise TooManyPapers
    by_team = by.kind is ActorKind.LOGIN and by.may(Permission.OUTCOMES_WRITE, outcome.branch_id)
    row = Evidence(outcome=outcome, paper=paper, sent_by=side_of(by_team, outcome.told_by))
    row.added_by_id = login_id(by)
    put_in(row, file, now)
    row.name = f"{paper}-{outcome.pk}-{len(held) + 1}.{file.kind}"  # what a phone called it may say too much
    row.save()
    _regrade(outcome)
    record(outcome, "paper_added", by, now, paper=str(paper))
    return row


@transaction.atomic
def drop_paper(*, evidence: Evidence, by: Actor, now: datetime) -> Outcome:
    """Delete a paper that was sent by mistake; a verified outcome is looked at anew. Raises IllegalMove."""
    authorise(by, Permission.OUTCOMES_WRITE, evidence.outcome.branch_id)
    row = locked(evidence.outcome)
    row.state = OUTCOME.after(row.state, "tell_again")
    row.decided_at, row.decided_by, row.reason = None, None, ""
    row.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    files = [(evidence.file.storage, str(evidence.file.name))]
    kind = evidence.paper
    evidence.delete()
    transaction.on_commit(partial(remove_files, files))
    _regrade(row)
    ask_to_verify(row, by, now)
    record(row, "paper_dropped", by, now, paper=kind)
    return row


def _regrade(outcome: Outcome) -> None:
    outcome.grade = grade_by_papers(outcome)
    if outcome.state in STANDING:
        flag_twin(outcome)
    outcome.save(update_fields=["grade", "maybe_same_as"])
    kept = outcome.joined_to
    if kept is not None:
        kept.grade = grade_by_papers(kept)
        kept.save(update_fields=["grade"])
