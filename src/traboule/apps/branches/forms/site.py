"""Texts and figures of the public pages, as staff type them."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.enums import LINES, SitePart

_NUMBER = re.compile(r"\+[1-9][0-9]{7,14}")


class SiteTextForm(forms.Form):
    """One part in one language: a line, or paragraphs."""

    def __init__(self, *args: Any, part: SitePart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = _line(part.label) if part in LINES else _paragraphs(part.label)


def _line(label: Any) -> forms.CharField:
    said = _("One short line. Empty: our own words are shown.")
    return forms.CharField(label=label, help_text=said, required=False, max_length=160)


def _paragraphs(label: Any) -> forms.CharField:
    said = _("Leave a blank line between paragraphs. Empty: our own words are shown.")
    box = forms.Textarea(attrs={"rows": 12})
    return forms.CharField(label=label, help_text=said, required=False, max_length=6_000, widget=box)


class SiteFigureForm(forms.Form):
    """A figure never stands alone: what it says, of how many people, from where, of which day."""

    value = forms.CharField(label=_("Figure"), max_length=20, help_text=_("For example 72 %, or 38"))
    label = forms.CharField(
        label=_("What it says"), max_length=140, help_text=_("For example: found work within a year")
    )
    counted = forms.IntegerField(
        label=_("How many people were counted"), min_value=1, max_value=10_000_000, localize=False
    )
    source = forms.CharField(
        label=_("Source"), max_length=160, help_text=_("For example: annual report 2025, page 12")
    )
    as_of = forms.DateField(
        label=_("As of"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_as_of(self) -> date:
        """A figure is of a day that is over."""
        day: date = self.cleaned_data["as_of"]
        if day > self.today:
            raise ValidationError(_("This day is still to come."))
        return day


class ContactForm(forms.Form):
    """How the team is reached; a number is kept as it is dialled from abroad."""

    phone = forms.CharField(
        label=_("Phone of the team"),
        max_length=30,
        required=False,
        help_text=_("With the code of the country, for example +33 4 65 71 00 12"),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.EmailField(label=_("E-mail of the team"), required=False, max_length=254)
    street = forms.CharField(label=_("Street and number"), max_length=200, required=False)

    def clean_phone(self) -> str:
        """Return the number with its plus and without spaces."""
        number = "".join(sign for sign in self.cleaned_data["phone"] if sign not in " .-()/\u00a0\u202f")
        number = f"+{number[2:]}" if number.startswith("00") else number
        if number and not _NUMBER.fullmatch(number):
            raise ValidationError(_("Write the number with the code of the country: +33 or +32."))
        return number
