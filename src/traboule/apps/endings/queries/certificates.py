"""What is certified: the meetings held, the time together and what it was for."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Sum

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums_meetings import MeetingState, Purpose
from traboule.apps.duos.models import Duo, Meeting, MeetingLog
from traboule.apps.endings.models import Certificate
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

MOST_PURPOSES = 4


@dataclass(frozen=True, slots=True)
class Held:
    """What the two did together: what counts of their meetings, and the most frequent purposes."""

    meetings: int
    minutes: int
    purposes: tuple[str, ...]


def held_of(duo: Duo) -> Held:
    """Return what counts of the meetings of a duo. A purpose counts once a meeting, whoever named it."""
    rows = Meeting.everywhere.filter(duo=duo, state=MeetingState.HELD).order_by()
    found = rows.aggregate(number=Count("pk"), minutes=Sum("met_minutes"))
    logs = MeetingLog.everywhere.filter(meeting__in=rows.values("pk"), replaced_at=None)
    pairs = {(meeting, code) for meeting, codes in logs.values_list("meeting_id", "served") for code in codes}
    counted = Counter(code for _meeting, code in pairs if code in Purpose.values)
    order = {code: place for place, code in enumerate(Purpose.values)}
    often = sorted(counted, key=lambda code: (-counted[code], order[code]))
    return Held(found["number"], found["minutes"] or 0, tuple(often[:MOST_PURPOSES]))


def certificate_behind(subject_id: str, scope: int | None) -> Certificate | None:
    """Return the certificate that a link opens; the link itself gives the right."""
    if scope is None or not subject_id.isdigit():
        return None
    rows = Certificate.everywhere.filter(pk=int(subject_id), duo__branch_id=scope)
    return rows.select_related("person", "duo__branch__organisation").first()


def certificate_of(person_id: int, pk: str) -> Certificate | None:
    """Return a certificate of this person; the caller has proven who reads."""
    rows = Certificate.everywhere.filter(person_id=person_id, pk=int(pk) if pk.isdigit() else 0)
    return rows.select_related("person", "duo__branch__organisation").first()


def find_certificate(*, actor: Actor, branch: Branch, duo_id: int, side: str) -> Certificate:
    """Return the certificate of one side for the team. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    rows = Certificate.objects.visible_to(actor).filter(duo__branch=branch, duo_id=duo_id, side=side)
    found = rows.select_related("person", "duo__branch__organisation").first()
    if found is None:
        raise NotVisible
    return found
