"""What a plan holds about people, field by field."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.models import (
    Goal,
    Interview,
    JobApplication,
    Milestone,
    PlanChoice,
    PlanTemplate,
    ShortJob,
    Suggestion,
)
from traboule.apps.people.enums import Role
from traboule.core.fields import Basis, Category, Erasure, Personal, Retention, declare, declare_alike
from traboule.core.fields import declare_not_personal as not_personal

_READERS = (
    Role.MENTEE.value,
    Role.MENTOR.value,
    Role.COORDINATOR.value,
    Role.DIRECTOR.value,
    Role.ADMINISTRATOR.value,
)


def declare_plan() -> None:
    """Declare every field of a plan: it goes with the mentee; a mentor leaves no trace in it."""
    purpose = _("To follow the plan of a mentee")
    for model in (PlanChoice, Goal, Milestone, JobApplication, Interview, ShortJob):
        hidden = {"id", "code", "note"}
        names = [field.name for field in model._meta.local_fields if field.name not in hidden]
        declare_alike(model, names, Category.WORK_LIFE, purpose, readers=_READERS)
    hers = (Role.MENTEE.value,)
    declare_alike(PlanChoice, ["note"], Category.WORK_LIFE, purpose, readers=hers)
    not_personal(Milestone, "names a text of the programme", "code")
    mine = [f.name for f in Suggestion._meta.local_fields if f.name not in ("id", "suggested_by")]
    declare_alike(Suggestion, mine, Category.WORK_LIFE, purpose, readers=_READERS)
    by = Personal(
        purpose,
        Basis.AGREEMENT,
        Category.FOLLOW_UP,
        Retention.LAST_CONTACT_2_YEARS,
        _READERS,
        _("suggested by"),
        Erasure.BLANK,
    )
    declare(Suggestion, {"suggested_by": by})
    not_personal(PlanTemplate, "describes the programme")
