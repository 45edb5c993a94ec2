"""Words and legal values of this app."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CheckInState(models.TextChoices):
    """How far a check-in has come."""

    PLANNED = "planned", pgettext_lazy("state of a check-in", "planned")
    HELD = "held", pgettext_lazy("state of a check-in", "held")
    DROPPED = "dropped", pgettext_lazy("state of a check-in", "not held")


class Item(models.TextChoices):
    """The four sentences of the short scale, as both sides read them."""

    TRUST = "trust", _("I feel at ease with the other person.")
    HEARD = "heard", _("I am listened to.")
    USEFUL = "useful", _("Our meetings are useful.")
    GO_ON = "go_on", _("I want to go on.")


class Mark(models.IntegerChoices):
    """How true a sentence is; pages show a face and a word, never only a colour."""

    NO = 1, _("Not at all")
    LITTLE = 2, _("A little")
    HALF = 3, _("So-so")
    RATHER = 4, _("Rather yes")
    YES = 5, _("Yes, fully")


# A mean below this, or a fall by this much, is shown to the coordinator as something to talk about.
LOW_MEAN, BIG_FALL = 3.0, 1.0


class AdviceTopic(models.TextChoices):
    """What somebody asks advice about."""

    MEETINGS = "meetings", _("How to lead our meetings")
    WORK = "work", _("Looking for work")
    PAPERS = "papers", _("Papers and offices")
    RELATION = "relation", _("Getting on with each other")
    HARD = "hard", _("A hard story I heard")
    OTHER = "other", _("Something else")


class EndReason(models.TextChoices):
    """Why a substitution ended."""

    OVER = "over", pgettext_lazy("end of a substitution", "its last day has passed")
    RETURNED = "returned", pgettext_lazy("end of a substitution", "the mentor came back")
    CHANGED = "changed", pgettext_lazy("end of a substitution", "the team changed it")


class Result(models.TextChoices):
    """How a concern file was closed."""

    NO_DANGER = "no_danger", _("No danger was found")
    ADVISED = "advised", _("Cleared up by talking")
    DUO_CHANGED = "duo_changed", _("The duo was changed or closed")
    PASSED_ON = "passed_on", _("Passed on to an authority")
    UNCLEAR = "unclear", _("Could not be cleared up")


class SupportStep(StrEnum):
    """Why support stands on the page of today. Concerns never do: the page is the whole team's."""

    CHECK_IN = "support.check_in"
    CHECK_IN_LATE = "support.check_in_late"
    ADVICE = "support.advice"
    SUBSTITUTE = "support.substitute"
    QUALITY = "support.quality"
