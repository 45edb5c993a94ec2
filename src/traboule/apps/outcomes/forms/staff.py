"""What the team writes: an outcome, an answer without one, a paper, why it is not confirmed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.outcomes.enums import PaperKind, ToldBy
from traboule.apps.outcomes.forms.own import FORMATS, check_days
from traboule.apps.outcomes.own_enums import Answer, ContractKind, OutcomeKind, Why
from traboule.apps.people.forms.documents import CheckedFileField
from traboule.apps.people.forms.fields import OccupationsField
from traboule.apps.people.forms.persons import DateInput


def _day(label: Any, help_text: Any = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=DateInput(), input_formats=FORMATS
    )


class OutcomeForm(forms.Form):
    """One outcome. What is not known stays empty: it is unknown then, and no failure."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=OutcomeKind.choices)
    told_by = forms.ChoiceField(label=_("From whom do we know it?"), choices=ToldBy.choices)
    contract = forms.ChoiceField(
        label=_("Contract"), choices=[("", "–"), *ContractKind.choices], required=False
    )
    weekly_hours = forms.DecimalField(
        label=_("Hours a week"),
        min_value=Decimal("0.5"),
        max_value=80,
        max_digits=4,
        decimal_places=1,
        required=False,
    )
    starts_on = _day(_("First day"))
    ends_on = _day(
        _("Last day"),
        _("Empty: a contract without an end runs on; of any other the last day is not known yet."),
        required=False,
    )
    employer = forms.CharField(label=_("Employer or school"), max_length=120, required=False)
    occupation = OccupationsField(label=_("Occupation, a word or a ROME code"), required=False)
    apart_from_duo = forms.BooleanField(
        label=_("It began before the duo: note it without the duo"),
        help_text=_("It stands in the list and counts for no duo."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, correcting: bool = False, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.today = today
        if correcting:
            del self.fields["told_by"]

    def clean_occupation(self) -> str:
        """One occupation."""
        codes: list[str] = self.cleaned_data["occupation"]
        if len(codes) > 1:
            raise forms.ValidationError(_("Name one occupation; a second job is a second outcome."))
        return codes[0] if codes else ""

    def clean(self) -> dict[str, Any]:
        """Check the days."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        check_days(self, found, self.today)
        return found

    def fields_of(self) -> dict[str, Any]:
        """Return what the action takes."""
        names = ("kind", "contract", "weekly_hours", "starts_on", "ends_on", "employer", "occupation")
        return {name: self.cleaned_data.get(name) for name in names}


class AnswerForm(forms.Form):
    """What was answered, or that nobody was reached."""

    answer = forms.ChoiceField(
        label=_("What was the answer?"), choices=Answer.choices, widget=forms.RadioSelect
    )
    asked_on = _day(_("Asked on"))
    whys = forms.MultipleChoiceField(
        label=_("What makes it hard?"),
        help_text=_("With “nothing yet” only. As the person says it; nobody is to blame."),
        choices=Why.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.today = today
        self.fields["asked_on"].initial = today

    def clean(self) -> dict[str, Any]:
        """A day that has come; reasons go with “nothing yet”."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        day = found.get("asked_on")
        if day and day > self.today:
            self.add_error("asked_on", _("This day is still to come."))
        if found.get("whys") and found.get("answer") not in (None, Answer.NOTHING_YET):
            self.add_error("whys", _("Reasons go with “nothing yet” only. Please untick them."))
        return found


class PaperForm(forms.Form):
    """A paper and what it is."""

    paper = forms.ChoiceField(label=_("What it is"), choices=PaperKind.choices)
    file = CheckedFileField(
        label=_("File"), help_text=_("PDF, DOCX, ODT, JPG or PNG, up to 10 MB. No identity papers.")
    )


class DoubtForm(forms.Form):
    """Why it is not confirmed; the team reads it."""

    reason = forms.CharField(
        label=_("What is missing, or does not fit?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
