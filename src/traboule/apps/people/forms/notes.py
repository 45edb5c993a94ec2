"""A note with its next step; a pause with its end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import NoteKind, Readers
from traboule.apps.people.forms.persons import DateInput


class NoteForm(forms.Form):
    """Who reads it is chosen first."""

    readers = forms.ChoiceField(label=_("Who reads it"), choices=Readers.choices, initial=Readers.STAFF)
    kind = forms.ChoiceField(label=_("Kind"), choices=NoteKind.choices, initial=NoteKind.CALL)
    text = forms.CharField(
        label=_("What was said"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_step_on = forms.DateField(label=_("By when"), widget=DateInput(), required=False)

    def clean(self) -> dict[str, Any]:
        """A step needs a date and a date a step."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if {"next_step", "next_step_on"} & set(self.errors):
            return found
        if found.get("next_step") and not found.get("next_step_on"):
            self.add_error("next_step_on", _("By when? A next step needs a date."))
        if found.get("next_step_on") and not found.get("next_step"):
            self.add_error("next_step", _("What is the next step?"))
        return found


class PauseForm(forms.Form):
    """Until when; empty: until further notice."""

    until = forms.DateField(label=_("Until"), widget=DateInput(), required=False)
