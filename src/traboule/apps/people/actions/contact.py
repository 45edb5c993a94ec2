"""A sign of life: whoever does something, or is spoken with, was in contact that day."""

from datetime import datetime

from traboule.apps.people.models import Person


def touch(person_id: int | None, now: datetime) -> None:
    """Move the last contact of a person to ``now``, never back; called by the actions of later apps."""
    if person_id is not None:
        Person.everywhere.filter(pk=person_id, last_contact_at__lt=now).update(last_contact_at=now)
