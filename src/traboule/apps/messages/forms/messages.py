"""Filters of the list, own words for a kind, and until when somebody can wait."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.actions import check_wording
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.people.enums import Channel

WEEKS = (2, 4, 8, 12)


class MessageFilterForm(forms.Form):
    """Nothing is required; ``filters()`` gives the keywords of ``queries.message_list``."""

    text = forms.CharField(label=_("Person"), max_length=80, required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *DeliveryState.choices], required=False
    )
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[("", _("All")), *Channel.choices], required=False
    )

    def filters(self) -> dict[str, Any]:
        """Return the filters that are valid; a wrong one is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class WordingForm(forms.Form):
    """The words of a branch for one kind of message in one language."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 12}), max_length=6000)
    sms = forms.CharField(
        label=_("Text message"),
        help_text=_("Short: first name, date, link. Others may read it on the phone."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=480,
        required=False,
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        """Check the places, each error beside its field."""
        said = super().clean() or {}
        texts = {name: said.get(name, "") for name in ("subject", "body", "sms")}
        for name, error in check_wording(kind=self.kind, **texts).items():
            if name not in self.errors:
                self.add_error(name, error)
        return said


class HowLongForm(forms.Form):
    """Until when a mentee can wait: one press, or a date of their own."""

    weeks = forms.ChoiceField(label=_("I can wait"), widget=forms.RadioSelect, required=False)
    until = forms.DateField(
        label=_("Or until this day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["weeks"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (str(weeks), gettext("%(weeks)s weeks more") % {"weeks": weeks}) for weeks in WEEKS
            ]

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and for a day to come."""
        said = super().clean() or {}
        if self.errors:
            return said
        until = said.get("until")
        if until is None and said.get("weeks"):
            until = self.today + timedelta(weeks=int(said["weeks"]))
        if until is None:
            raise ValidationError(gettext("Choose one of the answers, or write a day."))
        if not self.today <= until <= self.today + timedelta(days=730):
            self.add_error("until", gettext("Write a day to come, within two years."))
        return {**said, "day": until}
