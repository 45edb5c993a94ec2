"""A new version of the rates of a country."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.expenses.actions._shared import login_id
from traboule.apps.expenses.models import ExpenseRates
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise

KEYS = ("km_rate", "km_year", "flat_day", "flat_year", "flat_excludes_real", "may_waive")


class SourceMissing(ValueError):
    """A figure without the place where it is published is no rate."""


@transaction.atomic
def set_rates(*, branch: Branch, fields: Mapping[str, Any], by: Actor, now: datetime) -> ExpenseRates:
    """Write a version of the country of ``branch``; the same first day again corrects it.

    What was sent before keeps the rate that held then. Raises SourceMissing; NotVisible, NotAllowed.
    """
    authorise(by, Permission.EXPENSES_SET, branch.pk)
    if not fields["source"].strip():
        raise SourceMissing
    values = {key: fields.get(key) for key in KEYS} | {
        "flat_excludes_real": bool(fields.get("flat_excludes_real")),
        "may_waive": bool(fields.get("may_waive")),
    }
    row, _ = ExpenseRates.objects.update_or_create(
        country=branch.country,
        valid_from=fields["valid_from"],
        defaults={
            **values,
            "source": fields["source"].strip(),
            "source_year": fields["source_year"],
            "set_by_id": login_id(by),
            "set_at": now,
        },
    )
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="expense_rates.set",
        subject_type="expenserates",
        subject_id=row.pk,
        facts={"country": row.country, "valid_from": row.valid_from.isoformat(), **values},
    )
    return row
