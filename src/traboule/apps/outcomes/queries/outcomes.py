"""Outcomes: of a person, of a branch, one with its papers, and the days worked in a window."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.enums import STANDING, OutcomeState
from traboule.apps.outcomes.models import Evidence, NoOutcome, Outcome
from traboule.apps.outcomes.own_enums import ContractKind, OutcomeKind
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.outcomes import WORKED, Span, days_worked, months_window

YEAR = 12
SHOWS = ("to_verify", "twins", "doubted", "verified", "all")


@dataclass(frozen=True, slots=True)
class Worked:
    """Days under contract in a year, as far as it has gone by, of what is told and of what is verified."""

    duo: Duo
    from_start: int
    from_end: int | None
    verified_from_start: int


@dataclass(frozen=True, slots=True)
class PersonOutcomes:
    """All that is known of one mentee."""

    person: Person
    duos: list[Duo]
    outcomes: list[Outcome]
    hidden: list[Outcome]
    answers: list[NoOutcome]
    worked: list[Worked]


def is_open(outcome: Outcome) -> bool:
    """Say whether it runs until somebody says otherwise: a permanent contract, an own business."""
    return outcome.ends_on is None and (
        outcome.contract == ContractKind.PERMANENT or outcome.kind == OutcomeKind.OWN_BUSINESS
    )


def span_of(outcome: Outcome) -> Span:
    """Return the days that an outcome covers, for the kernel."""
    return Span(outcome.starts_on, outcome.ends_on, is_open(outcome), outcome.seen_on)


def days_worked_of(outcomes: list[Outcome], first: date, months: int, as_of: date) -> int:
    """Days with at least one contract in the window of ``months`` from ``first``, up to ``as_of``."""
    spans = [span_of(row) for row in outcomes if row.kind in WORKED]
    return days_worked(spans, months_window(first, months), as_of)


def person_outcomes(*, actor: Actor, branch: Branch, pk: int, today: date) -> PersonOutcomes:
    """Return all that is known of one mentee of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.OUTCOMES_SEE, branch.pk)
    person = find_mentee(actor=actor, branch=branch, pk=pk)
    duos = list(Duo.everywhere.filter(mentee=person).select_related("mentor").order_by("-started_on"))
    rows = list(_with_all(Outcome.everywhere.filter(person=person)))
    standing = [row for row in rows if row.state in STANDING]
    return PersonOutcomes(
        person=person,
        duos=duos,
        outcomes=standing,
        hidden=[row for row in rows if row.state not in STANDING],
        answers=list(NoOutcome.everywhere.filter(person=person).select_related("recorded_by")),
        worked=[_worked(duo, standing, today) for duo in duos],
    )


def find_mentee(*, actor: Actor, branch: Branch, pk: int) -> Person:
    """Return one mentee of a branch. Raises NotVisible: of a mentor who never was one there is nothing."""
    authorise(actor, Permission.OUTCOMES_SEE, branch.pk)
    rows = Person.everywhere.filter(pk=pk, branch=branch, merged_into=None)
    was = Q(mentee__isnull=False) | Q(duos_as_mentee__isnull=False) | Q(outcomes__isnull=False)
    person = rows.filter(was).select_related("branch").distinct().first()
    if person is None:
        raise NotVisible
    return person


def outcomes_of(*, actor: Actor, branch: Branch, show: str = "to_verify") -> QuerySet[Outcome]:
    """Return outcomes of a branch: to verify (the longest waiting first), possible twins, or all.

    Raises NotVisible, NotAllowed.
    """
    authorise(actor, Permission.OUTCOMES_SEE, branch.pk)
    rows = _listed(actor, branch).select_related("person", "maybe_same_as")
    if show == "to_verify":
        return rows.filter(state=OutcomeState.TOLD).order_by("told_at", "pk")
    if show == "twins":
        return rows.filter(state__in=STANDING, maybe_same_as__isnull=False).order_by("told_at", "pk")
    if show in ("doubted", "verified"):
        return rows.filter(state=show).order_by("-decided_at", "-pk")
    return rows.filter(state__in=STANDING).order_by("-starts_on", "-pk")


def counts_of(*, actor: Actor, branch: Branch) -> dict[str, int]:
    """Return how many outcomes each list of a branch holds. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.OUTCOMES_SEE, branch.pk)
    found: dict[str, int] = _listed(actor, branch).aggregate(
        to_verify=Count("pk", filter=Q(state=OutcomeState.TOLD)),
        twins=Count("pk", filter=Q(state__in=STANDING, maybe_same_as__isnull=False)),
        doubted=Count("pk", filter=Q(state=OutcomeState.DOUBTED)),
        verified=Count("pk", filter=Q(state=OutcomeState.VERIFIED)),
        all=Count("pk", filter=Q(state__in=STANDING)),
    )
    return found


def find_outcome(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.OUTCOMES_SEE
) -> Outcome:
    """Return one outcome with its papers. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = Outcome.objects.visible_to(actor, permission).filter(branch=branch, pk=pk)
    found: Outcome | None = (
        _with_all(rows).select_related("branch", "duo__coordinator", "duo__started_by").first()
    )
    if found is None:
        raise NotVisible
    return found


def find_evidence(*, actor: Actor, branch: Branch, pk: int) -> Evidence:
    """Return one paper. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.OUTCOMES_SEE, branch.pk)
    rows: Any = Evidence.objects.visible_to(actor).filter(outcome__branch=branch, pk=pk)
    found: Evidence | None = rows.select_related("outcome__branch", "outcome__person").first()
    if found is None:
        raise NotVisible
    return found


def _listed(actor: Actor, branch: Branch) -> QuerySet[Outcome]:
    rows: QuerySet[Outcome] = Outcome.objects.visible_to(actor).filter(branch=branch)
    return rows


def _with_all(rows: QuerySet[Outcome]) -> QuerySet[Outcome]:
    papers = Prefetch("papers", Evidence.everywhere.order_by("stored_at", "pk"))
    joined = Prefetch("joined", Outcome.everywhere.prefetch_related(papers))
    with_people = rows.select_related(
        "person", "duo__mentor", "recorded_by", "corrected_by", "decided_by", "maybe_same_as", "joined_to"
    )
    return with_people.prefetch_related(papers, joined)


def _worked(duo: Duo, outcomes: list[Outcome], today: date) -> Worked:
    theirs = [row for row in outcomes if row.duo_id == duo.pk]
    verified = [row for row in theirs if row.state == OutcomeState.VERIFIED]
    return Worked(
        duo,
        days_worked_of(theirs, duo.started_on, YEAR, today),
        days_worked_of(theirs, duo.closed_on, YEAR, today) if duo.closed_on else None,
        days_worked_of(verified, duo.started_on, YEAR, today),
    )
