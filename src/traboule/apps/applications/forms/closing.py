"""Closing a branch: from which day, and who is there for people."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.forms.persons import DateInput
from traboule.apps.people.models import Login


class ClosingForm(forms.Form):
    """A day to come, and a named human."""

    closes_on = forms.DateField(label=_("Closes on"), widget=DateInput())
    contact = forms.TypedChoiceField(
        label=_("Whom people can ask"),
        coerce=int,
        help_text=_("Their name stands in the message. Open steps without an owner go to them."),
    )

    def __init__(self, *args: Any, team: list[Login], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.by_id = {login.pk: login for login in team}
        self.fields["contact"].choices = [(login.pk, str(login)) for login in team]  # type: ignore[attr-defined]  # a choice field

    def clean_closes_on(self) -> date:
        """Return the day. Raises ValidationError for one that is over."""
        day: date = self.cleaned_data["closes_on"]
        if day < self.today:
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day
