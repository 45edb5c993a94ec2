"""What the team writes: a reason, the account of the association, a day to pay, rates."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.expenses.forms.own import BankForm, EuroField
from traboule.apps.expenses.models.payments import PainVersion
from traboule.apps.people.forms.persons import DateInput


class ReasonForm(forms.Form):
    """Why not, or what is unclear; the volunteer reads it."""

    reason = forms.CharField(
        label=_("What the volunteer reads"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class PayerForm(BankForm):
    """The account of the association."""

    version = forms.ChoiceField(
        label=_("Form of the file"),
        choices=PainVersion.choices,
        help_text=_("Ask your bank. Most read the first one."),
    )


class PayForm(forms.Form):
    """When the bank pays."""

    pay_on = forms.DateField(label=_("Day of payment"), widget=DateInput())


class RatesForm(forms.Form):
    """One version of the rates of a country. Empty: there is no such rate or no such ceiling."""

    valid_from = forms.DateField(label=_("Valid from"), widget=DateInput())
    source = forms.CharField(label=_("Where it is published"), max_length=300)
    source_year = forms.IntegerField(label=_("Year of the publication"), min_value=2000, max_value=2100)
    km_rate = forms.DecimalField(
        label=_("Euros a kilometre"), min_value=0, max_value=5, decimal_places=4, required=False
    )
    km_year = forms.IntegerField(
        label=_("Kilometres a year, at most"), min_value=1, max_value=100_000, required=False
    )
    flat_day = EuroField(label=_("Without proof, euros a day"), min_value=0, required=False)
    flat_year = EuroField(label=_("Without proof, euros a year"), min_value=0, required=False)
    flat_excludes_real = forms.BooleanField(
        label=_("Flat sums and proven costs exclude each other"), required=False
    )
    may_waive = forms.BooleanField(label=_("Costs may be given up for a tax reduction"), required=False)

    def values(self) -> dict[str, Any]:
        """Return the fields of ``actions.rates.set_rates``: whole numbers, nothing for an empty field."""
        said = dict(self.cleaned_data)
        rate = said["km_rate"]
        return said | {
            "km_rate": int(rate * 10_000) if rate else None,
            "flat_day": said["flat_day"] or None,
            "flat_year": said["flat_year"] or None,
        }


def first_of_next_year(today: date) -> date:
    """Return the day from which the next version will most likely hold."""
    return date(today.year + 1, 1, 1)
