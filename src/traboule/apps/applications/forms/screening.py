"""What is typed about the screening of a mentor, and what a referee answers."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.screening_enums import Document, Known, Trust
from traboule.apps.people.enums import Channel
from traboule.apps.people.forms.persons import DateInput
from traboule.apps.people.queries._drafts import clean_phone


class IdentityForm(forms.Form):
    """Which document, on which day."""

    document = forms.ChoiceField(
        label=_("Which document did you see?"), choices=Document.choices, widget=forms.RadioSelect
    )
    seen_on = forms.DateField(label=_("On which day?"), widget=DateInput())


class ReferenceAskForm(forms.Form):
    """Who is asked, and how they are reached."""

    referee = forms.CharField(label=_("Name of the referee"), max_length=120)
    relation = forms.CharField(
        label=_("How do they know each other?"),
        max_length=120,
        required=False,
        help_text=_("For example: worked together for ten years."),
    )
    channel = forms.ChoiceField(
        label=_("How do we write?"),
        choices=[(Channel.EMAIL.value, Channel.EMAIL.label), (Channel.SMS.value, Channel.SMS.label)],
        initial=Channel.EMAIL,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Mobile phone"), max_length=30, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="fr")

    def __init__(self, *args: Any, country: str = "FR", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country

    def clean(self) -> dict[str, Any]:
        """The address that the chosen way needs."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        by_mail = found.get("channel") != Channel.SMS
        if by_mail and "email" not in self.errors and not found.get("email"):
            self.add_error("email", _("To which address do we write?"))
        if not by_mail:
            found["phone"] = clean_phone(found.get("phone", ""), self.country) or ""
            if not found["phone"]:
                self.add_error("phone", _("Which mobile number? For example 06 12 34 56 78."))
        found["address"] = found.get("email" if by_mail else "phone", "")
        return found


class ReferenceAnswerForm(forms.Form):
    """Three questions, three minutes."""

    known = forms.ChoiceField(
        label=_("For how long have you known them?"), choices=Known.choices, widget=forms.RadioSelect
    )
    trust = forms.ChoiceField(
        label=_("Would you let them work with young people alone?"),
        choices=Trust.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What should we know?"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    may_share = forms.BooleanField(
        label=_("They may read my words"),
        required=False,
        help_text=_("Without this, only the team reads them."),
    )


class CheckForm(forms.Form):
    """When the extract was made and seen. Nothing of what it says."""

    issued_on = forms.DateField(label=_("Date on the document"), widget=DateInput())
    seen_on = forms.DateField(label=_("Seen on"), widget=DateInput())
    is_clear = forms.BooleanField(
        label=_("Nothing stands in the way"),
        help_text=_("If something does, note nothing here. Talk to the director first."),
    )
