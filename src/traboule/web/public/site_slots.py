"""What other rooms bring to the public pages. A slot that nobody fills shows nothing, not even a heading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from traboule.apps.applications.queries.sessions import next_sessions as upcoming
from traboule.apps.applications.queries.sessions import say_where

MOST = 5


@dataclass(frozen=True, slots=True)
class NextSession:
    """An information session to come: when, where, how many places are free, where to book (may be empty)."""

    starts_at: datetime
    where: str
    free: int
    href: str = ""


def next_sessions(branch: Any, side: str, now: datetime) -> Sequence[NextSession]:
    """Return the next sessions that visitors may book, soonest first; ``side``: "", mentor or mentee."""
    return [
        NextSession(
            starts_at=row.starts_at,
            where=capfirst(say_where(row, to_all=True)),
            free=max(0, row.left),  # type: ignore[attr-defined]  # annotated by the query
            href=reverse("public_session", args=[branch.slug, row.pk]),
        )
        for row in upcoming(branch, now, side=side)[:MOST]
    ]


def apply_address(branch: Any, side: str) -> str:
    """Return where the application form of a side begins."""
    return reverse("apply_start", args=[branch.slug, side])
