"""Two short pages for the adviser: who it is and how to reach them; then languages, work and consent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.forms import MenteeForm


def _ask_only(form: forms.Form, names: tuple[str, ...]) -> None:
    for name in set(form.fields) - set(names):
        del form.fields[name]
    form.order_fields(names)


def _name(form: forms.Form, field: str, label: Any) -> None:
    form.fields[field].label = label


class ReferralWhoForm(MenteeForm):
    """First page. ``country`` is that of the branch: numbers are read as people write them there."""

    asked = (
        *("first_name", "last_name", "birth_date", "phone", "email"),
        *("channel", "contact_language", "postcode"),
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home_country = country
        _ask_only(self, self.asked)
        _name(self, "channel", _("How shall we reach this person?"))
        _name(self, "contact_language", _("In which language do we write?"))

    def clean(self) -> dict[str, Any]:
        """Check phone, place and age as everywhere."""
        self.cleaned_data["country"] = self.home_country
        found = super().clean()
        found.pop("waiting_since", None)
        return found


class ReferralRestForm(MenteeForm):
    """Second page: what helps to find a mentor, and what the person agrees to."""

    asked = ("languages", "occupations", "slots", "consent", "consent_news")

    consent_news = forms.BooleanField(label=_("“My adviser may hear what became of me.”"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_only(self, self.asked)
        _name(self, "occupations", _("Which work?"))
        _name(self, "slots", _("When is there time?"))
        _name(self, "consent", _("“The team may keep what I say here, to find a mentor for me.”"))

    def clean(self) -> dict[str, Any]:
        """Nothing here depends on another answer."""
        return self.cleaned_data
