"""What the two say by the link of a proposal."""

# said to: everybody

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.pairing.enums import DeclineReason


class NoForm(forms.Form):
    """A no; why is asked and may be skipped."""

    reason = forms.ChoiceField(
        label=_("Why? You may leave this empty."),
        choices=[(code, label) for code, label in DeclineReason.choices if code != DeclineReason.NOT_SAID],
        widget=forms.RadioSelect,
        required=False,
    )


class RatherNotForm(forms.Form):
    """Whom somebody would rather not meet."""

    text = forms.CharField(
        label=_("Whom would you rather not meet?"),
        help_text=_("First and last name, if you know them. Only the team reads this."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("Write a name, or go back.")},
    )
