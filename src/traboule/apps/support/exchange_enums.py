"""Words and legal values of the exchange of practice."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GatheringAnswer(models.TextChoices):
    """What an invited mentor says."""

    WAITING = "waiting", pgettext_lazy("answer to an invitation", "no answer yet")
    COMES = "comes", pgettext_lazy("answer to an invitation", "comes")
    CANNOT = "cannot", pgettext_lazy("answer to an invitation", "cannot come")


class GatheringPresence(models.TextChoices):
    """Who came."""

    CAME = "came", _("Came")
    MISSED = "missed", _("Did not come")


# The rhythm of the programme: every two months, two in the six months of a duo.
EVERY_DAYS = 60
DUE_PER_DUO = 2
NONE_PLANNED_STEP = "exchange.none_planned"
