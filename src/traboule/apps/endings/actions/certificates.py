"""A certificate for each of the two: what was held and what for, as of the day of issue."""

from datetime import datetime

from django.db import transaction

from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.duos.rules import human
from traboule.apps.endings.actions._writing import link_to, record, tell_side
from traboule.apps.endings.models import Certificate
from traboule.apps.endings.queries.certificates import held_of
from traboule.apps.people.enums import Permission
from traboule.apps.support.queries.check_ins import SIDES, person_of
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import authorise

CERTIFICATE = "certificate.read"


class NotEnded(ValueError):
    """A certificate is for a duo that has ended."""


@transaction.atomic
def issue_certificates(*, duo: Duo, by: Actor, now: datetime) -> list[Certificate]:
    """Issue what is not issued yet, and send each side its own by a link.

    Nothing is certified where no meeting was held. Raises NotEnded.
    """
    authorise(by, Permission.DUOS_WRITE, duo.branch_id)
    login = human(by)
    if duo.state != DuoState.CLOSED or duo.closed_on is None:
        raise NotEnded
    held = held_of(duo)
    if not held.meetings:
        return []
    made = []
    for side in SIDES:
        person = person_of(duo, side)
        row, is_new = Certificate.everywhere.get_or_create(
            duo=duo,
            side=side,
            defaults={
                "person": person, "from_on": duo.started_on, "until_on": duo.closed_on,
                "meetings": held.meetings, "minutes": held.minutes, "purposes": list(held.purposes),
                "issued_on": local_day(now, duo.branch.timezone), "issued_at": now, "issued_by_id": login,
            },
        )  # fmt: skip
        if is_new:
            link = link_to(CERTIFICATE, "certificate", row.pk, duo.branch_id, now)
            tell_side(duo, person, "certificate.ready", f"certificate:{row.pk}", by, now, link=link)
            made.append(row)
    if made:
        record(duo.branch_id, "duo", duo.pk, "certificates.issued", by, now, minutes=held.minutes)
    return made
