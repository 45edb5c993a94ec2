"""What earlier apps ask of this one, through core's registry."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from traboule.apps.outcomes.actions._shared import VERIFY_STEP
from traboule.apps.outcomes.actions.demo import fill_demo
from traboule.apps.outcomes.actions.merging import merge
from traboule.apps.outcomes.models import NoOutcome
from traboule.apps.outcomes.own_enums import Why
from traboule.apps.steps.queries import show_at_once
from traboule.core.registry import ON_DEMO, ON_EXPORT, ON_MERGE


def register() -> None:
    """Answer the hooks."""
    ON_MERGE.register("outcomes", merge)
    ON_EXPORT.register("outcomes", export)
    ON_DEMO.register("outcomes", fill_demo)
    show_at_once(VERIFY_STEP)


def export(person_id: int) -> Mapping[str, Any]:
    """Return what a person said makes it hard, in words; the rows themselves hold codes."""
    rows = NoOutcome.everywhere.filter(person=person_id).exclude(whys=[]).order_by("asked_on")
    said = [
        {_("When"): row.asked_on.isoformat(), _("What makes it hard"): [str(Why(w).label) for w in row.whys]}
        for row in rows
    ]
    return {_("What makes it hard"): said} if said else {}
