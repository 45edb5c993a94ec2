"""When two records of one mentee become one: what she chose to show cannot stand twice."""

from datetime import datetime

from traboule.apps.duos.models import PlanChoice
from traboule.core.actors import Actor


def settle_two_plans(kept_id: int, dropped_id: int, by: Actor, now: datetime) -> None:
    """Keep one choice: a thing is shown only if both records showed it, and both notes stay."""
    rows = {row.person_id: row for row in PlanChoice.everywhere.filter(person_id__in=(kept_id, dropped_id))}
    kept, dropped = rows.get(kept_id), rows.get(dropped_id)
    if kept is None or dropped is None:
        return
    for name in ("shows_goals", "shows_applications", "shows_jobs", "shows_note"):
        setattr(kept, name, getattr(kept, name) and getattr(dropped, name))
    kept.note = "\n\n".join(filter(None, (kept.note, dropped.note)))[:2000]
    kept.changed_at = max(kept.changed_at, dropped.changed_at)
    kept.save()
    dropped.delete()
