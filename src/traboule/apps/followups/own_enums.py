"""What mentees tap, in plain words. No answer is a failure."""

# said to: everybody

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traboule.kernel.followups import HowLong


class Now(models.TextChoices):
    """What somebody is doing now; a refusal is a button of its own."""

    JOB = "job", pgettext_lazy("what somebody is doing now", "I have a job")
    TRAINING = "training", pgettext_lazy("what somebody is doing now", "Training or study")
    INTERNSHIP = "internship", pgettext_lazy("what somebody is doing now", "An internship")
    SEARCHING = "searching", pgettext_lazy("what somebody is doing now", "I am searching")
    OTHER = "other", pgettext_lazy("what somebody is doing now", "Something else")


class Since(models.TextChoices):
    """Roughly for how long."""

    DAYS = HowLong.DAYS.value, _("Less than a month")
    ONE = HowLong.ONE.value, _("1 to 3 months")
    THREE = HowLong.THREE.value, _("3 to 6 months")
    LONG = HowLong.LONG.value, _("More than 6 months")


class Hours(models.IntegerChoices):
    """About how many hours a week."""

    FEW = 5, _("About 5")
    SOME = 15, _("About 15")
    MANY = 25, _("About 25")
    FULL = 35, _("35 or more")


class Leads(models.TextChoices):
    """What kind of training: only one that leads to a job counts as a step towards one."""

    TRAINING = "training", _("A training that leads to a job")
    STUDY = "study", _("School or university")
