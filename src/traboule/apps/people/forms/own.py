"""What people choose about themselves."""

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Channel
from traboule.core.languages import EVERYBODY


def _languages() -> list[tuple[str, Any]]:
    return [(code, get_language_info(code)["name_local"].capitalize()) for code in EVERYBODY]


class HearForm(forms.Form):
    """In which language and in which way somebody hears from us. Each language bears its own name."""

    language = forms.ChoiceField(
        label=_("In which language do we write to you?"), choices=_languages, widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(
        label=_("How do we reach you?"), choices=Channel.choices, widget=forms.RadioSelect
    )


class NotToMeetForm(forms.Form):
    """Whom somebody would rather not meet, in their own words."""

    words = forms.CharField(
        label=_("Who is it?"),
        max_length=300,
        help_text=_("First name and last name, if you know them. Or in your own words."),
        error_messages={"required": _("Write a name, or a few words.")},
    )
