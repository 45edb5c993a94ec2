"""Words and legal values of this app."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Closing(models.TextChoices):
    """How a step ended."""

    DONE = "done", pgettext_lazy("end of a step", "done")
    DROPPED = "dropped", pgettext_lazy("end of a step", "no longer needed")
