"""A new link to the own place, for whoever opens one that has ended; it goes where we write to them."""

from datetime import datetime

from django.db import transaction

from traboule.apps.messages.actions.telling import tell
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.models import Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.days import local_day

KIND = "place.link"


@transaction.atomic
def renew_my_place(*, person: Person, by: Actor, now: datetime) -> None:
    """Send ``person`` a link to their place; asked for twice on a day, it is sent once.

    Whoever holds an old link learns nothing by it: the new one goes to the address that is on file.
    """
    branch = person.branch
    day = local_day(now, branch.timezone)
    values = {
        "first_name": person.first_name,
        "branch": branch.name,
        "link": my_place_address(person=person, now=now),
    }
    tell(branch=branch, kind=KIND, event=f"renew:{day}", values=values, by=by, now=now, person=person)
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="person.asked_for_link",
        subject_type="person",
        subject_id=person.pk,
        facts={},
    )
