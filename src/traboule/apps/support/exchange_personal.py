"""What the exchange of practice holds about people, field by field."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Role
from traboule.apps.support.models import Gathering, GatheringInvitation, PeerGroup, PeerMember
from traboule.core.fields import Category, Erasure, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of the exchange of practice."""
    exchange = _("To let mentors learn from each other")
    for model in (PeerMember, GatheringInvitation):
        declare_alike(model, _names(model), Category.FOLLOW_UP, exchange, readers=_TEAM)
    of_the_team: dict[Any, tuple[str, ...]] = {PeerGroup: ("coordinator",), Gathering: ("planned_by",)}
    for described, links in of_the_team.items():
        declare_alike(described, links, Category.FOLLOW_UP, exchange, readers=_TEAM, erasure=Erasure.UNLINK)
        others = [name for name in _names(described) if name not in links]
        declare_not_personal(described, "describes a group and its gatherings", *others)


def _names(model: Any) -> list[str]:
    return [field.name for field in model._meta.local_fields if field.name != "id"]
