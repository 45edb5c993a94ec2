"""What this app holds about people: who of the staff made or stopped a token, and nothing else."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.access.models import ApiToken
from traboule.apps.people.enums import Role
from traboule.core.fields import Category, Erasure, Retention, declare_alike, declare_not_personal

_READERS = tuple(role.value for role in (Role.COORDINATOR, Role.DIRECTOR, Role.DPO, Role.ADMINISTRATOR))


def declare_fields() -> None:
    """Declare every field of this app."""
    hands = ("made_by", "stopped_by")
    declare_alike(
        ApiToken,
        hands,
        Category.ACCESS,
        _("To say who answers for what a program outside may read"),
        readers=_READERS,
        retention=Retention.PROOF_5_YEARS,
        erasure=Erasure.UNLINK,
    )
    others = [field.name for field in ApiToken._meta.local_fields if field.name not in ("id", *hands)]
    declare_not_personal(ApiToken, "describes the access of a program, of nobody by name", *others)
