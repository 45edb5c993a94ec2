"""Taking over into the profile what a talk said otherwise."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from traboule.apps.applications.actions.talks import record
from traboule.apps.applications.models import TalkNotes
from traboule.apps.applications.queries.talk_profile import differences
from traboule.apps.people.actions import correct_person
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.scope import locked


@transaction.atomic
def take_over(*, notes: TalkNotes, names: Iterable[str], by: Actor, now: datetime) -> list[str]:
    """Write into the profile what was ticked of the differences; return the names that were.

    What is no difference any more is left alone: pressing twice changes nothing. The log keeps the names of
    the fields, never what was said.
    """
    authorise(by, Permission.PEOPLE_WRITE, notes.talk.branch_id)
    row = locked(notes)
    ticked = set(names)
    chosen = {found.name: found.said for found in differences(row) if found.name in ticked}
    person = row.talk.application.person
    if not chosen or person is None:
        return []
    if "languages" in chosen:
        chosen["languages"] = [(code, level) for code, level in chosen["languages"]]
    correct_person(person=person, fields=chosen, by=by, now=now)
    record(row.talk, "talk.taken_over", by, now, {"notes": row.pk, "fields": sorted(chosen)})
    return sorted(chosen)
