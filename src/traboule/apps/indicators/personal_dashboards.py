"""What snapshots and looks hold about people: who of the staff wrote a note, and nothing else."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.indicators.models import BranchSnapshot, FairnessLook, FairnessNote
from traboule.apps.people.enums import Role
from traboule.core.fields import Category, Erasure, Retention, declare_alike, declare_not_personal

_READERS = (Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of these three tables."""
    declare_alike(
        FairnessNote,
        ["written_by"],
        Category.FOLLOW_UP,
        _("To say who answers for what a branch does about unequal paths"),
        readers=_READERS,
        retention=Retention.PROOF_5_YEARS,
        erasure=Erasure.UNLINK,
    )
    for model in (BranchSnapshot, FairnessLook, FairnessNote):
        others = [field.name for field in model._meta.local_fields if field.name not in ("id", "written_by")]
        declare_not_personal(model, "counts groups of people, or speaks of groups, nobody by name", *others)
