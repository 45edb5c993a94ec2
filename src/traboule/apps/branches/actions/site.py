"""Writing what the public pages of a branch say."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.enums import LINES, SitePart
from traboule.apps.branches.models import Branch, SiteFigure, SiteText
from traboule.apps.branches.validators import clean_site_html, clean_site_line
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.languages import EVERYBODY
from traboule.core.permissions import authorise

SITE_WRITE = "site.write"


@transaction.atomic
def write_site_text(
    *, branch: Branch, part: SitePart, language: str, text: str, by: Actor, now: datetime
) -> SiteText:
    """Say a part of the public pages in the branch's own words, cleaned of all that acts (see validators).

    Empty: the text that Traboule brings along is shown again. Earlier versions stay. Raises ValueError for a
    language that the pages do not speak.
    """
    authorise(by, SITE_WRITE, branch.pk)
    if language not in EVERYBODY:
        raise ValueError(language)
    clean = clean_site_line(text) if part in LINES else clean_site_html(text)
    # One writer at a time per branch, so that versions count without a hole.
    Branch.objects.select_for_update().get(pk=branch.pk)
    latest = SiteText.objects.filter(branch=branch, part=part, language=language).order_by("-version").first()
    if latest is not None and latest.text == clean:
        return latest
    row = SiteText.objects.create(
        branch=branch,
        part=part,
        language=language,
        version=latest.version + 1 if latest else 1,
        text=clean,
        written_at=now,
    )
    facts = {"part": part, "language": language, "version": row.version, "empty": not clean}
    _record("site_text.written", "site_text", row.pk, branch, facts, by, now)
    return row


def bring_back_site_text(*, earlier: SiteText, by: Actor, now: datetime) -> SiteText:
    """Make an earlier version the one that is shown; it becomes the newest version."""
    return write_site_text(
        branch=earlier.branch,
        part=SitePart(earlier.part),
        language=earlier.language,
        text=earlier.text,
        by=by,
        now=now,
    )


@transaction.atomic
def type_site_figure(
    *, branch: Branch, fields: Mapping[str, Any], language: str, by: Actor, now: datetime
) -> SiteFigure:
    """Add a figure: ``value``, ``label`` in ``language``, ``source``, ``as_of``, ``counted``."""
    authorise(by, SITE_WRITE, branch.pk)
    figure = SiteFigure(branch=branch, typed_at=now)
    _fill(figure, fields, language)
    _record("site_figure.typed", "site_figure", figure.pk, branch, {"value": figure.value}, by, now)
    return figure


@transaction.atomic
def correct_site_figure(
    *, figure: SiteFigure, fields: Mapping[str, Any], language: str, by: Actor, now: datetime
) -> SiteFigure:
    """Change a figure, or say it in one more language; fields as in ``type_site_figure``."""
    authorise(by, SITE_WRITE, figure.branch_id)
    figure = SiteFigure.objects.select_for_update(of=("self",)).get(pk=figure.pk)
    figure.typed_at = now
    _fill(figure, fields, language)
    facts = {"value": figure.value, "language": language}
    _record("site_figure.corrected", "site_figure", figure.pk, figure.branch, facts, by, now)
    return figure


@transaction.atomic
def remove_site_figure(*, figure: SiteFigure, by: Actor, now: datetime) -> SiteFigure:
    """Take a figure off the public pages; doing it twice changes nothing."""
    authorise(by, SITE_WRITE, figure.branch_id)
    figure = SiteFigure.objects.select_for_update(of=("self",)).get(pk=figure.pk)
    if figure.removed_at is None:
        figure.removed_at = now
        figure.save(update_fields=["removed_at"])
        _record("site_figure.removed", "site_figure", figure.pk, figure.branch, {}, by, now)
    return figure


@transaction.atomic
def write_contact(*, branch: Branch, phone: str, email: str, street: str, by: Actor, now: datetime) -> Branch:
    """Say how the team is reached: what is shown on the contact page; empty shows nothing."""
    authorise(by, SITE_WRITE, branch.pk)
    row = Branch.objects.select_for_update(of=("self",)).get(pk=branch.pk)
    said = {"contact_phone": phone, "contact_email": email, "contact_street": clean_site_line(street)}
    changed = [name for name, value in said.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, said[name])
    row.save(update_fields=changed)
    _record("branch.contact_written", "branch", row.pk, row, {"fields": sorted(changed)}, by, now)
    return row


def _fill(figure: SiteFigure, fields: Mapping[str, Any], language: str) -> None:
    figure.value, figure.source = clean_site_line(fields["value"]), clean_site_line(fields["source"])
    figure.as_of, figure.counted = fields["as_of"], fields["counted"]
    figure.labels = {**figure.labels, language: clean_site_line(fields["label"])}
    figure.save()


def _record(
    verb: str,
    subject_type: str,
    subject_id: int,
    branch: Branch,
    facts: Mapping[str, Any],
    by: Actor,
    now: datetime,
) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb=verb,
        subject_type=subject_type,
        subject_id=subject_id,
        facts=facts,
    )
