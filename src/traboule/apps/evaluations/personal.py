"""What this app holds about people: who of the staff wrote a plan or ran a comparison, and nothing else.

The rows of a comparison file are never written down here, so that there is nothing to erase.
"""

from django.utils.translation import gettext_lazy as _

from traboule.apps.evaluations.models import Evaluation, EvaluationPlan
from traboule.apps.people.enums import Role
from traboule.core.fields import Category, Erasure, Retention, declare_alike, declare_not_personal

_READERS = (Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app."""
    for model, name in ((EvaluationPlan, "written_by"), (Evaluation, "run_by")):
        declare_alike(
            model,
            [name],
            Category.FOLLOW_UP,
            _("To say who answers for an evaluation"),
            readers=_READERS,
            retention=Retention.PROOF_5_YEARS,
            erasure=Erasure.UNLINK,
        )
        others = [field.name for field in model._meta.local_fields if field.name not in ("id", name)]
        declare_not_personal(model, "describes a question or groups of people, nobody by name", *others)
