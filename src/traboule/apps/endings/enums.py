"""States and steps that the team reads."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traboule.apps.duos.enums import CloseReason


class ExtensionState(TextChoices):
    """How far the wish to go on has come; the moves are `kernel.lifecycle.EXTENSION`."""

    ASKED = "asked", pgettext_lazy("state of an extension", "both are asked")
    AGREED = "agreed", pgettext_lazy("state of an extension", "agreed")
    REFUSED = "refused", pgettext_lazy("state of an extension", "it stays as it was")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an extension", "taken back")


class ExtensionReason(TextChoices):
    """Why a duo goes on beyond its end."""

    CLOSE_TO_WORK = "close_to_work", _("Close to a job, an internship or a training")
    PAUSED_LONG = "paused_long", _("Illness, absence or a long pause")
    STARTED_LATE = "started_late", _("It began late, or weeks are missing")
    NEW_GOAL = "new_goal", _("A new goal that needs time")
    FRENCH = "french", _("More French first")
    OTHER = "other", _("Other reason")


class TalkState(TextChoices):
    """How far the closing talk has come."""

    PLANNED = "planned", pgettext_lazy("state of a closing talk", "planned")
    HELD = "held", pgettext_lazy("state of a closing talk", "held")
    DROPPED = "dropped", pgettext_lazy("state of a closing talk", "not held")


class Present(TextChoices):
    """Who was there at the closing talk."""

    BOTH = "both", _("Both together")
    APART = "apart", _("Both, one after the other")
    MENTEE = "mentee", _("Only the mentee")
    MENTOR = "mentor", _("Only the mentor")


# Why a duo ends before its day, as the team sees it; the two others have a way of their own.
EARLY_REASONS = tuple(
    reason for reason in CloseReason if reason not in (CloseReason.COMPLETED, CloseReason.CHANGE_OF_MENTOR)
)


class EndingStep(StrEnum):
    """Why an ending stands on the page of today."""

    CLOSING_TALK = "ending.closing_talk"
    ASKED_AGAIN = "ending.asked_again"
    OTHER_ROLE = "ending.other_role"
    WANTS_TALK = "ending.wants_talk"
