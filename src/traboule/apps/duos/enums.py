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
    CHANGE_OF_MENTOR = "change_of_mentor", _("Change of mentor")
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
    SIGNATURE_MISSING = "duo_signature_missing"
    FIRST_MEETING_OPEN = "duo_first_meeting_open"


class AgreementState(TextChoices):
    DRAFTED = "drafted", pgettext_lazy("state of an agreement", "Drafted")
    SENT = "sent", pgettext_lazy("state of an agreement", "Waits for signatures")
    SIGNED = "signed", pgettext_lazy("state of an agreement", "Signed")
    REPLACED = "replaced", pgettext_lazy("state of an agreement", "Replaced by a later version")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an agreement", "Withdrawn")


OPEN_AGREEMENT_STATES: tuple[str, ...] = (AgreementState.DRAFTED, AgreementState.SENT)


class Party(TextChoices):
    """Who signs. The list of an agreement is open: "other" is named in words."""

    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")
    COORDINATOR = "coordinator", _("Coordinator")
    OTHER = "other", pgettext_lazy("somebody who signs", "Somebody else")


class SignedBy(TextChoices):
    """The way of a signature."""

    SCREEN = "screen", _("on the screen of the team")
    LINK = "link", _("by a link")
    PLACE = "place", _("signed in")


class FirstMeetingState(TextChoices):
    PLANNED = "planned", pgettext_lazy("state of a meeting", "Planned")
    HELD = "held", pgettext_lazy("state of a meeting", "Held")
    MISSED = "missed", pgettext_lazy("state of a meeting", "Missed")
    MOVED = "moved", pgettext_lazy("state of a meeting", "Moved")


class Coming(TextChoices):
    """What somebody said to a date."""

    CAN = "can", _("can come")
    CANNOT = "cannot", _("cannot come")


class FirstStep(StrEnum):
    """What somebody said by a link, for the team."""

    CANNOT_COME = "duo.cannot_come"
    WRONG_HANDS = "duo.wrong_hands"
