"""Duos with what is known of their mentees, as plain rows: what figures and contracts reckon with."""

from collections import defaultdict
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.enums import STANDING
from traboule.apps.outcomes.models import NoOutcome, Outcome
from traboule.apps.outcomes.queries.outcomes import is_open
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.kernel.outcomes import AnswerFact, DuoFacts, OutcomeFact


def facts_of(*, actor: Actor, branch: Branch, since: date | None = None) -> list[DuoFacts]:
    """Return every duo of a branch (begun on ``since`` or later) with its outcomes and answers, oldest first.

    Ids, days and codes only: no name. Three queries, whatever the number of duos. Taken back and joined
    tellings are left out; a possible twin stands in both rows until somebody decides, so whoever counts
    verified outcomes counts it once (it cannot be verified before). Raises NotVisible, NotAllowed.
    """
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    return branch_facts(branch, since)


def branch_facts(branch: Branch, since: date | None = None) -> list[DuoFacts]:
    """Return the same for the system's own work; whoever calls has authorised."""
    duos = Duo.everywhere.filter(branch=branch)
    if since is not None:
        duos = duos.filter(started_on__gte=since)
    outcomes = _outcomes(Outcome.everywhere.filter(duo__branch=branch), ZoneInfo(branch.timezone))
    answers: dict[int, list[AnswerFact]] = defaultdict(list)
    for duo_id, day, answer, whys in (
        NoOutcome.everywhere.filter(duo__branch=branch)
        .order_by("asked_on", "pk")
        .values_list("duo", "asked_on", "answer", "whys")
    ):
        answers[duo_id or 0].append(AnswerFact(day, answer, tuple(whys)))
    return [
        DuoFacts(
            duo_id=duo.pk,
            branch_id=duo.branch_id,
            person_id=duo.mentee_id,
            mentor_id=duo.mentor_id,
            state=duo.state,
            close_reason=duo.close_reason,
            started_on=duo.started_on,
            planned_end=duo.ends_on,
            ended_on=duo.closed_on,
            outcomes=tuple(outcomes.get(duo.pk, ())),
            answers=tuple(answers.get(duo.pk, ())),
        )
        for duo in duos.order_by("started_on", "pk")
    ]


def _outcomes(rows: QuerySet[Outcome], zone: ZoneInfo) -> dict[int, list[OutcomeFact]]:
    found: dict[int, list[OutcomeFact]] = defaultdict(list)
    for row in rows.filter(state__in=STANDING).order_by("starts_on", "pk"):
        hours = float(row.weekly_hours) if row.weekly_hours is not None else None
        found[row.duo_id or 0].append(
            OutcomeFact(
                outcome_id=row.pk,
                kind=row.kind,
                contract=row.contract,
                weekly_hours=hours,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                is_open=is_open(row),
                seen_on=row.seen_on,
                grade=row.grade,
                state=row.state,
                told_on=row.told_at.astimezone(zone).date(),
            )
        )
    return found
