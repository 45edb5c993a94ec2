"""The goals that a branch offers to its mentees."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import PlanTemplate
from traboule.apps.duos.plan_enums import GoalKind
from traboule.apps.duos.queries.plan import templates_of
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.scope import locked

TEMPLATE_KEYS = ("title", "steps", "days", "is_offered")


@transaction.atomic
def start_templates(*, branch: Branch, by: Actor, now: datetime) -> list[PlanTemplate]:
    """Write the shipped goals down as the branch's own, to change them; a branch that has some keeps them."""
    authorise(by, Permission.TEMPLATES_SET, branch.pk)
    locked(branch)
    found = templates_of(branch)
    if not found[0]._state.adding:
        return found
    saved = PlanTemplate.everywhere.bulk_create(found)
    _record(saved[0], "started", by, now, number=len(saved))
    return saved


@transaction.atomic
def save_template(
    *, branch: Branch, template: PlanTemplate | None, fields: Mapping[str, Any], by: Actor, now: datetime
) -> PlanTemplate:
    """Change an offered goal, or (None) add one in the branch's own words at the end."""
    authorise(by, Permission.TEMPLATES_SET, branch.pk)
    if template is None:
        number = max(row.number for row in start_templates(branch=branch, by=by, now=now)) + 1
        row = PlanTemplate(branch=branch, number=number, kind=GoalKind.OWN)
    else:
        row = locked(template)
    for name in TEMPLATE_KEYS:
        if name in fields:
            setattr(row, name, fields[name])
    row.save()
    _record(row, "added" if template is None else "changed", by, now, fields=sorted(fields))
    return row


def _record(row: PlanTemplate, verb: str, by: Actor, now: datetime, **facts: object) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=row.branch_id,
        verb=f"plan_template.{verb}",
        subject_type="plantemplate",
        subject_id=row.pk,
        facts=facts,
    )
