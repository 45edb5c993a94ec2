"""Words and legal values of a duo. The moves between the states stand in `kernel.lifecycle`."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DuoState(TextChoices):
    ACTIVE = "active", pgettext_lazy("state of a duo", "Active")
    PAUSED = "paused", pgettext_lazy("state of a duo", "Paused")
    CLOSED = "closed", pgettext_lazy("state of a duo", "Closed")


OPEN_DUO_STATES: tuple[str, ...] = (DuoState.ACTIVE, DuoState.PAUSED)


class CloseReason(TextChoices):
    COMPLETED = "completed", _("The six months are done")
    FOUND_WORK = "found_work", _("Found a job, an internship or a training")
    NO_TIME = "no_time", _("No time any more")
    MOVED = "moved", _("Moved away")
    LOST_CONTACT = "lost_contact", _("No contact any more")
    NOT_A_FIT = "not_a_fit", _("The two do not get on")
    HEALTH_OR_FAMILY = "health_or_family", _("Personal reasons")
    OTHER = "other", _("Other reason")


class DuoStep(StrEnum):
    """Why a duo stands on the page of today."""

    PAST_END = "duo_past_end"
