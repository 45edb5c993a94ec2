"""After the last duo: whoever agrees may be asked and invited, and nobody else."""

from datetime import datetime

from django.db import transaction

from traboule.apps.people.actions import give_consents
from traboule.apps.people.actions.own import MY_PLACE, authorise_own
from traboule.apps.people.enums import ConsentPurpose
from traboule.apps.people.models import Person
from traboule.core.actors import Actor, system


@transaction.atomic
def agree_to_be_asked(*, person: Person, language: str, by: Actor, now: datetime) -> None:
    """The person agrees, by a link or signed in; it is taken back on the page of what they agreed to."""
    authorise_own(person, by)
    give_consents(
        person=person, purposes=[ConsentPurpose.ALUMNI], language=language, by=system(MY_PLACE), now=now
    )
