"""Words and legal values of meetings: states, what people say of them, and what the time was for."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingState(TextChoices):
    """Where a meeting stands; the moves are `kernel.lifecycle.MEETING`."""

    PLANNED = "planned", pgettext_lazy("state of a meeting", "planned")
    HELD = "held", pgettext_lazy("state of a meeting", "held")
    MISSED = "missed", pgettext_lazy("state of a meeting", "missed")
    MOVED = "moved", pgettext_lazy("state of a meeting", "moved")
    CANCELLED = "cancelled", pgettext_lazy("state of a meeting", "cancelled")


class How(TextChoices):
    """In which way the two meet."""

    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("by phone")
    VIDEO = "video", _("by video")


class Source(TextChoices):
    """Who brought a meeting into the plan."""

    RHYTHM = "rhythm", pgettext_lazy("source of a meeting", "the weekly rhythm")
    MENTOR = "mentor", pgettext_lazy("source of a meeting", "the mentor")
    MENTEE = "mentee", pgettext_lazy("source of a meeting", "the mentee")
    COORDINATOR = "coordinator", pgettext_lazy("source of a meeting", "the team")


class Because(TextChoices):
    """Why a meeting is cancelled; what a pause or a new rhythm cancelled comes back by itself."""

    ASKED = "asked", pgettext_lazy("why a meeting is cancelled", "one of the two asked")
    PAUSE = "pause", pgettext_lazy("why a meeting is cancelled", "the duo rests")
    RHYTHM = "rhythm", pgettext_lazy("why a meeting is cancelled", "the rhythm has changed")
    CLOSED = "closed", pgettext_lazy("why a meeting is cancelled", "the duo has ended")


class Agreement(TextChoices):
    """How the words of both sides fit (`kernel.accounts.Agreement`)."""

    ONE = "one", _("one side has said it")
    EQUAL = "equal", _("both say the same")
    LOWER = "lower", _("both met, the lengths differ")
    OPEN = "open", _("the two do not say the same")
    SETTLED = "settled", _("settled by the team")


class Teller(TextChoices):
    """Whose words a log is."""

    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")
    COORDINATOR = "coordinator", _("Coordinator")


class Through(TextChoices):
    """On which way a log came in."""

    LINK = "link", pgettext_lazy("way of a log", "link")
    PLACE = "place", pgettext_lazy("way of a log", "own page")
    PHONE = "phone", pgettext_lazy("way of a log", "phone call")
    SHEET = "sheet", pgettext_lazy("way of a log", "printed sheet")


class Happened(TextChoices):
    """The first question of the log."""

    MET = "met", _("Yes, we met")
    MOVED = "moved", _("We moved it")
    MISSED = "missed", _("It did not take place")


class Purpose(TextChoices):
    """What the time was for."""

    CV = "cv", pgettext_lazy("what a meeting was for", "CV")
    LETTERS = "letters", pgettext_lazy("what a meeting was for", "Letters")
    APPLICATIONS = "applications", pgettext_lazy("what a meeting was for", "Applications")
    INTERVIEW = "interview", pgettext_lazy("what a meeting was for", "Interview")
    NETWORK = "network", pgettext_lazy("what a meeting was for", "Network")
    FRENCH = "french", pgettext_lazy("what a meeting was for", "French")
    DIGITAL = "digital", pgettext_lazy("what a meeting was for", "Digital")
    PAPERS = "papers", pgettext_lazy("what a meeting was for", "Papers")
    PROJECT = "project", pgettext_lazy("what a meeting was for", "Project")
    TALK = "talk", pgettext_lazy("what a meeting was for", "Just talked")


class Next(TextChoices):
    """The next step of the two."""

    SEND = "send", pgettext_lazy("next step of a duo", "Send an application")
    CALL = "call", pgettext_lazy("next step of a duo", "Call somebody")
    WRITE = "write", pgettext_lazy("next step of a duo", "Finish CV or letter")
    PRACTISE = "practise", pgettext_lazy("next step of a duo", "Practise an interview")
    CONTACT = "contact", pgettext_lazy("next step of a duo", "Meet a contact")
    PAPERS = "papers", pgettext_lazy("next step of a duo", "Sort out papers")
    NONE = "none", pgettext_lazy("next step of a duo", "Nothing fixed")


class WhyMissed(TextChoices):
    """Why a meeting did not take place; nobody has to say more."""

    ILL = "ill", pgettext_lazy("why a meeting was missed", "Illness")
    WORK = "work", pgettext_lazy("why a meeting was missed", "Work or an appointment")
    TRAVEL = "travel", pgettext_lazy("why a meeting was missed", "On the way, transport")
    FORGOT = "forgot", pgettext_lazy("why a meeting was missed", "Forgotten")
    NO_NEWS = "no_news", pgettext_lazy("why a meeting was missed", "I did not hear from the other")
    OTHER = "other", pgettext_lazy("why a meeting was missed", "Something else")


class MeetingStep(StrEnum):
    """Why a meeting stands on the page of today."""

    DIFFERS = "meeting.differs"
    OPEN = "meeting.open"
