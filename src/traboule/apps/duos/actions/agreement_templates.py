"""What a branch puts into its agreements."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from traboule.apps.duos.models import AgreementTemplate
from traboule.apps.duos.queries.agreements import template_of
from traboule.apps.duos.rules import human
from traboule.apps.duos.validators import plain
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise


@transaction.atomic
def write_template(
    *, branch_id: int, hours: int, own_words: Mapping[str, str], by: Actor, now: datetime
) -> AgreementTemplate:
    """What the branch puts into its agreements from now on, as a new version; earlier ones stay."""
    authorise(by, Permission.TEMPLATES_SET, branch_id)
    login = human(by)
    before = template_of(branch_id)
    row = AgreementTemplate.everywhere.create(
        branch_id=branch_id,
        version=1 + (before.version if before else 0),
        hours=hours,
        own_words={code: text for code, said in own_words.items() if (text := plain(said, 1_000))},
        made_by_id=login,
        made_at=now,
    )
    audit.record(
        by=by,
        now=now,
        branch_id=branch_id,
        verb="agreement.template_written",
        subject_type="agreement_template",
        subject_id=row.pk,
        facts={"version": row.version, "hours": hours, "languages": sorted(row.own_words)},
    )
    return row
