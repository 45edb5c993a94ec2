"""Words and legal values of this app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ModuleKind(models.TextChoices):
    """What a module trains."""

    KNOW_HOW = "know_how", _("Know-how")
    INTERPERSONAL = "interpersonal", _("Interpersonal skills")


class SessionKind(models.TextChoices):
    """What a sitting is for."""

    MODULE = "module", _("Initial training")
    REFRESHER = "refresher", _("Refresher")
    EXCHANGE = "exchange", _("Exchange of practice")


class Presence(models.TextChoices):
    """Who came."""

    PLANNED = "planned", pgettext_lazy("attendance", "expected")
    PRESENT = "present", pgettext_lazy("attendance", "came")
    EXCUSED = "excused", pgettext_lazy("attendance", "excused")
    MISSED = "missed", pgettext_lazy("attendance", "did not come")


class Pace(models.TextChoices):
    """Was it too fast?"""

    SLOW = "slow", _("Too slow")
    RIGHT = "right", _("Just right")
    FAST = "fast", _("Too fast")


class Useful(models.IntegerChoices):
    """Was it useful?"""

    LITTLE = 1, _("A little")
    RATHER = 2, _("Rather")
    VERY = 3, _("Very")


class TrainingStep(models.TextChoices):
    """What the training puts on the page of today."""

    MODULE_MISSED = "module_missed", _("A module to catch up")
    READY_TO_DECLARE = "ready_to_declare", _("All conditions are met")
    CHECK_ENDS = "training_check_ends", _("A check ends soon")
    CHECK_LAPSED = "training_check_lapsed", _("Out of the pool: the check has ended")
    EXCHANGE_DUE = "training_exchange_due", _("Mentors have not come for two months")
