"""What this app holds about people, field by field."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.apps.pairing.models import MatchRun, PairRule, Proposal, ProposalLetter, RunMentee, RunOption
from traboule.apps.people.enums import Role
from traboule.core.fields import Basis, Category, Erasure, Personal, Retention, declare, declare_not_personal
from traboule.core.scope import Scoped

TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app: runs go with the person, decisions keep who decided what and why."""
    suiting = _("To find a mentor or a mentee who suits")
    proving = _("To prove that a human decided, what was shown and why")
    run_fields = ("rules_version", "as_of", "seed", "created_at")
    declare_not_personal(MatchRun, "describes the computation", "branch", *run_fields)
    _say(MatchRun, ("inputs_hash", "inputs", "report"), suiting, Erasure.BLANK)
    _say(MatchRun, ("by",), proving, Erasure.UNLINK)
    shown = ("run", "mentee", "position", "urgent", "reason", "limits")
    _say(RunMentee, shown, suiting, Erasure.DELETE_ROW)
    weighed = ("rank", "points", "terms", "reasons", "regret", "duos_lost", "changes", "is_chosen")
    _say(RunOption, ("run", "mentee", "mentor", *weighed), suiting, Erasure.DELETE_ROW)
    told = ("reason", "options_shown")  # free words, and other people's ids
    every = [field.name for field in Proposal._meta.local_fields if field.name not in ("id", "branch", *told)]
    _say(Proposal, every, proving, Erasure.UNLINK)
    _say(Proposal, told, proving, Erasure.BLANK)
    dated = ("proposal", "side", "sent_by", "sent_at", "opened_at", "reminded_at", "talk_at")
    _say(ProposalLetter, dated, proving, Erasure.UNLINK)
    _say(ProposalLetter, ("shared", "own_words", "rather_not"), suiting, Erasure.BLANK)
    _say(PairRule, ("mentee", "mentor", "kind", "reason", "by", "at"), proving, Erasure.DELETE_ROW)
    declare_not_personal(Proposal, "names the branch", "branch")
    declare_not_personal(PairRule, "names the branch", "branch")


def _say(model: type[Scoped], names: Iterable[str], purpose: str | Promise, erasure: Erasure) -> None:
    fields = {}
    for name in names:
        field = model._meta.get_field(name)
        fields[name] = Personal(
            purpose=purpose,
            basis=Basis.AGREEMENT,
            category=Category.FOLLOW_UP,
            retention=Retention.LAST_CONTACT_2_YEARS,
            readers=TEAM,
            export_label=field.verbose_name,  # type: ignore[union-attr]  # no generic relation here
            erasure=erasure,
        )
    declare(model, fields)
