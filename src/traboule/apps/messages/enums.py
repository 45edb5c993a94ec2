"""Words and legal values of this app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeliveryState(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting", pgettext_lazy("state of a message", "waiting to be sent")
    SENDING = "sending", pgettext_lazy("state of a message", "on its way")
    SENT = "sent", pgettext_lazy("state of a message", "sent")
    DELIVERED = "delivered", pgettext_lazy("state of a message", "arrived")
    HANDED = "handed", pgettext_lazy("state of a message", "given to the team")
    BOUNCED = "bounced", pgettext_lazy("state of a message", "came back")
    FAILED = "failed", pgettext_lazy("state of a message", "not delivered")
    WITHHELD = "withheld", pgettext_lazy("state of a message", "not sent on purpose")


class Why(models.TextChoices):
    """Why a message was moved, came back, or was not sent at all."""

    NO_ADDRESS = "no_address", _("There is no address for this channel.")
    ARCHIVED = "archived", _("The person is archived.")
    STOPPED = "stopped", _("The person said STOP on this channel.")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("The person took back the consent.")
    STALE = "stale", _("It would have come too late to be of use.")
    DUPLICATE = "duplicate", _("The same words went to this address a short time ago.")
    QUIET_HOURS = "quiet_hours", _("Not at night and not on a Sunday: it waits.")
    TRIES_AGAIN = "tries_again", _("It did not go through. We try again.")
    SHUT_OUT = "shut_out", _("The provider does not let us in. We try again.")
    GAVE_UP = "gave_up", _("It did not go through, after many tries.")
    ADDRESS_REFUSED = "address_refused", _("The other side does not know this address.")
    ERASED = "erased", _("The person was erased.")
    WITHDRAWN = "withdrawn", _("It was about something that has changed since.")
    DECISION_UNDONE = "decision_undone", _("The decision was taken back.")


class MessageStep(models.TextChoices):
    """What a message can leave open for the team."""

    CALL = "message_call", _("Call, instead of a message")
    LETTER = "message_letter", _("Print and post a letter")
    REFERRER = "message_referrer", _("Tell the person through the referrer")
    BOUNCED = "message_bounced", _("A message came back")
    FAILED = "message_failed", _("A message did not go through")
    UNREACHABLE = "message_unreachable", _("We cannot reach this person")
    SHUT_OUT = "message_shut_out", _("Text messages do not go out: check the SMS provider’s key")
    NEWS_DUE = "news_due", _("News is promised, and something is to be decided")
