"""Erasure and export: what this app does for a person who asks."""

from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.messages.models import Message, NextNews
from traboule.core.links import withdraw_links


@transaction.atomic
def erase_messages(person_id: int, now: datetime) -> None:
    """Delete every message to a person, also one that waits; a STOP stays, as a digest that names nobody."""
    withdraw_links(subject_type="person", subject_id=person_id, now=now, right="pool.wait")
    Message.everywhere.filter(person_id=person_id).delete()
    NextNews.everywhere.filter(person_id=person_id).delete()


def export_messages(person_id: int) -> dict[str, Any]:
    """Return what was written to a person, the latest first, and when they hear from us next."""
    rows = Message.everywhere.filter(person_id=person_id)
    news = NextNews.everywhere.filter(person_id=person_id).first()
    return {
        "messages": [
            {
                "date": row.created_at.isoformat(),
                "channel": row.channel,
                "address": row.address,
                "subject": row.subject,
                "text": row.body,
                "state": row.state,
            }
            for row in rows
        ],
        "next_news": news.next_on.isoformat() if news else None,
    }
