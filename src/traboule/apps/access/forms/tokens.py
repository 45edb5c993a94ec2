"""A new token as the team asks for it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from traboule.apps.access.enums import Purpose
from traboule.apps.access.rules import LONGEST_DAYS


class TokenForm(forms.Form):
    """Who reads, what for, and until when: a year at most."""

    receiver = forms.CharField(
        label=_("Who reads"),
        max_length=120,
        help_text=_("The organisation and its program. For example: City of Lyon, dashboard of integration"),
    )
    purpose = forms.ChoiceField(label=_("What for"), choices=Purpose.choices, widget=forms.RadioSelect)
    last_day = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.latest = today, today + timedelta(days=LONGEST_DAYS)
        self.fields["last_day"].initial = self.latest
        self.fields["last_day"].help_text = _(
            "At the latest %(day)s. Until then you may stop it at any time."
        ) % {"day": date_format(self.latest)}
        self.fields["last_day"].widget.attrs |= {"min": today.isoformat(), "max": self.latest.isoformat()}

    def clean_last_day(self) -> date:
        """From today on, and within a year."""
        day: date = self.cleaned_data["last_day"]
        if day < self.today:
            raise ValidationError(_("This day has passed. Choose today or a later day."), code="past")
        if day > self.latest:
            latest = {"day": date_format(self.latest)}
            raise ValidationError(_("That is too long. Choose %(day)s or an earlier day."), "late", latest)
        return day
