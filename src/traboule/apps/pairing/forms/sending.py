"""What a coordinator shares of somebody."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.pairing.queries.letters import MOST_SENTENCES


class SendForm(forms.Form):
    """What the reader is told of the other person: at most three sentences, each may be taken out."""

    codes = forms.MultipleChoiceField(
        label=_("What is told"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own_words = forms.CharField(
        label=_("A sentence of your own"),
        help_text=_("In the language of the reader. Nothing about health, papers or the past."),
        max_length=200,
        required=False,
    )
    agreed = forms.BooleanField(label=_("The person has told me that we may share this."), required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = list(choices)  # type: ignore[attr-defined]  # a choice field
        if agreed:
            del self.fields["agreed"]

    def clean(self) -> dict[str, Any]:
        """Three sentences are read, ten are not; nobody is told of without having agreed."""
        found: dict[str, Any] = super().clean() or {}
        if len(found.get("codes", ())) + bool(found.get("own_words")) > MOST_SENTENCES:
            self.add_error("codes", _("Three sentences at most: take one out."))
        if "agreed" in self.fields and not found.get("agreed"):
            self.add_error("agreed", _("Ask the person first. Nothing is told without a yes."))
        return found
