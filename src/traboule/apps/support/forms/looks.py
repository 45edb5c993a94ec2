"""What somebody says who looked at a duo."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.forms.persons import DateInput
from traboule.apps.support.warning_enums import NotNeeded
from traboule.kernel.warning.silence import LONGEST_DAYS

USUAL_DAYS = 14


class LookForm(forms.Form):
    """Why nothing is needed now, and until when it rests."""

    reason = forms.ChoiceField(
        label=_("Not needed because"), choices=NotNeeded.choices, widget=forms.RadioSelect
    )
    until_on = forms.DateField(
        label=_("Rests until"),
        widget=DateInput(),
        help_text=_("Sixty days at most. A new fact ends the rest earlier."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_on"].initial = today + timedelta(days=USUAL_DAYS)
        self.today = today

    def clean_until_on(self) -> date:
        """A day ahead, sixty days at most."""
        day: date = self.cleaned_data["until_on"]
        if day <= self.today:
            raise forms.ValidationError(_("Choose a day ahead."))
        if day > self.today + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("That is more than sixty days. Choose an earlier day."))
        return day
