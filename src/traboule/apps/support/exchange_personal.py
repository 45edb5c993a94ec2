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
    for model, links in ((PeerGroup, ("coordinator",)), (Gathering, ("planned_by",))):
        declare_alike(model, links, Category.FOLLOW_UP, exchange, readers=_TEAM, erasure=Erasure.UNLINK)
        others = [name for name in _names(model) if name not in links]
        declare_not_personal(model, "describes a group and its gatherings", *others)


def _names(model: Any) -> list[str]:
    return [field.name for field in model._meta.local_fields if field.name != "id"]
