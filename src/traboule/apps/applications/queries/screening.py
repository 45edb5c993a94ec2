"""What the screening of a mentor has found so far; for those who may see it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application, IdentityCheck, Reference, SafeguardingCheck
from traboule.apps.applications.screening_enums import ReferenceState, Trust
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission, Side
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.readiness import SAFEGUARDS

REFERENCES_NEEDED = 2


@dataclass(slots=True)
class Screened:
    """Days on which each part of the screening was done; no answer of a referee is in it."""

    accepted_on: date | None = None
    identity_on: date | None = None
    references_on: list[date] = field(default_factory=list)
    check_on: date | None = None
    check_until: date | None = None


@dataclass(frozen=True, slots=True)
class ScreeningPage:
    """All that the panel of one mentor shows."""

    identity: IdentityCheck | None
    references: list[Reference]
    checks: list[SafeguardingCheck]
    is_lawful: bool


def screened(person_ids: Collection[int]) -> Mapping[int, Screened]:
    """Return how far the screening of several people has come, in one query."""
    found: dict[int, Screened] = defaultdict(Screened)
    rows = sorted(_facts(person_ids), key=lambda row: (row[4] or date.min, row[3] or date.min))
    for kind, pk, at, on, until in rows:
        one, day = found[pk], timezone.localtime(at).date() if at else on
        if kind == "application":
            one.accepted_on = day
        elif kind == "identity":
            one.identity_on = one.identity_on or day  # since when it is known
        elif kind == "reference":
            one.references_on.append(day)
        else:
            one.check_on, one.check_until = day, until  # the one that counts longest comes last
    return found


def _facts(ids: Collection[int]) -> Iterable[tuple[Any, ...]]:
    """Yield (kind, person, instant, day, until): four tables in one query, for lists of many people."""
    accepted = Application.everywhere.filter(side=Side.MENTOR, state=ApplicationState.ACCEPTED)
    good = Reference.everywhere.filter(trust=Trust.YES, state=ReferenceState.ANSWERED)
    checks = SafeguardingCheck.everywhere.filter(approved_by__isnull=False)
    first, *others = (
        _alike(rows.filter(person__in=ids), kind, at, on, until)
        for rows, kind, at, on, until in (
            (accepted, "application", "decided_at", None, None),
            (IdentityCheck.everywhere.all(), "identity", None, "seen_on", None),
            (good, "reference", "answered_at", None, None),
            (checks, "check", None, "seen_on", "valid_until"),
        )
    )
    return first.union(*others, all=True)


def _alike(
    rows: models.QuerySet[Any], kind: str, at: str | None, on: str | None, until: str | None
) -> models.QuerySet[Any, tuple[Any, ...]]:
    """Bring a table into the five columns; an empty one says its type, as PostgreSQL asks for."""
    nothing = models.Value(None)
    a_day: models.DateField[Any, Any] = models.DateField()
    columns: dict[str, Any] = {
        "kind": models.Value(kind, output_field=models.CharField()),
        "at": models.F(at) if at else Cast(nothing, models.DateTimeField()),
        "on": models.F(on) if on else Cast(nothing, a_day),
        "until": models.F(until) if until else Cast(nothing, a_day),
    }
    found: models.QuerySet[Any, tuple[Any, ...]] = (
        rows.order_by().annotate(**columns).values_list("kind", "person", "at", "on", "until")
    )
    return found


def screening_lacks(person_id: int, *, today: date | None = None, country: str = "FR") -> list[str]:
    """Return codes of what the screening still lacks: identity, references, safeguarding.

    With ``today`` a check that has ended lacks too; without, any check that was looked at twice will do.
    """
    found = screened([person_id])[person_id]
    lacks = [] if found.identity_on else ["identity"]
    lacks += [] if len(found.references_on) >= REFERENCES_NEEDED else ["references"]
    until = found.check_until
    covered = until is not None and (today is None or until >= today)
    return lacks + (["safeguarding"] if country in SAFEGUARDS and not covered else [])


def screening_page(*, actor: Actor, branch: Branch, person: Any) -> ScreeningPage:
    """Return the panel of one mentor. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.SCREENING_SEE, branch.pk)
    identity = IdentityCheck.everywhere.filter(person=person).select_related("seen_by").first()
    references = Reference.everywhere.filter(person=person).select_related("asked_by", "taken_by")
    checks = SafeguardingCheck.everywhere.filter(person=person).select_related("noted_by", "approved_by")
    return ScreeningPage(identity, list(references), list(checks), branch.country in SAFEGUARDS)


def find_reference(*, actor: Actor, branch: Branch, pk: int) -> Reference:
    """Return one reference with its answer. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.SCREENING_SEE, branch.pk)
    rows = Reference.everywhere.filter(branch=branch, pk=pk)
    row = rows.select_related("person", "branch", "asked_by", "taken_by").first()
    if row is None:
        raise NotVisible
    return row


def find_check(*, actor: Actor, branch: Branch, pk: int) -> SafeguardingCheck:
    """Return one check. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.SCREENING_SEE, branch.pk)
    rows = SafeguardingCheck.everywhere.filter(person__branch=branch, pk=pk)
    row = rows.select_related("person__branch", "noted_by").first()
    if row is None:
        raise NotVisible
    return row


def shared_references(person_id: int) -> list[dict[str, str]]:
    """Return what a mentor may read about themselves: who was asked, and the text if the referee agreed."""
    rows = Reference.everywhere.filter(person=person_id)
    return [
        {
            "state": row.state,
            "asked": row.asked_at.isoformat(),
            "text": row.text if row.may_share else "",
        }
        for row in rows
    ]
