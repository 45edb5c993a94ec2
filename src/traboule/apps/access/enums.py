"""Words of this app: what a token is for, and what there is to read."""

from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy


class Purpose(models.TextChoices):
    """What a token is for. What each may read: ``rules.ALLOWED``."""

    OWN = "own", pgettext_lazy("purpose of a key", "Our own dashboard")
    EVALUATOR = "evaluator", pgettext_lazy("purpose of a key", "Somebody who evaluates us")
    FUNDER = "funder", pgettext_lazy("purpose of a key", "A funder")
    WEBSITE = "website", pgettext_lazy("purpose of a key", "A public page with figures")


class Resource(StrEnum):
    """What can be read."""

    PEOPLE = "people"
    DUOS = "duos"
    OUTCOMES = "outcomes"
    INDICATORS = "indicators"
