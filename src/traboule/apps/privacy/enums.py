"""Words and legal values of this app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestKind(models.TextChoices):
    """What a person may ask about their data (articles 7 and 15 to 17 GDPR)."""

    ACCESS = "access", _("See what is written about them")
    ERASE = "erase", _("Have everything erased")
    CORRECT = "correct", _("Have something corrected")
    WITHDRAW = "withdraw", _("Take a consent back")


class AskedBy(models.TextChoices):
    """How a request came in."""

    DOOR = "door", _("On their own page")
    SPOKEN = "spoken", _("Told the team")
    PHONE = "phone", _("Phone call")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")


class IdentityCheck(models.TextChoices):
    """How the team made sure who asks. No copy of a paper is ever kept."""

    KNOWN = "known", _("We know the person")
    CALLED_BACK = "called_back", _("Called back at the known number")
    LINK = "link", _("Came through a personal link")
    PAPER_SEEN = "paper_seen", _("A paper was seen, not copied")


class Answer(models.TextChoices):
    """How a request ended."""

    DONE = "done", pgettext_lazy("answer to a request", "done")
    PARTLY = "partly", pgettext_lazy("answer to a request", "done in part")
    REFUSED = "refused", pgettext_lazy("answer to a request", "refused")
    TAKEN_BACK = "taken_back", pgettext_lazy("answer to a request", "taken back by the person")


class EraseReason(models.TextChoices):
    """Why somebody was erased."""

    ASKED = "asked", _("The person asked for it")
    RETENTION = "retention", _("Two years without contact")
    REPLAY = "replay", _("An older copy was restored")


REQUEST_ACT = "rights_request"
REQUEST_OPEN = "rights_request_open"
REQUEST_LATE = "rights_request_late"
