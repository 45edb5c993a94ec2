"""What eligibility holds about people, field by field."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.models import Funder, Judgement, RuleSet, SensitiveFact, SensitiveSwitch
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
_FEW = (Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare the fields of funders, their rules and what was judged."""
    counting = _("To know for which funder a person counts")
    proving = _("To prove to a funder that a residence permit was seen")
    judged = ("person", "rule_code", "answer", "verdict", "evidence", "seen_on", "due_on", "judged_at")
    declare_alike(Judgement, judged, Category.FOLLOW_UP, counting, readers=_TEAM)
    declare_alike(
        Judgement, ("judged_by",), Category.FOLLOW_UP, counting, readers=_TEAM, erasure=Erasure.UNLINK
    )
    facts = ("person", "rule_code", "answer", "verdict", "evidence", "seen_on", "written_at")
    declare_alike(SensitiveFact, facts, Category.SENSITIVE, proving, readers=_FEW, basis=Basis.CONSENT)
    declare_alike(
        SensitiveFact, ("written_by",), Category.SENSITIVE, proving, readers=_FEW, erasure=Erasure.UNLINK
    )
    kept = Retention.PROOF_5_YEARS
    for model, name in ((RuleSet, "made_by"), (SensitiveSwitch, "set_by")):
        declare_alike(
            model, (name,), Category.ACCESS, counting, readers=_FEW, retention=kept, erasure=Erasure.UNLINK
        )
    declare_not_personal(Judgement, "names the version of the rules", "rule_set")
    declare_not_personal(SensitiveFact, "names the version of the rules", "rule_set")
    declare_not_personal(Funder, "describes a funder")
    declare_not_personal(
        RuleSet, "says what a funder asks for", "funder", "version", "valid_from", "rules", "made_at"
    )
    declare_not_personal(SensitiveSwitch, "a setting of a branch", "branch", "is_on", "set_at")
