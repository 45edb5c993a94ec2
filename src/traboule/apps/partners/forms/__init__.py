"""Turning what somebody typed about partners into clean values for the actions."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from traboule.apps.partners.enums import PartnerKind


class PartnerForm(forms.Form):
    """A place that sends people."""

    name = forms.CharField(label=_("Name of the place"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of place"), choices=PartnerKind.choices)
    place = forms.CharField(label=_("Town"), max_length=120, required=False)
    contact_name = forms.CharField(label=_("Whom to ask for"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    is_active = forms.BooleanField(label=_("We work together now"), required=False, initial=True)


class InviteReferrerForm(forms.Form):
    """An adviser who will send people."""

    name = forms.CharField(
        label=_("Name of the adviser"),
        max_length=120,
        help_text=_("People who are sent read this name in their first message."),
    )
    email = forms.EmailField(label=_("E-mail"))
    locale = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )
