"""The partners of a branch and their advisers."""

from django.db import models

from traboule.apps.branches.models import Branch
from traboule.apps.partners.models import Partner, Referrer
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise


def partners_of(*, actor: Actor, branch: Branch) -> models.QuerySet[Partner]:
    """Return the partners of a branch, those that we work with first, with ``referrers``; two queries."""
    authorise(actor, Permission.PARTNERS_SEE, branch.pk)
    rows = Partner.objects.visible_to(actor).filter(branch=branch)
    open_ones = Referrer.everywhere.select_related("login")
    return rows.order_by("-is_active", "name", "pk").prefetch_related(
        models.Prefetch("referrers", queryset=open_ones)
    )


def find_partner(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.PARTNERS_SEE
) -> Partner:
    """Return one partner of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    partner = Partner.objects.visible_to(actor, permission).filter(branch=branch, pk=pk).first()
    if partner is None:
        raise NotVisible
    return partner


def referrers_of(*, actor: Actor, partner: Partner) -> list[Referrer]:
    """Return the advisers of a partner, the open ones first."""
    authorise(actor, Permission.PARTNERS_SEE, partner.branch_id)
    rows = Referrer.everywhere.filter(partner=partner).select_related("login", "partner")
    return sorted(rows, key=lambda row: (row.closed_at is not None, row.login.name, row.pk))


def find_referrer(*, actor: Actor, branch: Branch, pk: int) -> Referrer:
    """Return one adviser of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.PARTNERS_WRITE, branch.pk)
    rows = Referrer.objects.visible_to(actor, Permission.PARTNERS_WRITE).select_related("partner", "login")
    referrer = rows.filter(partner__branch=branch, pk=pk).first()
    if referrer is None:
        raise NotVisible
    return referrer


def partner_of(*, login_id: int | None, branch: Branch) -> Partner | None:
    """Return the partner for which a login sends people to a branch, or None for the team's own."""
    if login_id is None:
        return None
    row = (
        Referrer.everywhere.filter(login_id=login_id, partner__branch=branch, closed_at=None)
        .select_related("partner")
        .order_by("-invited_at")
        .first()
    )
    return row.partner if row else None
