"""What this app holds about people, field by field."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Role
from traboule.apps.training.models import (
    Attendance,
    ConditionWaiver,
    Declaration,
    Feedback,
    Module,
    ModuleMaterial,
    ReadinessRule,
    Trainer,
    TrainingSession,
)
from traboule.core.fields import Category, Erasure, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)
_OF_THE_TEAM = ("planned_by", "sheet_seen_by", "trainer", "led_by")


def declare_fields() -> None:
    """Declare every field of this app."""
    training = _("To train mentors and to know when they are ready")
    for model in (Attendance, Feedback, ConditionWaiver, Declaration):
        names = [field.name for field in model._meta.local_fields if field.name != "id"]
        declare_alike(model, names, Category.FOLLOW_UP, training, readers=_TEAM)
    declare_alike(
        TrainingSession, _OF_THE_TEAM, Category.FOLLOW_UP, training, readers=_TEAM, erasure=Erasure.UNLINK
    )
    declare_not_personal(TrainingSession, "describes a sitting", *_others(TrainingSession))
    said = ("person", "name", "email", "language", "added_at")
    declare_alike(Trainer, said, Category.CONTACT, training, readers=_TEAM)
    declare_not_personal(Trainer, "says where a trainer belongs", "branch", "partner")
    declare_alike(
        ModuleMaterial, ("added_by",), Category.FOLLOW_UP, training, readers=_TEAM, erasure=Erasure.UNLINK
    )
    paper = ("module", "about", "file", "name", "kind", "size", "digest", "stored_at")
    declare_not_personal(ModuleMaterial, "teaching material of the branch", *paper)
    declare_not_personal(Module, "describes the training")
    declare_not_personal(ReadinessRule, "describes the training")


def _others(model: Any) -> list[str]:
    return [field.name for field in model._meta.local_fields if field.name not in _OF_THE_TEAM]
