"""What a branch spent in a year: typed, and typed again when it was wrong."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.models import YearCost
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise
from traboule.core.scope import locked


class YearNotOver(ValueError):
    """Only a year that is over has been spent; carries the year."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


@transaction.atomic
def write_year_cost(
    *, branch: Branch, fields: Mapping[str, Any], today: date, by: Actor, now: datetime
) -> YearCost:
    """Write ``year``, ``cents``, ``with_expenses`` and ``source``; what stood there before is replaced.

    Issued figures keep the costs that they were made of. Raises YearNotOver, NotVisible, NotAllowed.
    """
    authorise(by, Permission.FIGURES_SET, branch.pk)
    year = int(fields["year"])
    if year >= today.year:
        raise YearNotOver(year)
    locked(branch)
    said = {name: fields[name] for name in ("cents", "with_expenses", "source")}
    before = YearCost.everywhere.filter(branch=branch, year=year).first()
    row, _new = YearCost.everywhere.update_or_create(
        branch=branch,
        year=year,
        defaults={
            **said,
            "written_by_id": by.id if by.kind is ActorKind.LOGIN else None,
            "written_at": now,
        },
    )
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="year_cost.written",
        subject_type="yearcost",
        subject_id=row.pk,
        facts={
            "year": year,
            "cents": row.cents,
            "before": before.cents if before else None,
            "with_expenses": row.with_expenses,
        },
    )
    return row
