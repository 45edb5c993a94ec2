"""Two short pages for the adviser: who it is and how to reach them; then languages, work and consent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.forms import MenteeForm


class ReferralWhoForm(MenteeForm):
    """First page. ``country`` is that of the branch: numbers are read as people write them there."""

    asked = (
        *("first_name", "last_name", "birth_date", "phone", "email"),
        *("channel", "contact_language", "postcode"),
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        for name in set(self.fields) - set(self.asked):
            del self.fields[name]
        self.fields["channel"].label = _("How shall we reach this person?")
        self.fields["contact_language"].label = _("In which language do we write?")

    def clean(self) -> dict[str, Any]:
        """Check phone, place and age as everywhere."""
        self.cleaned_data["country"] = self.country
        found = super().clean()
        found.pop("waiting_since", None)
        return found


class ReferralRestForm(MenteeForm):
    """Second page: what helps to find a mentor, and what the person agrees to."""

    asked = ("languages", "occupations", "slots", "consent", "consent_news")

    consent_news = forms.BooleanField(label=_("“My adviser may hear what became of me.”"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(self.asked):
            del self.fields[name]
        self.fields["occupations"].label = _("Which work?")
        self.fields["slots"].label = _("When is there time?")
        self.fields["consent"].label = _("“The team may keep what I say here, to find a mentor for me.”")
        self.order_fields(self.asked)

    def clean(self) -> dict[str, Any]:
        """Nothing here depends on another answer."""
        return self.cleaned_data
