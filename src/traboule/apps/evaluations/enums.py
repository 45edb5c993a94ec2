"""Words of this app: grades of comparison and methods."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.grades import METHODS, TOTALS, Grade


class GradeChoice(models.TextChoices):
    """What those who took part are compared with, from the weakest to the strongest."""

    PUBLISHED = Grade.PUBLISHED.value, _("1 · A published rate of similar job-seekers")
    WEIGHTED = Grade.WEIGHTED.value, _("2 · Other people, one row each or as totals, made alike")
    RANDOMISED = Grade.RANDOMISED.value, _("3 · Chance decided who came first, because places lacked")


class MethodChoice(models.TextChoices):
    """How the two groups are compared; the usual one first."""

    ENTROPY_BALANCING = "entropy-balancing", _("Weights that make the groups alike (entropy balancing)")
    OAXACA_BLINDER = "oaxaca-blinder", _("What others with the same past reached (Oaxaca-Blinder)")
    REGRESSION = "regression", _("Regression with the covariates")
    DIFFERENCE = "difference", _("Plain difference")
    STANDARDISATION = TOTALS, _("Totals by group, brought to our own mix (standardisation)")


def methods_of(grade: str) -> list[tuple[str, str]]:
    """Return the methods that fit a grade as choices, the usual one first."""
    return [(method, str(MethodChoice(method).label)) for method in METHODS[Grade(grade)]]
