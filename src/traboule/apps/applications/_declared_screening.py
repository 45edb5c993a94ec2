"""What the screening of mentors holds about people, field by field."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.models import IdentityCheck, Reference, SafeguardingCheck
from traboule.apps.people.enums import Role
from traboule.core.fields import Basis, Category, Erasure, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare the fields of the screening."""
    protecting = _("To protect young people who meet a mentor alone")
    for model, category in (
        (IdentityCheck, Category.IDENTITY),
        (Reference, Category.FOLLOW_UP),
        (SafeguardingCheck, Category.SENSITIVE),
    ):
        _declare(model, category, protecting)
    declare_not_personal(Reference, "names the branch", "branch")


def _declare(model: Any, category: Category, purpose: Any) -> None:
    names = [field.name for field in model._meta.local_fields if field.name not in ("id", "branch")]
    declare_alike(
        model,
        names,
        category,
        purpose,
        basis=Basis.LEGITIMATE_INTEREST,
        readers=_TEAM,
        erasure=Erasure.DELETE_ROW,
    )
