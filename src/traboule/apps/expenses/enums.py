"""Words and legal values of this app."""

# said to: everybody

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExpenseKind(models.TextChoices):
    """What the money went into."""

    TRANSPORT = "transport", _("Bus, train, metro")
    KILOMETRES = "kilometres", _("Kilometres by car")
    PHONE = "phone", _("Phone")
    OTHER = "other", _("Something else")


class ExpenseState(models.TextChoices):
    """How far a claim is; its moves stand in ``kernel.lifecycle.EXPENSE``."""

    SENT = "sent", pgettext_lazy("state of an expense", "sent")
    APPROVED = "approved", pgettext_lazy("state of an expense", "approved")
    REFUSED = "refused", pgettext_lazy("state of an expense", "refused")
    ASKED_BACK = "asked_back", pgettext_lazy("state of an expense", "one question")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an expense", "taken back")
    PAID = "paid", pgettext_lazy("state of an expense", "paid")
    WAIVED = "waived", pgettext_lazy("state of an expense", "given to the association")


# What counts against a ceiling: all that may still be paid, was paid, or was given up.
COUNTED = (
    ExpenseState.SENT,
    ExpenseState.APPROVED,
    ExpenseState.ASKED_BACK,
    ExpenseState.PAID,
    ExpenseState.WAIVED,
)
# What was decided and is money, or a gift: a yes more must fit beside it.
ACCEPTED = (ExpenseState.APPROVED, ExpenseState.PAID, ExpenseState.WAIVED)
# What accounts must keep, whoever asks to be forgotten.
IN_THE_ACCOUNTS = (ExpenseState.PAID, ExpenseState.WAIVED)
