"""Words and legal values of this app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationState(models.TextChoices):
    """Where an application stands; the legal moves are ``kernel.lifecycle.APPLICATION``."""

    DRAFT = "draft", pgettext_lazy("state of an application", "being written")
    SENT = "sent", pgettext_lazy("state of an application", "sent")
    TALK_PLANNED = "talk_planned", pgettext_lazy("state of an application", "talk planned")
    TALK_HELD = "talk_held", pgettext_lazy("state of an application", "talk held")
    ACCEPTED = "accepted", pgettext_lazy("state of an application", "accepted")
    DEFERRED = "deferred", pgettext_lazy("state of an application", "put off")
    REFUSED = "refused", pgettext_lazy("state of an application", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an application", "withdrawn")


class Audience(models.TextChoices):
    """For whom an information session is."""

    BOTH = "both", _("Mentors and mentees")
    MENTORS = "mentor", _("Future mentors")
    MENTEES = "mentee", _("People who look for a mentor")


class BookingState(models.TextChoices):
    """Where a booking of an information session stands."""

    BOOKED = "booked", pgettext_lazy("state of a booking", "has a place")
    WAITING = "waiting", pgettext_lazy("state of a booking", "on the waiting list")
    OFFERED = "offered", pgettext_lazy("state of a booking", "a place is offered")
    LAPSED = "lapsed", pgettext_lazy("state of a booking", "did not answer the offer")
    CANCELLED = "cancelled", pgettext_lazy("state of a booking", "cancelled")
    WALKED_IN = "walked_in", pgettext_lazy("state of a booking", "came without booking")


HOLDS_A_PLACE = (BookingState.BOOKED, BookingState.OFFERED)
STILL_COUNTS = (*HOLDS_A_PLACE, BookingState.WAITING)


class Presence(models.TextChoices):
    """Whether somebody came."""

    CAME = "came", pgettext_lazy("attendance", "came")
    MISSED = "missed", pgettext_lazy("attendance", "absent")
    EXCUSED = "excused", pgettext_lazy("attendance", "excused")


class ClosingAnswer(models.TextChoices):
    """What somebody says when their branch closes."""

    YES = "yes", pgettext_lazy("answer to a closing", "moves")
    NO = "no", pgettext_lazy("answer to a closing", "does not move")


class Source(models.TextChoices):
    """How an application came in."""

    SELF = "self", _("On their own")
    REFERRER = "referrer", _("Through a referrer")
    STAFF = "staff", _("Written down by the team")


class ReferralOutcome(models.TextChoices):
    """What a referrer reads about somebody they sent; never a state of the team."""

    UNFINISHED = "unfinished", _("Not sent yet.")
    NO_NEWS = "no_news", _("Sent. This person keeps the rest to themselves.")
    KNOWING = "knowing", _("We get to know each other.")
    PUT_OFF = "put_off", _("Put off: not yet.")
    WAITING = "waiting", _("Waits for a mentor.")
    HAS_MENTOR = "has_mentor", _("Has a mentor.")
    ENDED = "ended", _("The path with us has ended.")
