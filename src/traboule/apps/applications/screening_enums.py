"""Words and legal values of the screening of mentors."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Document(models.TextChoices):
    """What was looked at to know who somebody is; never copied, its number never written down."""

    ID_CARD = "id_card", _("Identity card")
    PASSPORT = "passport", _("Passport")
    RESIDENCE = "residence", _("Residence permit")
    DRIVING = "driving", _("Driving licence")


class ReferenceState(models.TextChoices):
    """Where a reference stands."""

    ASKED = "asked", pgettext_lazy("state of a reference", "asked")
    CALL = "call", pgettext_lazy("state of a reference", "prefers a call")
    ANSWERED = "answered", pgettext_lazy("state of a reference", "answered")
    EXPIRED = "expired", pgettext_lazy("state of a reference", "no answer")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a reference", "withdrawn")


class Known(models.TextChoices):
    """For how long the referee has known the mentor."""

    UNDER_ONE = "under_1", _("Less than a year")
    ONE_TO_FIVE = "1_to_5", _("One to five years")
    OVER_FIVE = "over_5", _("More than five years")


class Trust(models.TextChoices):
    """Would the referee let this person work with young people alone?"""

    YES = "yes", _("Yes")
    BESIDE = "beside", _("Yes, with somebody beside")
    NO = "no", _("No")
    UNSURE = "unsure", _("I cannot say")


class CheckDocument(models.TextChoices):
    """The extract that the person asks for and shows; codes of ``kernel.readiness.SAFEGUARDS``."""

    FR_BULLETIN_3 = "fr_bulletin_3", _("Criminal record, bulletin no. 3 (France)")
    BE_EXTRACT = "be_extract_596_2", _("Criminal record, extract 596.2 (Belgium)")


class ScreeningStep(models.TextChoices):
    """What the screening puts on the page of today."""

    REFERENCE_CALL = "reference_call", _("A referee prefers a call")
    REFERENCE_EXPIRED = "reference_expired", _("No answer: ask for another referee")
    REFERENCE_DOUBT = "reference_doubt", _("A reference to read")
    CHECK_APPROVE = "check_approve", _("A check waits for a second look")
