"""What this app holds about people, field by field: outcomes stay as figures, papers and firms go."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.apps.outcomes.models import Evidence, NoOutcome, Outcome
from traboule.apps.people.enums import Role
from traboule.core.fields import Category, Erasure, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app."""
    knowing = _("To know what became of mentees, and to be paid for it")
    told = ("person", "kind", "contract", "weekly_hours", "starts_on", "ends_on", "seen_on", "occupation")
    hands = ("told_by", "told_at", "recorded_by", "corrected_at", "corrected_by")
    looked = ("grade", "state", "decided_at", "decided_by")
    _say(Outcome, (*told, *hands, *looked), knowing)
    _say(Outcome, ("employer", "reason"), knowing, Erasure.BLANK)
    declare_not_personal(Outcome, "names the branch and the duo", "branch", "duo")
    declare_not_personal(
        Outcome, "names another telling of the same thing", "maybe_same_as", "joined_to", "apart_from"
    )
    proving = _("To prove what became of mentees")
    papers = ("outcome", "paper", "sent_by", "added_by", "file", "name", "kind", "size", "stored_at")
    _say(Evidence, papers, proving, Erasure.DELETE_ROW)
    declare_not_personal(Evidence, "a digest", "digest")
    answers = ("person", "asked_on", "answer", "told_by", "recorded_at", "recorded_by")
    _say(NoOutcome, answers, knowing)
    _say(NoOutcome, ("whys",), _("To see what makes it hard, without blaming anybody"), Erasure.BLANK)
    declare_not_personal(NoOutcome, "names the branch and the duo", "branch", "duo")


def _say(
    model: type[models.Model], names: Iterable[str], purpose: Any, erasure: Erasure = Erasure.UNLINK
) -> None:
    declare_alike(model, names, Category.FOLLOW_UP, purpose, readers=_TEAM, erasure=erasure)
