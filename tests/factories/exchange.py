"""Groups of mentors and their gatherings, made by the real actions."""

from datetime import timedelta
from typing import Any

from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.people.models import Person
from traboule.apps.support.actions.exchange import change_members, form_group, plan_gathering
from traboule.apps.support.models import Gathering, GatheringInvitation, PeerGroup
from traboule.core.actors import Actor


def group(branch: Branch, by: Actor, *mentors: Person, name: str = "Tuesday") -> PeerGroup:
    """A group with these mentors."""
    made = form_group(branch=branch, name=name, coordinator=None, by=by, now=NOW)
    change_members(group=made, add=mentors, by=by, now=NOW)
    return made


def gathering(of: PeerGroup, by: Actor, **fields: Any) -> Gathering:
    """A gathering in nine days, somewhere in town; the group is invited."""
    starts = fields.pop("starts_at", NOW + timedelta(days=9))
    given = {"place": "La Duchère", "places": 12, "topic": "", "ends_at": starts + timedelta(hours=2)}
    return plan_gathering(group=of, fields={"starts_at": starts, **given, **fields}, by=by, now=NOW)


def invitation(of: Gathering, person: Person) -> GatheringInvitation:
    """The invitation of one mentor."""
    return GatheringInvitation.everywhere.select_related("gathering__group__branch", "person").get(
        gathering=of, person=person
    )
