"""Words and legal values of this app that the team reads; the others stand in ``own_enums``."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FollowUpState(models.TextChoices):
    """How far a question is; its moves stand in ``kernel.lifecycle.FOLLOW_UP``."""

    DUE = "due", pgettext_lazy("state of a follow-up", "due")
    ASKED = "asked", pgettext_lazy("state of a follow-up", "asked")
    REMINDED = "reminded", pgettext_lazy("state of a follow-up", "reminded")
    TO_CALL = "to_call", pgettext_lazy("state of a follow-up", "to call")
    REACHED = "reached", pgettext_lazy("state of a follow-up", "reached")
    REFUSED = "refused", pgettext_lazy("state of a follow-up", "would rather not say")
    UNREACHABLE = "unreachable", pgettext_lazy("state of a follow-up", "not reached")
    HEARD = "heard", pgettext_lazy("state of a follow-up", "known another way")
    NOT_ASKED = "not_asked", pgettext_lazy("state of a follow-up", "not asked")


OPEN_STATES = (FollowUpState.DUE, FollowUpState.ASKED, FollowUpState.REMINDED, FollowUpState.TO_CALL)


class NotAsked(models.TextChoices):
    """Why somebody is not asked, or not any more."""

    GONE = "gone", _("The person is archived or erased.")
    CONSENT = "consent", _("The person took back the consent.")
    NEW_DUO = "new_duo", _("Another duo runs, or came later.")
    STOPPED = "stopped", _("The person stopped all messages.")
    ASKED_NOT_TO = "asked_not_to", _("The person asked us not to ask again.")
    TOO_LATE = "too_late", _("The day was long past when we began to ask.")
    NO_CALL = "no_call", _("Nobody of the team called in time.")


class Through(models.TextChoices):
    """How an answer came."""

    LINK = "link", _("By the link of a message")
    CALL = "call", _("On the phone with the team")
    OTHER = "other", _("Told in another way")


class CallResult(models.TextChoices):
    """What came of a call."""

    ANSWERED = "answered", _("The person told us")
    REFUSED = "refused", _("The person would rather not say")
    TRY_AGAIN = "try_again", _("No answer: I try again in a few days")
    UNREACHABLE = "unreachable", _("Cannot be reached any more")


class FollowUpStep(StrEnum):
    """Why a follow-up stands on the page of today."""

    CALL = "follow_up.call"
