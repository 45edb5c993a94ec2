"""Words and legal values of this app."""

from django.db import models
from django.utils.translation import pgettext_lazy


class DeliveryState(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting", pgettext_lazy("state of a message", "waiting to be sent")
    SENT = "sent", pgettext_lazy("state of a message", "sent")
    FAILED = "failed", pgettext_lazy("state of a message", "not delivered")
    WITHHELD = "withheld", pgettext_lazy("state of a message", "not sent on purpose")
