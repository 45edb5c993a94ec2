"""Founding an organisation and opening its branches."""

from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from traboule.apps.branches.models import Branch, Organisation, ProgrammeVersion
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise

SET_BRANCHES = "branches.set"


class AlreadyFounded(Exception):
    """An organisation exists here already: one installation serves one association."""


class BranchNameTaken(ValueError):
    """Another branch has this name or this short name."""


@transaction.atomic
def found_organisation(*, name: str, valid_from: date, by: Actor, now: datetime) -> Organisation:
    """Create the organisation and the first version of its programme (26 weeks, 2 hours a week)."""
    authorise(by, SET_BRANCHES, None)
    if Organisation.objects.exists():
        raise AlreadyFounded
    organisation = Organisation.objects.create(name=name.strip(), created_at=now)
    ProgrammeVersion.objects.create(organisation=organisation, label="1", valid_from=valid_from)
    audit.record(
        by=by,
        now=now,
        branch_id=None,
        verb="organisation.founded",
        subject_type="organisation",
        subject_id=organisation.pk,
        facts={"valid_from": valid_from},
    )
    return organisation


@transaction.atomic
def open_branch(
    *,
    organisation: Organisation,
    name: str,
    by: Actor,
    now: datetime,
    country: str = "FR",
    postcode: str = "",
    commune_code: str = "",
    timezone: str = "Europe/Paris",
) -> Branch:
    """Open a branch; its short name for addresses is made from its name."""
    authorise(by, SET_BRANCHES, None)
    slug = slugify(name)[:40]
    if not slug or Branch.objects.filter(slug=slug).exists():
        raise BranchNameTaken(name)
    branch = Branch.objects.create(
        organisation=organisation,
        name=name.strip(),
        slug=slug,
        country=country,
        postcode=postcode,
        commune_code=commune_code,
        timezone=timezone,
    )
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="branch.opened",
        subject_type="branch",
        subject_id=branch.pk,
        facts={"slug": slug, "country": country},
    )
    return branch
