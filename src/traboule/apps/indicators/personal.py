"""What this app holds about people: who of the staff decided a definition or wrote a sum."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.indicators.models import DefinitionVersion, HandedTable, YearCost
from traboule.apps.people.enums import Role
from traboule.core.fields import Category, Erasure, Retention, declare_alike, declare_not_personal

_READERS = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)
_WHO = ((DefinitionVersion, "decided_by"), (YearCost, "written_by"))


def declare_fields() -> None:
    """Declare every field of this app."""
    for model, name in _WHO:
        declare_alike(
            model,
            [name],
            Category.FOLLOW_UP,
            _("To say who answers for how figures are counted"),
            readers=_READERS,
            retention=Retention.PROOF_5_YEARS,
            erasure=Erasure.UNLINK,
        )
        others = [field.name for field in model._meta.local_fields if field.name not in ("id", name)]
        declare_not_personal(model, "describes how figures are counted, nobody by name", *others)
    declare_not_personal(
        HandedTable,
        "counts groups of people as they were handed out, small ones hidden",
        *(field.name for field in HandedTable._meta.local_fields if field.name != "id"),
    )
