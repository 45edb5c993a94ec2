"""What this app holds about people, field by field."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.apps.endings.models import (
    Certificate,
    ClosingTalk,
    EndWord,
    Extension,
    MentorChoice,
    WellBeing,
)
from traboule.apps.endings.own_enums import Brought
from traboule.apps.people.enums import Role
from traboule.core.exporting import withhold
from traboule.core.fields import Category, Erasure, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app: dates and codes stay as figures of the duo, own words are emptied.

    Who said no to a later end, and what was said of both in the closing talk, is in nobody's copy: a handler
    gives each their own answer, the officer for data answers about the talk by hand.
    """
    withhold(Extension, ClosingTalk)
    following = _("To follow a duo from its start to its end")
    extension = ("duo", "old_end", "new_end", "reason", "state", "asked_at", "asked_by")
    _say(Extension, (*extension, "mentee_says", "mentor_says", "settled_at"), following)
    learning = _("To learn why duos end, without blaming anybody")
    _say(EndWord, ("duo", "person", "side", "asked_at", "said_at", "said_by"), learning)
    _say(EndWord, ("reasons", "words"), learning, Erasure.BLANK)
    talk = ("duo", "due_on", "state", "held_on", "present", "written_at", "written_by")
    _say(ClosingTalk, talk, following)
    _say(ClosingTalk, ("words",), following, Erasure.BLANK)
    declare_not_personal(ClosingTalk, "says whether it is shown", "raised")
    certifying = _("To certify what the two did together")
    paper = ("duo", "person", "side", "from_on", "until_on", "meetings", "minutes")
    _say(Certificate, (*paper, "issued_on", "issued_at", "issued_by"), certifying)
    _say(Certificate, ("purposes",), certifying, Erasure.BLANK)
    again = _("To ask a mentor what comes next, and when")
    choice = ("duo", "person", "asked_at", "onward", "role", "ask_again_on", "chosen_at", "chosen_by")
    _say(MentorChoice, (*choice, "asked_again_at"), again)
    _say(MentorChoice, Brought.values, _("To see what it brings to mentors"), Erasure.BLANK)
    caring = _("To see how a mentor is, and to call who wishes it")
    _say(WellBeing, ("duo", "person", "month", "asked_at", "answered_at", "skipped_at"), caring)
    _say(WellBeing, ("load", "hard_story", "wants_talk", "words"), caring, Erasure.BLANK)


def _say(
    model: type[models.Model], names: Iterable[str], purpose: Any, erasure: Erasure = Erasure.UNLINK
) -> None:
    declare_alike(model, names, Category.FOLLOW_UP, purpose, readers=_TEAM, erasure=erasure)
