"""What a mentee, or the mentor, fills in: a few fields, all but the day may stay empty."""

# said to: everybody

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traboule.apps.outcomes.own_enums import ContractKind, OutcomeKind, Why
from traboule.apps.people.forms.documents import CheckedFileField
from traboule.apps.people.forms.persons import DateInput

PICTURE = forms.FileInput(attrs={"accept": "image/jpeg,image/png,.pdf"})
FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y"]
FAR_AHEAD = timedelta(days=366)
WHERE = {
    OutcomeKind.JOB: _("Where do you work?"),
    OutcomeKind.OWN_BUSINESS: _("What is it called?"),
}
# On what terms a person says that they work; the team knows more words.
SIMPLE = (ContractKind.PERMANENT, ContractKind.FIXED, ContractKind.TEMP, ContractKind.APPRENTICE)


class FoundForm(forms.Form):
    """What somebody found. For a job also on what terms; the photo of a paper is a help and no duty."""

    contract = forms.ChoiceField(label=_("On what terms?"), widget=forms.RadioSelect)
    starts_on = forms.DateField(
        label=_("First day"),
        help_text=_("About is fine."),
        widget=DateInput(),
        input_formats=FORMATS,
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it empty if there is none, or if you do not know it yet."),
        widget=DateInput(),
        input_formats=FORMATS,
        required=False,
    )
    employer = forms.CharField(label=_("Where is it?"), max_length=120, required=False)
    file = CheckedFileField(
        label=_("Photo of the contract or another paper"),
        help_text=_("Only if you like. PDF, JPG or PNG, up to 10 MB."),
        widget=PICTURE,
        required=False,
    )

    def __init__(
        self, *args: Any, kind: OutcomeKind, today: date, by_mentor: bool = False, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.kind, self.today = kind, today
        self.fields["starts_on"].initial = today
        contract = self.fields["contract"]
        assert isinstance(contract, forms.ChoiceField)  # noqa: S101 -- declared above; for the type checker
        unknown = (str(ContractKind.UNKNOWN), pgettext_lazy("terms of work", "I do not know"))
        contract.choices = [*((str(one), one.label) for one in SIMPLE), unknown]
        if kind != OutcomeKind.JOB:
            del self.fields["contract"]
        if kind in WHERE and not by_mentor:
            self.fields["employer"].label = WHERE[kind]
        if by_mentor:  # a paper of somebody else
            self.fields["file"].help_text = _("Only if your mentee agrees. PDF, JPG or PNG, up to 10 MB.")

    def clean(self) -> dict[str, Any]:
        """It ends after it starts, and starts within a year."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        check_days(self, found, self.today)
        return found

    def fields_of(self) -> dict[str, Any]:
        """Return what the action takes."""
        said = {
            name: self.cleaned_data.get(name) for name in ("contract", "starts_on", "ends_on", "employer")
        }
        return {"kind": self.kind, **said}


class NothingForm(forms.Form):
    """What makes it hard: several, one or none; nobody is asked for more."""

    whys = forms.MultipleChoiceField(
        label=_("What makes it hard?"),
        help_text=_("You may leave this out. It helps us to see what to change."),
        choices=Why.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class PaperForm(forms.Form):
    """One more paper of what was told."""

    file = CheckedFileField(
        label=_("Photo of the contract or another paper"),
        help_text=_("PDF, JPG or PNG, up to 10 MB."),
        widget=PICTURE,
    )


def check_days(form: forms.Form, found: dict[str, Any], today: date) -> None:
    """Put on the form what is wrong with the days, beside the field that is to be changed."""
    starts_on, ends_on = found.get("starts_on"), found.get("ends_on")
    if starts_on and starts_on > today + FAR_AHEAD:
        form.add_error("starts_on", _("This is more than a year ahead. Please look at the year."))
    if starts_on and ends_on and ends_on < starts_on:
        form.add_error("ends_on", _("The last day is before the first day. Please change one of them."))
