"""What this app holds about people, field by field."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Role
from traboule.apps.support import exchange_personal
from traboule.apps.support.enums import Item
from traboule.apps.support.models import (
    Absence,
    AdviceCall,
    CheckIn,
    CheckInSide,
    Concern,
    ConcernEntry,
    DuoSupport,
    Look,
    Pulse,
    QuestionSet,
    Substitution,
    SupportSetting,
)
from traboule.core.exporting import withhold
from traboule.core.fields import Basis, Category, Erasure, Retention, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)
_FEW = (Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app."""
    exchange_personal.declare_fields()
    _check_ins()
    _absences()
    _looks()
    _concerns()


def _team(
    model: type[models.Model], names: Iterable[str], purpose: Any, erasure: Erasure = Erasure.UNLINK
) -> None:
    declare_alike(model, names, Category.FOLLOW_UP, purpose, readers=_TEAM, erasure=erasure)


def _few(model: type[models.Model], names: Iterable[str], erasure: Erasure = Erasure.UNLINK) -> None:
    declare_alike(
        model,
        names,
        Category.SENSITIVE,
        _("To protect people in the programme"),
        readers=_FEW,
        basis=Basis.LEGITIMATE_INTEREST,
        retention=Retention.PROOF_5_YEARS,
        erasure=erasure,
    )


def _check_ins() -> None:
    following = _("To follow a duo from its start to its end")
    declare_not_personal(QuestionSet, "the questions that everybody is asked")
    rhythm = ("branch", "months", "pulse_first", "pulse_every")
    declare_not_personal(SupportSetting, "the rhythm of a branch", *rhythm)
    _team(SupportSetting, ("concern_lead",), _("To say who answers for safeguarding"))
    _team(DuoSupport, ("duo", "planned_at", "rested_days", "resting_since"), following)
    _team(CheckIn, ("duo", "month", "due_on", "state", "closed_at"), following)
    declare_not_personal(CheckIn, "how late a date is", "alarm")
    side = ("check_in", "person", "side", "asked_at", "readers", "held_at", "held_by")
    _team(CheckInSide, side, following)
    _team(CheckInSide, ("answers",), following, Erasure.BLANK)
    pulse = ("duo", "person", "side", "number", "asked_at", "reminded_at", "answered_at", "skipped_at")
    _team(Pulse, pulse, following)
    _team(Pulse, Item.values, following, Erasure.BLANK)


def _absences() -> None:
    resting = _("To let reminders rest and to find somebody who stands in")
    absence = ("person", "from_on", "until_on", "said_at", "back_on")
    _team(Absence, absence, resting, Erasure.DELETE_ROW)
    _team(Absence, ("said_by",), resting)
    named = ("duo", "substitute", "absence", "from_on", "until_on", "arranged_at", "arranged_by")
    _team(Substitution, (*named, "ended_at", "end_reason"), resting)
    advising = _("To answer a question by a call")
    call = ("duo", "person", "side", "topic", "wanted_on", "part", "asked_at", "due_on")
    _team(AdviceCall, (*call, "answered_at", "answered_by"), advising)
    _team(AdviceCall, ("question", "answer"), advising, Erasure.BLANK)
    declare_not_personal(AdviceCall, "names the branch", "branch")


def _looks() -> None:
    """What was seen speaks of both at once: each finds their own part elsewhere in the copy (ADR 0024)."""
    withhold(Look)
    noticing = _("To notice early that a duo needs somebody, and to say why it does not")
    _team(Look, ("duo", "reason", "until_on", "seen", "looked_at", "looked_by", "ended_at"), noticing)
    declare_not_personal(Look, "names the rules", "rules")


def _concerns() -> None:
    """A file speaks of several people: it is in nobody's copy by itself (ADR 0020)."""
    withhold(Concern, ConcernEntry)
    kept = ("duo", "person", "told_by", "told_at", "answer_due_on", "answered_at", "next_on", "paused_duo")
    _few(Concern, (*kept, "closed_at", "closed_by", "result"))
    _few(Concern, ("text",), Erasure.BLANK)
    declare_not_personal(Concern, "says where and when it is dealt with", "branch", "reminded_on")
    _few(ConcernEntry, ("concern", "at", "by", "next_on"))
    _few(ConcernEntry, ("text", "next_step"), Erasure.BLANK)
