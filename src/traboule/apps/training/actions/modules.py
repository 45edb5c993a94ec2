"""The modules of a branch and how much it asks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.training.actions._shared import record
from traboule.apps.training.models import Module, ReadinessRule
from traboule.apps.training.queries.modules import modules_of, version_of
from traboule.apps.training.shipped import SHIPPED
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.scope import locked

MODULE_KEYS = ("title", "goal", "kind", "material", "link")
RULE_KEYS = ("modules", "references", "safeguarding", "exchange_days")


@transaction.atomic
def start_modules(*, branch: Branch, by: Actor, now: datetime) -> list[Module]:
    """Begin with the eight shipped modules; a branch that has some keeps them."""
    authorise(by, Permission.TRAINING_SET, branch.pk)
    locked(branch)
    found = list(modules_of(branch))
    if found:
        return found
    version = version_of(branch)
    made = [
        Module(branch=branch, version=version, number=number, code=shipped.code, kind=shipped.kind)
        for number, shipped in enumerate(SHIPPED, 1)
    ]
    saved = Module.everywhere.bulk_create(made)
    record(("module", saved[0].pk), branch.pk, "started", by, now, {"number": len(saved)})
    return saved


@transaction.atomic
def save_module(
    *, branch: Branch, module: Module | None, fields: Mapping[str, Any], by: Actor, now: datetime
) -> Module:
    """Change a module, or (None) add one at the end; ``fields`` are named in MODULE_KEYS."""
    authorise(by, Permission.TRAINING_SET, branch.pk)
    if module is None:
        locked(branch)
        last = modules_of(branch).order_by("-number").first()
        row = Module(branch=branch, version=version_of(branch), number=last.number + 1 if last else 1)
    else:
        row = locked(module)
    for name in MODULE_KEYS:
        if name in fields:
            setattr(row, name, fields[name])
    row.save()
    past = "added" if module is None else "changed"
    record(("module", row.pk), branch.pk, past, by, now, {"number": row.number, "fields": sorted(fields)})
    return row


@transaction.atomic
def set_rule(*, branch: Branch, fields: Mapping[str, Any], by: Actor, now: datetime) -> ReadinessRule:
    """Say how much the branch asks; ``fields`` are named in RULE_KEYS."""
    authorise(by, Permission.TRAINING_SET, branch.pk)
    given = {name: fields[name] for name in RULE_KEYS if name in fields}
    row, _is_new = ReadinessRule.everywhere.update_or_create(
        branch=branch, version=version_of(branch), defaults=given
    )
    record(("readiness_rule", row.pk), branch.pk, "set", by, now, given)
    return row
