"""What the team fills in to change, end and close a duo."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.enums import CloseReason
from traboule.apps.endings.enums import EARLY_REASONS, ExtensionReason, Present
from traboule.apps.people.forms.persons import DateInput
from traboule.kernel.endings import LONGEST_EXTENSION

REASONS = [(reason.value, reason.label) for reason in EARLY_REASONS]


class EndForm(forms.Form):
    """The last day, and the papers; the other fields depend on how the duo ends."""

    closed_on = forms.DateField(label=_("Last day of the duo"), widget=DateInput())
    certify = forms.BooleanField(
        label=_("Send both a certificate"),
        help_text=_("With the hours and meetings that were held. Without a meeting nothing is sent."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, started_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.started_on, self.today = started_on, today

    def clean_closed_on(self) -> date:
        """A day of the duo that is not ahead."""
        day: date = self.cleaned_data["closed_on"]
        if day < self.started_on:
            raise forms.ValidationError(_("The duo began after this day."))
        if day > self.today:
            raise forms.ValidationError(_("This day lies ahead. End the duo when it has come."))
        return day


class EarlyForm(EndForm):
    """A reason of the team, and whether the mentee looks for another mentor."""

    field_order = ("reason", "closed_on", "wait_again", "certify")
    reason = forms.ChoiceField(
        label=_("Why does it end, as the team sees it?"), choices=REASONS, widget=forms.RadioSelect
    )
    wait_again = forms.BooleanField(
        label=_("The mentee waits for another mentor"),
        help_text=_("Otherwise the mentee leaves the programme."),
        required=False,
    )


class ChangeForm(EndForm):
    """What goes along to the next duo."""

    field_order = ("closed_on", "apart", "learned", "certify")
    apart = forms.BooleanField(
        label=_("Do not propose these two to each other again"), required=False, initial=True
    )
    learned = forms.CharField(
        label=_("What to look for next time"),
        help_text=_("A note of the team on the mentee. Name nobody else."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


FORMS: dict[str, type[EndForm]] = {"done": EndForm, "early": EarlyForm, "change": ChangeForm}
FIXED = {"done": CloseReason.COMPLETED, "change": CloseReason.CHANGE_OF_MENTOR}


class ExtendForm(forms.Form):
    """Until when, and why."""

    new_end = forms.DateField(label=_("New last day"), widget=DateInput())
    reason = forms.ChoiceField(
        label=_("Why do they go on?"), choices=ExtensionReason.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, ends_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ends_on = ends_on

    def clean_new_end(self) -> date:
        """Later than now, and at most another six months."""
        day: date = self.cleaned_data["new_end"]
        if not self.ends_on + timedelta(days=1) <= day <= self.ends_on + LONGEST_EXTENSION:
            raise forms.ValidationError(_("Choose a later day, at most six months after the planned end."))
        return day


class TalkForm(forms.Form):
    """The closing talk, written down."""

    held_on = forms.DateField(label=_("Held on"), widget=DateInput())
    present = forms.ChoiceField(label=_("Who was there?"), choices=Present.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What was said"),
        help_text=_("Only the team reads it."),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
