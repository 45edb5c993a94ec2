"""What this app holds about people, field by field."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Role
from traboule.apps.privacy.models import ErasureEntry, LegalHold, RetentionNotice, RightsRequest, StandIn
from traboule.core.fields import (
    Basis,
    Category,
    Erasure,
    Retention,
    declare_alike,
    declare_not_personal,
)

_READERS = (Role.DIRECTOR.value, Role.DPO.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app."""
    answering = _("To answer what people ask about their data, and to prove it")
    proof = {"readers": _READERS, "basis": Basis.LEGAL_DUTY, "retention": Retention.PROOF_5_YEARS}
    emptied = ("person", "said", "answer_text")
    declare_alike(RightsRequest, emptied, Category.FOLLOW_UP, answering, erasure=Erasure.BLANK, **proof)  # type: ignore[arg-type]  # a mapping of mixed values
    checked = ("taken_by", "identity", "identity_at", "identity_by")
    kept = ("kind", "asked_by", "asked_at", "due_on", *checked, "answer", "answered_at", "answered_by")
    declare_alike(RightsRequest, kept, Category.FOLLOW_UP, answering, erasure=Erasure.UNLINK, **proof)  # type: ignore[arg-type]  # a mapping of mixed values
    declare_not_personal(RightsRequest, "names the branch", "branch")
    held = ("person", "reason", "until", "set_at", "set_by", "lifted_at")
    declare_alike(LegalHold, held, Category.FOLLOW_UP, answering, **proof)  # type: ignore[arg-type]  # a mapping of mixed values
    told = ("person", "queued_at", "told_at", "by_hand")
    declare_alike(RetentionNotice, told, Category.FOLLOW_UP, answering, **proof)  # type: ignore[arg-type]  # a mapping of mixed values
    declare_alike(StandIn, ("person",), Category.FOLLOW_UP, answering, **proof)  # type: ignore[arg-type]  # a mapping of mixed values
    line = ("number", "reason", "erased_at")
    declare_alike(ErasureEntry, line, Category.FOLLOW_UP, answering, erasure=Erasure.UNLINK, **proof)  # type: ignore[arg-type]  # a mapping of mixed values
    declare_not_personal(ErasureEntry, "names the branch", "branch")
