"""Words and legal values of talks, eligibility and decisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TalkState(models.TextChoices):
    """Where a talk stands."""

    PLANNED = "planned", pgettext_lazy("state of a talk", "planned")
    HELD = "held", pgettext_lazy("state of a talk", "held")
    MISSED = "missed", pgettext_lazy("state of a talk", "missed")
    CANCELLED = "cancelled", pgettext_lazy("state of a talk", "cancelled")


class TalkWay(models.TextChoices):
    """How a talk is held."""

    PLACE = "place", _("We meet")
    PHONE = "phone", _("By phone")
    ONLINE = "online", _("Online")


class AnswerState(models.TextChoices):
    """What may be said of one rule; the verdict follows from it and from the proof."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_ASKED = "not_asked", _("Not asked yet")


class VerdictState(models.TextChoices):
    """The four states of a rule (``kernel.funding.Verdict``)."""

    MET = "met", pgettext_lazy("a rule of a funder", "met")
    NOT_MET = "not_met", pgettext_lazy("a rule of a funder", "not met")
    PROOF_MISSING = "proof_missing", pgettext_lazy("a rule of a funder", "proof missing")
    NOT_ASKED = "not_asked", pgettext_lazy("a rule of a funder", "not asked")


class RuleKinds(models.TextChoices):
    """What a rule asks about (``kernel.funding.RuleKind``)."""

    AGE = "age", _("Age between two numbers")
    TERRITORY = "territory", _("Lives in these places")
    JOB_SEEKER = "job_seeker", _("Registered as looking for work")
    NOT_EMPLOYED = "not_employed", _("Has no job now")
    LANGUAGE = "language", _("Speaks a language well enough")
    RIGHT_TO_STAY = "right_to_stay", _("Residence permit seen (kept apart)")
    QUESTION = "question", _("Another question, yes or no")


class Outcome(models.TextChoices):
    """What is decided about an application."""

    ACCEPTED = "accepted", _("Accept")
    DEFERRED = "deferred", _("Put off until a date")
    REFUSED = "refused", _("Refuse")


class DecisionState(models.TextChoices):
    """How far a decision has come. A mentor's acceptance waits for a second person."""

    PROPOSED = "proposed", pgettext_lazy("state of a decision", "waits for a second person")
    MADE = "made", pgettext_lazy("state of a decision", "made")
    UNDONE = "undone", pgettext_lazy("state of a decision", "taken back")
    REPLACED = "replaced", pgettext_lazy("state of a decision", "replaced by a later one")


class Reason(models.TextChoices):
    """Why an application is put off or refused: for counting. The letter says it in human words."""

    NO_PLACE = "no_place", _("No place for now")
    NOT_FREE = "not_free", _("Not free at the moment")
    LANGUAGE = "language", _("More French first")
    PAPERS = "papers", _("A paper is missing")
    AGE = "age", _("Outside the ages of the programme")
    TERRITORY = "territory", _("Lives too far away")
    CONDITIONS = "conditions", _("Does not meet the conditions of those who pay")
    OTHER_HELP = "other_help", _("Other help comes first")
    NOT_REACHED = "not_reached", _("Could not be reached")
    ROLE = "role", _("The role of mentor does not fit")
    CHECKS = "checks", _("The checks did not allow it")


class JudgingStep(models.TextChoices):
    """Kinds of open steps of this part."""

    TALK_TO_PLAN = "talk.to_plan", _("Talk to plan again")
    TALK_TO_HOLD = "talk.to_hold", _("Talk")
    TALK_TO_MOVE = "talk.to_move", _("Asks for another date")
    TALK_SECOND = "talk.second", _("Second view of a talk")
    TALK_TO_AGREE = "talk.to_agree", _("Two views to bring together")
    TO_DECIDE = "decision.to_decide", _("Talk held, waits for a decision")
    TO_APPROVE = "decision.to_approve", _("Waits for a second person")
    DEFER_OVER = "decision.defer_over", _("Put off until now")
    PROOF = "eligibility.proof", _("Proof missing")
