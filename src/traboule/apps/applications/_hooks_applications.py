"""Applications: what happens to them when a person is erased or asks for a copy, and in the demo."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from traboule.apps.applications import closing_kinds, news_kinds
from traboule.apps.applications.actions._words import register_kinds
from traboule.apps.applications.actions.demo import fill_demo
from traboule.apps.applications.actions.following import sweep_drafts
from traboule.apps.applications.actions.news_ticks import tick_news
from traboule.apps.applications.models import Application
from traboule.core.drafts import drop_drafts_about
from traboule.core.links import withdraw_links
from traboule.core.registry import ON_DEMO, ON_ERASE, ON_EXPORT, ON_TICK


def register() -> None:
    """Answer the hooks."""
    register_kinds()
    closing_kinds.register_kinds()
    news_kinds.register_kinds()
    ON_ERASE.register("applications.applications", erase)
    ON_EXPORT.register("applications.applications", export)
    ON_DEMO.register("applications.applications", fill_demo)
    ON_TICK.register("applications.applications", sweep)
    ON_TICK.register("applications.news", news)


def news(now: datetime) -> None:
    """Send the news that were promised for today."""
    tick_news(now)


def sweep(now: datetime) -> None:
    """Delete drafts that nobody has touched for 90 days."""
    sweep_drafts(now)


def erase(person_id: int, now: datetime) -> None:
    """Empty what was written; that there was an application stays for the figures."""
    rows = Application.everywhere.filter(person_id=person_id)
    for pk in rows.values_list("pk", flat=True):
        withdraw_links(subject_type="application", subject_id=pk, now=now)
        drop_drafts_about("application", pk)
    rows.update(answers={}, name="", search_key="", reason="")
    drop_drafts_about("person", person_id)


def export(person_id: int) -> Mapping[str, Any]:
    """Return the applications of a person; the words of the team and the names of its members stay out."""
    rows = Application.everywhere.filter(person_id=person_id).order_by("started_at")
    return {
        gettext("Applications"): [
            {
                gettext("as"): str(row.get_side_display()),
                gettext("started"): row.started_at.isoformat(),
                gettext("sent"): row.sent_at.isoformat() if row.sent_at else "",
                gettext("answers"): row.answers,
            }
            for row in rows
        ]
    }
