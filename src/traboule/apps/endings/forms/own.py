"""What a mentor or a mentee fills in about an end, a later end, what comes next, and how they are."""

# said to: everybody

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.endings.own_enums import Brought, Load, Onward, OtherRole, SideReason
from traboule.apps.people.forms.persons import DateInput
from traboule.apps.support.enums import Mark
from traboule.kernel.calendar import months_after

LATEST_MONTHS = 24


class WordForm(forms.Form):
    """Why it ended: one reason or several, and own words if somebody wants to."""

    reasons = forms.MultipleChoiceField(
        label=_("Why did it end, as you see it?"),
        help_text=_("Choose one or several. Nobody is judged."),
        choices=SideReason.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one. “I would rather not say” is fine too.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class ChoiceForm(forms.Form):
    """What it brought, and what comes next."""

    onward = forms.ChoiceField(label=_("What comes next?"), choices=Onward.choices, widget=forms.RadioSelect)
    role = forms.ChoiceField(
        label=_("Which other role?"),
        choices=[("", "–"), *OtherRole.choices],
        required=False,
    )
    ask_again_on = forms.DateField(
        label=_("When may we ask you again?"),
        help_text=_("For a rest: a day in the next two years."),
        required=False,
        widget=DateInput(),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for item in Brought:
            self.fields[item.value] = forms.TypedChoiceField(
                label=item.label,
                required=False,
                coerce=int,
                empty_value=None,
                choices=Mark.choices,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        """A rest names a day; a day lies ahead and not years away."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        day = found.get("ask_again_on")
        if found.get("onward") == Onward.REST and not day and "ask_again_on" not in self.errors:
            self.add_error("ask_again_on", _("Name a day, so that we do not disturb you before."))
        if day and not self.today < day <= months_after(self.today, LATEST_MONTHS):
            self.add_error("ask_again_on", _("Choose a day in the next two years."))
        return found

    def marks(self) -> dict[str, int]:
        """Return what was answered of the three sentences."""
        return {item: value for item in Brought.values if (value := self.cleaned_data.get(item)) is not None}


class WellBeingForm(forms.Form):
    """How the mentor is; each question may be left out."""

    load = forms.ChoiceField(
        label=_("How heavy is it at the moment?"),
        choices=Load.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    hard_story = forms.BooleanField(label=_("I heard a story that stays with me"), required=False)
    wants_talk = forms.BooleanField(label=_("I would like to talk with somebody of the team"), required=False)
    words = forms.CharField(
        label=_("In your own words"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
