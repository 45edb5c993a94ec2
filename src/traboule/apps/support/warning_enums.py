"""Words and legal values of the early warning. Its rules are data of the kernel: `kernel.warning`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NotNeeded(models.TextChoices):
    """Why somebody who looked at a duo says that nothing has to be done now."""

    THEY_MEET = "they_meet", _("They meet, it was only not written down")
    AGREED = "agreed", _("The next step is agreed with both")
    KNOWN_REST = "known_rest", _("They rest for a while, and I know why")
    ADDRESS = "address", _("The address is put right")
    WRONG_FACT = "wrong_fact", _("A fact in it is wrong")
    OTHER = "other", _("Another reason that I know")


LOOK = "support.look"  # a step of the page of today
