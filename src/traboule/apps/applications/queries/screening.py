"""What the screening of a mentor has found so far; for those who may see it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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
    """Return how far the screening of several people has come, in four queries."""
    found: dict[int, Screened] = defaultdict(Screened)
    accepted = Application.everywhere.filter(side=Side.MENTOR, state=ApplicationState.ACCEPTED)
    for pk, at in accepted.filter(person__in=person_ids).values_list("person", "decided_at"):
        found[pk or 0].accepted_on = timezone.localtime(at).date() if at else None
    seen = IdentityCheck.everywhere.filter(person__in=person_ids).order_by("-seen_on")
    for pk, day in seen.values_list("person", "seen_on"):
        found[pk].identity_on = day  # the first one remains: since when it is known
    good = Reference.everywhere.filter(person__in=person_ids, trust=Trust.YES, state=ReferenceState.ANSWERED)
    for pk, at in good.values_list("person", "answered_at"):
        found[pk].references_on.append(timezone.localtime(at).date())  # type: ignore[arg-type]  # a constraint
    checks = SafeguardingCheck.everywhere.filter(person__in=person_ids, approved_by__isnull=False)
    for pk, day, until in checks.order_by("valid_until").values_list("person", "seen_on", "valid_until"):
        found[pk].check_on, found[pk].check_until = day, until  # the one that counts longest remains
    return found


def screening_lacks(person_id: int, *, today: date, country: str = "FR") -> list[str]:
    """Return codes of what the screening still lacks: identity, references, safeguarding."""
    found = screened([person_id])[person_id]
    lacks = [] if found.identity_on else ["identity"]
    lacks += [] if len(found.references_on) >= REFERENCES_NEEDED else ["references"]
    covered = found.check_until is not None and found.check_until >= today
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
