"""What this app holds about people, field by field."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.partners.models import Partner, Referrer
from traboule.apps.people.enums import Role
from traboule.core.fields import (
    Basis,
    Category,
    Erasure,
    Retention,
    declare_alike,
    declare_not_personal,
)

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app."""
    together = _("To work with the places that send people")
    declare_alike(
        Partner,
        ["contact_name", "phone", "email"],
        Category.CONTACT,
        together,
        basis=Basis.LEGITIMATE_INTEREST,
        readers=_TEAM,
        erasure=Erasure.BLANK,
    )
    declare_not_personal(
        Partner,
        "describes a place, not a person",
        *("branch", "name", "kind", "place", "is_active", "created_at"),
    )
    declare_alike(
        Referrer,
        ["login", "invited_at", "closed_at", "invited_by"],
        Category.ACCESS,
        together,
        basis=Basis.LEGITIMATE_INTEREST,
        retention=Retention.LOGIN_LIFETIME,
        readers=_TEAM,
    )
    declare_not_personal(Referrer, "names the place", "partner")
