"""What earlier apps ask of this one, through core's registry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from traboule.apps.support import exchange_hooks, lead_words, support_kinds
from traboule.apps.support.actions.demo import load_demo_support
from traboule.apps.support.actions.demo_ended import load_ended_duos
from traboule.apps.support.actions.demo_looks import load_demo_looks
from traboule.apps.support.actions.ticks import tick_support
from traboule.apps.support.models import Concern, Substitution
from traboule.apps.support.queries.absences import away, stands_in
from traboule.apps.support.queries.warnings import look_steps
from traboule.core.registry import AWAY, ON_DEMO, ON_ERASE, ON_EXPORT, ON_TICK, OPEN_STEPS, STANDS_IN


def register() -> None:
    """Answer the hooks."""
    exchange_hooks.register()
    support_kinds.register_kinds()
    lead_words.register_kinds()
    AWAY.register("support", away)
    STANDS_IN.register("support", stands_in)
    OPEN_STEPS.register("support.looks", look_steps)
    ON_TICK.register("support", tick_support)
    ON_EXPORT.register("support", export)
    ON_ERASE.register("support", erase)
    ON_DEMO.register("support", load_demo_support)
    ON_DEMO.register("support.ended", load_ended_duos)
    ON_DEMO.register("support.looks", load_demo_looks)


def export(person_id: int) -> Mapping[str, Any]:
    """Return what a person told the team about a worry, in their own words and nobody else's.

    The file itself stays out of every copy; the officer for data answers about it by hand (ADR 0020).
    """
    rows = Concern.everywhere.filter(person_id=person_id).order_by("told_at")
    said = [{gettext("told"): row.told_at.isoformat(), gettext("what was told"): row.text} for row in rows]
    return {gettext("Worries that you told us"): said} if said else {}


def erase(person_id: int, now: datetime) -> None:
    """Nobody stands in any more under a name that is gone."""
    Substitution.everywhere.filter(substitute_id=person_id, ended_at=None).update(
        ended_at=now, end_reason="changed"
    )
