"""Adding and correcting partners, inviting their advisers, closing one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.partners.models import Partner, Referrer
from traboule.apps.people.actions.team import admit, dismiss
from traboule.apps.people.enums import Permission, Role
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise
from traboule.core.scope import locked

FIELDS = frozenset({"name", "kind", "place", "contact_name", "phone", "email", "is_active"})


class NameTaken(ValueError):
    """Another partner of this branch bears this name."""


class PartnerAsleep(ValueError):
    """Nobody is invited for a partner with whom we do not work at present."""


@transaction.atomic
def add_partner(*, branch: Branch, fields: Mapping[str, Any], by: Actor, now: datetime) -> Partner:
    """Add a partner; ``fields`` holds names of its model fields. Raises NameTaken."""
    authorise(by, Permission.PARTNERS_WRITE, branch.pk)
    partner = Partner(branch=branch, created_at=now, **{n: v for n, v in fields.items() if n in FIELDS})
    _refuse_taken_name(partner)
    partner.save(force_insert=True)
    _note("partner.added", partner, {}, by, now)
    return partner


@transaction.atomic
def correct_partner(*, partner: Partner, fields: Mapping[str, Any], by: Actor, now: datetime) -> Partner:
    """Change what ``fields`` names; the audit entry lists the names. Raises NameTaken."""
    authorise(by, Permission.PARTNERS_WRITE, partner.branch_id)
    partner = locked(partner)
    changed = [n for n in sorted(FIELDS & set(fields)) if getattr(partner, n) != fields[n]]
    for name in changed:
        setattr(partner, name, fields[name])
    _refuse_taken_name(partner)
    if changed:
        partner.save(update_fields=changed)
        _note("partner.corrected", partner, {"fields": changed}, by, now)
    return partner


@transaction.atomic
def invite_referrer(
    *, partner: Partner, email: str, name: str, locale: str, by: Actor, now: datetime, sign_in_url: str
) -> Referrer:
    """Let an adviser of a partner send people: a login with that role, and a mail; twice mails again.

    Raises PartnerAsleep; NotVisible or NotAllowed.
    """
    authorise(by, Permission.PARTNERS_WRITE, partner.branch_id)
    partner = locked(partner)
    if not partner.is_active:
        raise PartnerAsleep
    login = admit(
        email=email,
        name=name,
        role=Role.REFERRER,
        branch=partner.branch,
        locale=locale,
        by=by,
        now=now,
        sign_in_url=sign_in_url,
    )
    referrer, is_new = Referrer.everywhere.get_or_create(
        partner=partner,
        login=login,
        closed_at=None,
        defaults={"invited_at": now, "invited_by_id": by.id if by.kind is ActorKind.LOGIN else None},
    )
    if is_new:
        _note("referrer.invited", partner, {"login": login.pk}, by, now)
    return referrer


@transaction.atomic
def close_referrer(*, referrer: Referrer, by: Actor, now: datetime) -> Referrer:
    """End an adviser's right to send people to this branch; what they sent stays. Twice changes nothing."""
    authorise(by, Permission.PARTNERS_WRITE, referrer.partner.branch_id)
    referrer = locked(referrer)
    if referrer.closed_at is not None:
        return referrer
    referrer.closed_at = now
    referrer.save(update_fields=["closed_at"])
    branch = referrer.partner.branch
    elsewhere = Referrer.everywhere.filter(login=referrer.login, partner__branch=branch, closed_at=None)
    if not elsewhere.exists():
        dismiss(login=referrer.login, role=Role.REFERRER, branch=branch, by=by, now=now)
    _note("referrer.closed", referrer.partner, {"login": referrer.login_id}, by, now)
    return referrer


def _refuse_taken_name(partner: Partner) -> None:
    others = Partner.everywhere.filter(branch_id=partner.branch_id, name__iexact=partner.name)
    if others.exclude(pk=partner.pk).exists():
        raise NameTaken(partner.name)


def _note(verb: str, partner: Partner, facts: Mapping[str, Any], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=partner.branch_id,
        verb=verb,
        subject_type="partner",
        subject_id=partner.pk,
        facts=facts,
    )
