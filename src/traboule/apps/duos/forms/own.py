"""A signature."""

# said to: everybody

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.validators import SHORTEST_NAME


class SignForm(forms.Form):
    """A typed name and a ticked sentence; a drawn signature goes with it where somebody likes to draw."""

    name = forms.CharField(
        label=_("Your first and last name"),
        max_length=160,
        min_length=SHORTEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Write your name: it is your signature."),
            "min_length": _("Write your name: it is your signature."),
        },
    )
    agrees = forms.BooleanField(
        label=_("I have read this agreement, and I want to keep it."),
        error_messages={"required": _("Tick this sentence if you agree. If not, do not sign.")},
    )
    drawing = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
