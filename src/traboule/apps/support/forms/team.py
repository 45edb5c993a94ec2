"""What the team fills in: a check-in on the phone, an answer, a concern file, the rhythm."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Readers
from traboule.apps.people.forms.persons import DateInput
from traboule.apps.support.actions.settings import MOST_MONTHS
from traboule.apps.support.enums import Result
from traboule.apps.support.forms.own import QuestionsForm
from traboule.apps.support.questions import QUESTION_LENGTH, QUESTIONS_A_TALK


class HeldForm(QuestionsForm):
    """Who reads it is chosen first."""

    field_order = ("readers",)
    readers = forms.ChoiceField(
        label=_("Who reads it"), choices=Readers.choices, initial=Readers.STAFF, widget=forms.RadioSelect
    )


class AnswerForm(forms.Form):
    """What was said on the phone."""

    answer = forms.CharField(
        label=_("What you answered"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 5})
    )


class EntryForm(forms.Form):
    """What was done, and what comes next by when."""

    text = forms.CharField(
        label=_("What was done"), max_length=6_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_on = forms.DateField(label=_("By when"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """A step needs a date and a date a step; it lies ahead."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if {"next_step", "next_on"} & set(self.errors):
            return found
        step, day = found.get("next_step"), found.get("next_on")
        if step and not day:
            self.add_error("next_on", _("By when? A next step needs a date."))
        elif day and not step:
            self.add_error("next_step", _("What is the next step?"))
        elif day and day < self.today:
            self.add_error("next_on", _("This day is past."))
        return found


class CloseConcernForm(forms.Form):
    """How it ended, as a code and in words."""

    result = forms.ChoiceField(label=_("Result"), choices=Result.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("How it ended"), max_length=6_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SettingForm(forms.Form):
    """Months of the check-ins, rhythm of the short scale, the lead for concerns."""

    months = forms.CharField(
        label=_("Check-ins after these months"),
        max_length=60,
        help_text=_("Numbers, separated by commas: 1, 3, 6. For duos that begin from now on."),
    )
    pulse_first = forms.IntegerField(
        label=_("First question on the relation, after how many days"), min_value=7, max_value=180
    )
    pulse_every = forms.IntegerField(label=_("Then every so many days"), min_value=14, max_value=365)
    concern_lead = forms.TypedChoiceField(
        label=_("Lead for concerns"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Reads the concern files of this branch, beside the direction."),
    )

    def __init__(self, *args: Any, team: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {login.pk: login for login in team}
        named = [("", _("Nobody yet")), *((login.pk, str(login)) for login in team)]
        self.fields["concern_lead"].choices = named  # type: ignore[attr-defined]  # a choice field

    def clean_months(self) -> list[int]:
        """Return the months as numbers, each once."""
        try:
            months = sorted({int(part) for part in self.cleaned_data["months"].replace(";", ",").split(",")})
        except ValueError:
            raise forms.ValidationError(_("Write numbers, separated by commas.")) from None
        if not months or months[0] < 1 or months[-1] > MOST_MONTHS:
            raise forms.ValidationError(_("Months go from 1 to 24."))
        return months


class QuestionSetForm(forms.Form):
    """Three questions in one language; three empty ones give the shipped ones back."""

    def __init__(self, *args: Any, shipped: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(QUESTIONS_A_TALK):
            self.fields[f"question_{number}"] = forms.CharField(
                label=_("Question %(number)s") % {"number": number + 1},
                required=False,
                max_length=QUESTION_LENGTH,
                help_text=shipped[number],
            )

    def clean(self) -> dict[str, Any]:
        """All three, or none."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        texts = self.texts()
        if any(texts) and not all(texts) and not self.errors:
            empty = next(number for number, text in enumerate(texts) if not text)
            self.add_error(f"question_{empty}", _("Write all three, or leave all three empty."))
        return found

    def texts(self) -> list[str]:
        """Return the three questions."""
        return [self.cleaned_data.get(f"question_{n}", "") for n in range(QUESTIONS_A_TALK)]
