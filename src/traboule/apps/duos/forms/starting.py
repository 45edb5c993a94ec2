"""The first meeting and the agreement, turned into clean values for the actions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Venue
from traboule.apps.duos.enums import Party
from traboule.core.languages import EVERYBODY

HOURS = [(number, str(number)) for number in (1, 2, 3, 4)]


class BookForm(forms.Form):
    """Day, hour and place of the first meeting, by the clock of the branch."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    venue = forms.TypedChoiceField(
        label=_("Place of the branch"), coerce=int, required=False, empty_value=None
    )
    place = forms.CharField(
        label=_("Or another place"), max_length=300, required=False, help_text=_("Name and address.")
    )

    def __init__(self, *args: Any, venues: Sequence[Venue], timezone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {venue.pk: venue for venue in venues}
        self.timezone = timezone
        choices = [("", "–"), *((venue.pk, f"{venue.name}, {venue.full_address}") for venue in venues)]
        self.fields["venue"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """One of the two places is needed."""
        found: dict[str, Any] = super().clean() or {}
        if "venue" in found and not found.get("venue") and not (found.get("place") or "").strip():
            self.add_error("place", _("Choose a place, or write one."))
        return found

    @property
    def starts_at(self) -> datetime:
        """The instant of day and hour in the branch."""
        said = self.cleaned_data
        return datetime.combine(said["day"], said["hour"], tzinfo=ZoneInfo(self.timezone))


class DraftForm(forms.Form):
    """What this duo agrees on beside the words of the house, and who signs."""

    hours = forms.TypedChoiceField(label=_("Hours a week"), coerce=int, choices=HOURS)
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[("", _("They choose each week")), *WEEKDAYS.items()],
    )
    place = forms.CharField(label=_("Where they meet"), max_length=200, help_text=_("A name that both know."))
    own_words = forms.CharField(
        label=_("What you add, in French"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    own_words_read = forms.CharField(
        label=_("The same in the language of the mentee"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    parties = forms.MultipleChoiceField(
        label=_("Who signs"),
        choices=[(code, label) for code, label in Party.choices if code != Party.OTHER],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other = forms.CharField(
        label=_("Somebody else who signs"),
        max_length=80,
        required=False,
        help_text=_("In which capacity, for example: guardian. They sign on your screen."),
    )

    def clean(self) -> dict[str, Any]:
        """An agreement has two sides."""
        found: dict[str, Any] = super().clean() or {}
        if len(found.get("parties", ())) + bool(found.get("other")) < 2:
            self.add_error("parties", _("At least two people sign."))
        return found


class TemplateForm(forms.Form):
    """What the branch adds to each agreement, language by language."""

    hours = forms.TypedChoiceField(label=_("Hours a week"), coerce=int, choices=HOURS)

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in EVERYBODY:
            self.fields[f"words_{code}"] = forms.CharField(
                label=names[code],
                max_length=1_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "lang": code}),
            )

    def own_words(self) -> dict[str, str]:
        """Language → what was typed."""
        return {code: self.cleaned_data[f"words_{code}"] for code in EVERYBODY}
