"""Requests about data, their answers, holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.forms.persons import DateInput
from traboule.apps.privacy.enums import Answer, AskedBy, IdentityCheck, RequestKind
from traboule.core.fields import BASIS_LABELS, CATEGORY_LABELS

_STAFF_CHANNELS = [choice for choice in AskedBy.choices if choice[0] != AskedBy.DOOR]


def _words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AskForm(forms.Form):
    """What a person asked, written down by the team."""

    kind = forms.ChoiceField(label=_("What they ask"), choices=RequestKind.choices)
    asked_by = forms.ChoiceField(label=_("How it came"), choices=_STAFF_CHANNELS)
    said = forms.CharField(label=_("In their words"), max_length=2_000, required=False, widget=_words())


class OwnAskForm(forms.Form):
    """What a person asks on their own page."""

    kind = forms.ChoiceField(
        label=_("What would you like?"),
        widget=forms.RadioSelect,
        choices=[
            (RequestKind.ACCESS, _("See what is written about me")),
            (RequestKind.CORRECT, _("Have something corrected")),
            (RequestKind.WITHDRAW, _("Take my consent back")),
            (RequestKind.ERASE, _("Have everything about me erased")),
        ],
    )
    said = forms.CharField(
        label=_("Do you want to add something?"), max_length=2_000, required=False, widget=_words()
    )


class IdentityForm(forms.Form):
    """How we know who asks."""

    check = forms.ChoiceField(label=_("How do we know who asks?"), choices=IdentityCheck.choices)


class AnswerForm(forms.Form):
    """How a request ends; a refusal says why."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices)
    text = forms.CharField(label=_("What we answered"), max_length=2_000, required=False, widget=_words())

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a refusal."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("answer") == Answer.REFUSED and not str(found.get("text", "")).strip():
            self.add_error("text", _("Say why: the person may ask somebody else to look at it."))
        return found


class EraseForm(forms.Form):
    """The name, typed again: nobody erases by a slip."""

    name = forms.CharField(label=_("Type the name to be sure"), max_length=200)

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_name(self) -> str:
        """Compare without case and double spaces."""
        typed = " ".join(str(self.cleaned_data["name"]).split()).casefold()
        if typed != " ".join(self.expected.split()).casefold():
            raise forms.ValidationError(_("This is not the name on the page. Nothing was erased."))
        return typed


class HoldForm(forms.Form):
    """Why the data must stay, and until when."""

    reason = forms.CharField(label=_("Why the data must stay"), max_length=200)
    until = forms.DateField(label=_("Until"), widget=DateInput())


class ProcessingFilterForm(forms.Form):
    """Which lines of the record of processing are shown."""

    category = forms.ChoiceField(label=_("Kind of data"), required=False)
    basis = forms.ChoiceField(label=_("Legal basis"), required=False)
    text = forms.CharField(label=_("Word"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("all"))]
        choices: dict[str, Any] = {"category": CATEGORY_LABELS, "basis": BASIS_LABELS}
        for name, labels in choices.items():
            offered = [*every, *((code.value, label) for code, label in labels.items())]
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a choice field
