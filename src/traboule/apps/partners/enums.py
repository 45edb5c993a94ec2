"""Words and legal values of this app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerKind(models.TextChoices):
    """What kind of place sends people."""

    ASSOCIATION = "association", _("Association")
    EMPLOYMENT = "employment", _("Help with finding work")
    HOUSING = "housing", _("Shelter or housing")
    SCHOOL = "school", _("School or language course")
    TOWN = "town", _("Town hall or public service")
    HEALTH = "health", _("Health or care")
    OTHER = "other", _("Another place")
