"""What is compared: a file or counts; and what the next cohort could show."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.evaluations.queries.comparison import FEWEST
from traboule.core.file_fields import ReadFileField

BIGGEST_MIB = 10


class ComparisonFileForm(forms.Form):
    """The comparison file."""

    file = ReadFileField(label=_("CSV or XLSX file"), most_mib=BIGGEST_MIB)


class CountsForm(forms.Form):
    """Our own people, counted."""

    n = forms.IntegerField(
        label=_("Of how many people do you know it?"),
        min_value=FEWEST,
        max_value=10_000_000,
        help_text=_("Whoever cannot be reached is not counted here: unknown is no failure."),
    )
    successes = forms.IntegerField(label=_("How many of them reached it?"), min_value=0, max_value=10_000_000)

    def clean(self) -> dict[str, Any]:
        """Nobody reaches it who is not counted."""
        said = dict(super().clean() or {})
        if said.get("successes", 0) > said.get("n", said.get("successes", 0)):
            self.add_error("successes", _("More people than you counted above."))
        return said


class CohortForm(forms.Form):
    """The next cohort: how many duos, how many to compare with, what others reach."""

    duos = forms.IntegerField(label=_("Duos"), min_value=2, max_value=100_000, initial=38)
    others = forms.IntegerField(
        label=_("People to compare with"),
        min_value=0,
        max_value=1_000_000,
        initial=152,
        help_text=_("0: you compare with a published rate."),
    )
    base = forms.DecimalField(
        label=_("How many in a hundred reach it without a mentor?"),
        min_value=1,
        max_value=99,
        decimal_places=1,
        initial=40,
        localize=True,
    )

    @classmethod
    def start(cls) -> dict[str, Any]:
        """Return what the page begins with."""
        return {name: field.initial for name, field in cls.base_fields.items()}
