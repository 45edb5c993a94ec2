"""What a mentor says by the link of a message."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.training.enums import Pace, Useful


class FeedbackForm(forms.Form):
    """Three taps and one sentence."""

    useful = forms.TypedChoiceField(
        label=_("Was it useful?"), choices=Useful.choices, coerce=int, widget=forms.RadioSelect
    )
    pace = forms.ChoiceField(label=_("How was the pace?"), choices=Pace.choices, widget=forms.RadioSelect)
    recommends = forms.TypedChoiceField(
        label=_("Would you recommend it?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    sentence = forms.CharField(label=_("One sentence"), max_length=300, required=False)


class DatesForm(forms.Form):
    """The sittings that a mentor takes part in; the choices are what is open to them."""

    dates = forms.MultipleChoiceField(
        label=_("Which dates suit you?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dates = self.fields["dates"]
        assert isinstance(dates, forms.MultipleChoiceField)  # noqa: S101 -- declared above; for the type checker
        dates.choices = choices
