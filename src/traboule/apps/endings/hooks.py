"""What earlier apps ask of this one, through core's registry."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from traboule.apps.endings import ending_kinds
from traboule.apps.endings.actions.demo import load_demo_endings
from traboule.apps.endings.actions.ticks import tick_endings
from traboule.apps.endings.models import Extension
from traboule.core.registry import ON_DEMO, ON_EXPORT, ON_TICK


def register() -> None:
    """Answer the hooks."""
    ending_kinds.register_kinds()
    ON_TICK.register("endings", tick_endings)
    ON_DEMO.register("endings", load_demo_endings)
    ON_EXPORT.register("endings", export)


def export(person_id: int) -> Mapping[str, Any]:
    """Return what a person said to a later end; the row itself would show the answer of the other too."""
    theirs = Q(duo__mentee=person_id) | Q(duo__mentor=person_id)
    said = []
    for row in Extension.everywhere.filter(theirs).select_related("duo").order_by("asked_at"):
        answer = row.mentee_says if row.duo.mentee_id == person_id else row.mentor_says
        if answer is not None:
            words = _("Yes, we go on") if answer else _("No, it stays as it is")
            said.append({_("When"): row.asked_at.isoformat(), _("What you chose:"): words})
    return {_("Go on together a little longer?"): said} if said else {}
