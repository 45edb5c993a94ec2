"""Outcomes as programs of others read them: ids, days and codes; no employer, no occupation, no paper."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from traboule.apps.branches.models import Branch
from traboule.apps.outcomes.enums import STANDING
from traboule.apps.outcomes.models import Outcome
from traboule.apps.outcomes.own_enums import ContractKind
from traboule.apps.people.enums import Permission
from traboule.apps.people.queries.rows import Part, agreed, of_part
from traboule.core.actors import Actor
from traboule.core.changes import was_written, written_since
from traboule.core.days import local_day
from traboule.core.permissions import authorise

JOINED = ("person.merged", "person.unmerged")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomesAsked:
    """Which outcomes; None and empty: no matter. ``consent``: only of people who hold to it."""

    kind: str = ""
    state: str = ""
    started_from: date | None = None
    started_until: date | None = None
    changed_since: datetime | None = None
    consent: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome that stands: neither taken back nor another telling of the same thing."""

    pk: int
    person: int
    duo: int | None
    kind: str
    contract: str
    weekly_hours: float | None
    starts_on: date
    ends_on: date | None
    evidence: str
    state: str
    told_on: date


def outcome_rows(*, actor: Actor, branch: Branch, part: Part, asked: OutcomesAsked) -> list[OutcomeRow]:
    """Return outcomes of a branch in the order of their ids. At most two queries. Raises NotVisible,
    NotAllowed."""
    authorise(actor, Permission.OUTCOMES_SEE, branch.pk)
    rows = Outcome.objects.visible_to(actor).filter(branch=branch, state__in=STANDING)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.started_from is not None:
        rows = rows.filter(starts_on__gte=asked.started_from)
    if asked.started_until is not None:
        rows = rows.filter(starts_on__lte=asked.started_until)
    if asked.consent:
        rows = rows.filter(agreed("person_id", asked.consent))
    since = asked.changed_since
    if since is not None and not was_written(branch.pk, JOINED, since):
        rows = rows.filter(Q(told_at__gte=since) | Q(written_since(branch.pk, "outcome", "pk", since)))
    return [_row(outcome, branch.timezone) for outcome in of_part(rows, part)]


def _row(outcome: Outcome, timezone: str) -> OutcomeRow:
    # That a job is a supported one says something about somebody's health.
    is_supported = outcome.contract == ContractKind.SUPPORTED
    return OutcomeRow(
        pk=outcome.pk,
        person=outcome.person_id,
        duo=outcome.duo_id,
        kind=outcome.kind,
        contract=ContractKind.OTHER.value if is_supported else outcome.contract,
        weekly_hours=float(outcome.weekly_hours) if outcome.weekly_hours is not None else None,
        starts_on=outcome.starts_on,
        ends_on=outcome.ends_on,
        evidence=outcome.grade,
        state=outcome.state,
        told_on=local_day(outcome.told_at, timezone),
    )
