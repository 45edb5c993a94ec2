"""What a branch spent in a year."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST_YEAR = 1990


class YearCostForm(forms.Form):
    """One year that is over, in euros."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR)
    euros = forms.DecimalField(
        label=_("Spent in this year, in euros"),
        help_text=_("All of it: people, rooms, training, travel."),
        min_value=Decimal("0.01"),
        max_value=Decimal(1_000_000_000),
        decimal_places=2,
        localize=True,
    )
    with_expenses = forms.BooleanField(
        label=_("What mentors got back is in it"),
        help_text=_("If not, the approved expenses of the year are added."),
        required=False,
        initial=True,
    )
    source = forms.CharField(
        label=_("Where it is written"),
        help_text=_("For example: annual accounts 2025, page 4."),
        max_length=200,
    )

    def __init__(self, *args: Any, today: date, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.today = today

    def clean_year(self) -> int:
        """A year that is over."""
        year: int = self.cleaned_data["year"]
        if year >= self.today.year:
            raise forms.ValidationError(
                _("Only a year that is over: %(last)s or earlier."), params={"last": str(self.today.year - 1)}
            )
        return year

    def values(self) -> dict[str, Any]:
        """Return the fields of ``write_year_cost``."""
        said = self.cleaned_data
        return {
            "year": said["year"],
            "cents": int(said["euros"] * 100),
            "with_expenses": said["with_expenses"],
            "source": said["source"],
        }
