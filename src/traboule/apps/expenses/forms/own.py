"""What a volunteer sends: one ticket or one trip, and the account."""

# said to: everybody

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.expenses.enums import ExpenseKind
from traboule.apps.people.forms.documents import CheckedFileField
from traboule.apps.people.forms.persons import DateInput
from traboule.kernel.expenses import Rates, is_iban

_PICTURE = forms.FileInput(attrs={"accept": "image/jpeg,image/png,.pdf"})


class EuroField(forms.DecimalField):
    """Euros as people write them, with a comma or a point; the form holds cents."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=8, decimal_places=2, **kwargs)
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        """Read ``12,40`` and ``12.40 €`` alike."""
        if isinstance(value, str):
            value = value.replace("€", "").replace("\u202f", "").replace("\xa0", "").replace(" ", "")
            value = value.replace(",", ".")
        return super().to_python(value)

    def clean(self, value: Any) -> Any:
        """Return cents, or None for nothing."""
        euros = super().clean(value)
        return None if euros is None else int(euros * 100)


class ClaimForm(forms.Form):
    """One expense. By kilometres there is no picture and no amount; where a flat sum is allowed, no duty."""

    kind = forms.ChoiceField(label=_("What was it?"), widget=forms.RadioSelect)
    file = CheckedFileField(label=_("Photo of the ticket or bill"), widget=_PICTURE)
    amount = EuroField(label=_("Amount in euros"), min_value=Decimal("0.01"), max_value=10_000)
    km = forms.IntegerField(label=_("Kilometres, there and back"), min_value=1, max_value=5_000)
    spent_on = forms.DateField(label=_("Day"), widget=DateInput())
    about = forms.CharField(label=_("What for?"), max_length=120, required=False)
    waives = forms.BooleanField(
        label=_("I give this money to the association"),
        help_text=_("It is not paid back. It stands in your statement for the tax office."),
        required=False,
    )

    def __init__(
        self, *args: Any, by_km: bool, rates: Rates, today: date, kept: bool = False, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.by_km = by_km
        kind, day = self.fields["kind"], self.fields["spent_on"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 -- declared above; for the type checker
        kind.choices = [choice for choice in ExpenseKind.choices if choice[0] != ExpenseKind.KILOMETRES]
        day.initial = today
        for name in ("kind", "file", "amount") if by_km else ("km",):
            del self.fields[name]
        if not rates.may_waive:
            del self.fields["waives"]
        if "file" in self.fields and (kept or rates.flat_day is not None):
            self.fields["file"].required = False
            self.fields["file"].help_text = (
                _("The one you sent stays if you choose none.")
                if kept
                else _("Without one, a flat sum counts.")
            )

    def chosen_kind(self) -> ExpenseKind:
        """Return the kind of the expense."""
        return ExpenseKind.KILOMETRES if self.by_km else ExpenseKind(self.cleaned_data["kind"])


class BankForm(forms.Form):
    """Where the money goes."""

    holder = forms.CharField(label=_("Name of the account"), max_length=70)
    iban = forms.CharField(
        label="IBAN",
        max_length=42,
        help_text=_("On your bank card statement or in your bank’s application."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_iban(self) -> str:
        """Check the two digits that banks check."""
        said: str = self.cleaned_data["iban"]
        if not is_iban(said):
            raise forms.ValidationError(
                _("This IBAN is not complete or has a wrong digit. Please look again.")
            )
        return said
