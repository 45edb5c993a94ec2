"""Who it is and how to reach them: the first two groups of questions, and what all groups share."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums import Source
from traboule.apps.people.enums import Channel, Side
from traboule.apps.people.forms.persons import CONTACT_LANGUAGES
from traboule.apps.people.queries import clean_phone, is_landline
from traboule.reference import languages

DATE_FORMATS = ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%Y-%m-%d"]


def _contact_languages() -> list[tuple[str, str]]:
    return [(code, languages.own_name(code)) for code in CONTACT_LANGUAGES]


class GroupForm(forms.Form):
    """Questions that belong together; ``fields_for_person`` is what they say in the words of the actions."""

    key: ClassVar[str]
    title: ClassVar[Promise]
    hint: ClassVar[Promise | str] = ""

    def __init__(
        self,
        data: Mapping[str, Sequence[str]] | None = None,
        *,
        side: str,
        today: date,
        source: str = Source.SELF,
        country: str = "FR",
        **kwargs: Any,
    ) -> None:
        self.side, self.today, self.source = side, today, source
        # The country of the branch: a number or a postcode without one is read as of there.
        self.home_country = country
        self.warnings: list[Any] = []
        typed = {name: list(values) for name, values in (data or {}).items()}
        super().__init__(None if data is None else MultiValueDict(typed), **kwargs)

    def fields_for_person(self) -> dict[str, Any]:
        """Return the cleaned values as ``fields`` of ``people.actions.add_person``."""
        return dict(self.cleaned_data)


class WhoForm(GroupForm):
    """Who is it?"""

    key, title = "who", _("Who are you?")

    first_name = forms.CharField(
        label=_("First name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    birth_date = forms.DateField(
        label=_("Birth date"),
        input_formats=DATE_FORMATS,
        help_text=_("Day, month, year. For example 20/03/1999"),
        error_messages={"invalid": _("This day does not exist. Write it like this: 20/03/1999.")},
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"autocomplete": "bday", "inputmode": "text", "class": "short"}
        ),
    )

    def clean_birth_date(self) -> date:
        """Refuse what cannot be; an unusual age is only said, a person decides."""
        born: date = self.cleaned_data["birth_date"]
        if born > self.today or born.year < 1900:
            raise ValidationError(_("This birth date is not possible."), code="impossible")
        age = self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))
        if self.side == Side.MENTEE and not 18 <= age <= 33:
            self.warnings.append(
                _("The programme is for people from 18 to 33. You can still write: the team answers you.")
            )
        if self.side == Side.MENTOR and age < 50:
            self.warnings.append(
                _("Mentors are usually 50 or more. You can still write: the team answers you.")
            )
        return born


class ReachForm(GroupForm):
    """How to reach them."""

    key, title = "reach", _("How do we reach you?")
    hint = _("A phone number or an e-mail address is enough.")

    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        help_text=_("From another country, begin with + and its number."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    channel = forms.ChoiceField(label=_("What do you like best?"), widget=forms.RadioSelect)
    contact_language = forms.ChoiceField(
        label=_("Which language do we write in?"), choices=_contact_languages
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [Channel.SMS, Channel.PHONE, Channel.EMAIL]
        if self.source != Source.SELF:
            offered.append(Channel.LETTER)
        if self.source == Source.REFERRER:
            offered.append(Channel.REFERRER)
        field = self.fields["channel"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(channel.value, channel.label) for channel in offered]

    def clean(self) -> dict[str, Any]:
        """A number or an address must be there, and suit the way that was chosen."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        wrong, channel = set(self.errors), found.get("channel")
        if not found.get("phone") and not found.get("email") and not {"phone", "email"} & wrong:
            self.add_error("phone", _("Give a phone number or an e-mail address."))
            return found
        self._clean_phone(found)
        wrong = set(self.errors)
        if channel == Channel.EMAIL and not found.get("email") and "email" not in wrong:
            self.add_error("email", _("Write your e-mail address, or choose the phone."))
        if channel in (Channel.SMS, Channel.PHONE) and not found.get("phone") and "phone" not in wrong:
            self.add_error("phone", _("Write your phone number, or choose e-mail."))
        return found

    def _clean_phone(self, found: dict[str, Any]) -> None:
        if not found.get("phone"):
            return
        number = clean_phone(found["phone"], self.home_country)
        if number is None:
            self.add_error("phone", _("This is no phone number. Example: 06 12 34 56 78."))
        elif found.get("channel") == Channel.SMS and is_landline(number):
            self.add_error("phone", _("This phone gets no SMS. Choose a call, or give a mobile number."))
        else:
            found["phone"] = number
