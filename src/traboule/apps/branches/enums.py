"""Words and legal values of this app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SitePart(models.TextChoices):
    """What a branch may say in its own words on its public pages."""

    WELCOME = "welcome", _("First line, in big letters")
    LEAD = "lead", _("The sentence below it")
    ABOUT = "about", _("What the programme is")
    MENTOR = "mentor", _("Becoming a mentor")
    MENTEE = "mentee", _("Finding a mentor")
    CONTACT = "contact", _("How to reach the team")


# Parts of one line, without paragraphs.
LINES = frozenset({SitePart.WELCOME, SitePart.LEAD})
