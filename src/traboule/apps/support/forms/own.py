"""What a mentor or a mentee fills in: a check-in, the short scale, an absence, a question, a worry."""

# said to: everybody

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Part
from traboule.apps.people.forms.persons import DateInput
from traboule.apps.support.enums import AdviceTopic, Item, Mark
from traboule.apps.support.questions import ANSWER_LENGTH

LONGEST_DAYS = 366
CALL_WITHIN_DAYS = 14


class QuestionsForm(forms.Form):
    """Three questions; one answer is enough."""

    def __init__(self, *args: Any, questions: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for number, text in enumerate(self.questions):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=text,
                required=False,
                max_length=ANSWER_LENGTH,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self) -> dict[str, Any]:
        """Something must be said; which question does not matter."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(text for _question, text in self.said()):
            self.add_error("answer_0", _("Write at least one answer. A few words are enough."))
        return found

    def said(self) -> list[tuple[str, str]]:
        """Return each question with its answer."""
        said = self.cleaned_data
        return [(text, said.get(f"answer_{n}", "")) for n, text in enumerate(self.questions)]


class PulseForm(forms.Form):
    """Four sentences, five faces each with a word; each may be left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in Item:
            self.fields[item.value] = forms.TypedChoiceField(
                label=item.label,
                required=False,
                coerce=int,
                empty_value=None,
                choices=Mark.choices,
                widget=forms.RadioSelect,
            )

    def marks(self) -> dict[str, int]:
        """Return what was chosen."""
        return {item: value for item in Item.values if (value := self.cleaned_data.get(item)) is not None}


class AwayForm(forms.Form):
    """From when to when, both days included; no reason."""

    from_on = forms.DateField(label=_("First day away"), widget=DateInput())
    until_on = forms.DateField(label=_("Last day away"), widget=DateInput())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, not past, and not years away."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("from_on"), found.get("until_on")
        if first and last:
            if last < first:
                self.add_error("until_on", _("The last day is before the first one."))
            elif last < self.today:
                self.add_error("until_on", _("This day is over already."))
            elif (last - first).days > LONGEST_DAYS:
                self.add_error("until_on", _("That is more than a year. Please talk to the team."))
        return found


class AdviceForm(forms.Form):
    """About what, and when a call suits."""

    topic = forms.ChoiceField(
        label=_("What is it about?"), choices=AdviceTopic.choices, widget=forms.RadioSelect
    )
    question = forms.CharField(
        label=_("Your question, in a few words"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wanted_on = forms.DateField(label=_("On which day may we call?"), widget=DateInput())
    part = forms.TypedChoiceField(
        label=_("When does it suit you?"), choices=Part.choices, coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_wanted_on(self) -> date:
        """A day in the next two weeks."""
        day: date = self.cleaned_data["wanted_on"]
        if not self.today <= day <= self.today + timedelta(days=CALL_WITHIN_DAYS):
            raise forms.ValidationError(_("Choose a day in the next two weeks."))
        return day


class WorryForm(forms.Form):
    """What somebody is worried about, in their own words."""

    text = forms.CharField(
        label=_("What worries you?"),
        help_text=_("Only one or two people of the team read this. The other person is not told."),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
