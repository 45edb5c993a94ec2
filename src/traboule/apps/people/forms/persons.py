"""A mentor or a mentee by hand: the twelve essentials first, the rest when there is time."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Channel, Gender, MenteeState, Need, Side
from traboule.apps.people.forms.fields import (
    LanguagesField,
    OccupationsField,
    PlaceError,
    SlotsField,
    WordsField,
    find_place,
)
from traboule.apps.people.models import Person
from traboule.apps.people.queries._drafts import clean_phone
from traboule.reference import languages

COUNTRIES = [("FR", _("France")), ("BE", _("Belgium"))]
SCALE = [("", "–"), *((str(number), str(number)) for number in range(1, 6))]
# Languages in which mails and messages can be written.
CONTACT_LANGUAGES = ("fr", "en", "ar", "prs", "uk", "ti", "es", "nl")


def _contact_languages() -> list[tuple[str, str]]:
    locale = get_language() or "fr"
    return [(code, languages.name(code, locale)) for code in CONTACT_LANGUAGES]


class DateInput(forms.DateInput):
    """A date that the browser's own calendar fills."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def _date(label: Any, **kwargs: Any) -> forms.DateField:
    formats = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y"]
    return forms.DateField(label=label, widget=DateInput(), input_formats=formats, **kwargs)


class PersonForm(forms.Form):
    """What mentors and mentees share. ``today`` is the day on which ages and dates are judged."""

    side: ClassVar[Side]
    essentials: ClassVar[tuple[str, ...]] = (
        "first_name",
        "last_name",
        "birth_date",
        "phone",
        "email",
        "channel",
        "contact_language",
        "postcode",
        "languages",
        "occupations",
        "slots",
        "consent",
    )

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    birth_date = _date(_("Birth date"))
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    channel = forms.ChoiceField(label=_("How to reach this person"), choices=Channel.choices)
    contact_language = forms.ChoiceField(label=_("Contact language"), choices=_contact_languages)
    postcode = forms.CharField(
        label=_("Postcode or commune"), max_length=80, help_text=_("For example 69009, or Villeurbanne")
    )
    languages = LanguagesField(
        label=_("Spoken languages"), help_text=_("For example: French B1, Tigrinya C2")
    )
    occupations = OccupationsField(
        label=_("Occupations"),
        required=False,
        help_text=_("Words or ROME codes, separated by commas. Leave empty if there is none yet."),
    )
    slots = SlotsField(label=_("Availability"))
    consent = forms.BooleanField(
        label=_("This person agrees that the team keeps these data to find a mentor or a mentee.")
    )

    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, required=False)
    needs_help_reading = forms.BooleanField(label=_("Needs help reading"), required=False)
    external_id = forms.CharField(label=_("Id in your files"), max_length=80, required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=[("", "–"), *Gender.choices], required=False)
    gender_wish = forms.ChoiceField(
        label=_("Wishes to meet"), choices=[("", _("No matter")), *Gender.choices], required=False
    )
    max_km = forms.FloatField(label=_("Farthest way, km"), min_value=0, max_value=1000, required=False)
    online = forms.BooleanField(label=_("Meeting online is fine"), required=False)
    interests = WordsField(label=_("Interests"), required=False)
    dislikes = WordsField(label=_("Dislikes"), required=False)
    way_pace = forms.TypedChoiceField(
        label=_("Pace"), choices=SCALE, coerce=int, empty_value=None, required=False
    )
    way_directness = forms.TypedChoiceField(
        label=_("Directness"), choices=SCALE, coerce=int, empty_value=None, required=False
    )
    way_listening = forms.TypedChoiceField(
        label=_("Listening"), choices=SCALE, coerce=int, empty_value=None, required=False
    )
    way_structure = forms.TypedChoiceField(
        label=_("Structure"), choices=SCALE, coerce=int, empty_value=None, required=False
    )
    way_humour = forms.TypedChoiceField(
        label=_("Humour"), choices=SCALE, coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, today: date, person: Person | None = None, **kwargs: Any) -> None:
        self.today = today
        self.person = person
        if person is not None:
            kwargs["initial"] = {**_initial(person, self.side), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.warnings: list[Any] = []
        self._keep_language(person)
        if person is not None:
            del self.fields["consent"]
        for name in self._later_fields():
            self.fields[name].required = False

    def _keep_language(self, person: Person | None) -> None:
        """A language that a file brought stays a choice: correcting something else does not change it."""
        if person is None or person.contact_language in CONTACT_LANGUAGES:
            return
        code, field = person.contact_language, self.fields["contact_language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above; for the type checker
        field.choices = [*_contact_languages(), (code, languages.name(code, get_language() or "fr"))]

    def essential_fields(self) -> list[forms.BoundField]:
        """Return the twelve fields that are asked first, in their order."""
        return [self[name] for name in self.essentials if name in self.fields]

    def later_fields(self) -> list[forms.BoundField]:
        """Return the fields that may come later."""
        return [self[name] for name in self._later_fields()]

    def cleaned_fields(self) -> dict[str, Any]:
        """Return what the actions ``add_person`` and ``correct_person`` take as ``fields``."""
        kept = {name: value for name, value in self.cleaned_data.items() if name in self.changed_or_asked()}
        if "max_km" in kept and kept["max_km"] is None:
            del kept["max_km"]
        kept["country"] = self.cleaned_data.get("country") or "FR"
        if self.person is not None and not {"postcode", "country"} & set(self.changed_data):
            for name in ("postcode", "country", "commune_code"):
                kept.pop(name, None)
        return kept

    def changed_or_asked(self) -> set[str]:
        """Return the names to pass on: all for a new person, those on the page for a known one."""
        asked = {name for name in self.cleaned_data if self.person is None or self._was_sent(name)}
        return asked | ({"commune_code"} if "commune_code" in self.cleaned_data else set())

    def clean(self) -> dict[str, Any]:
        """Check what only shows between two fields; fill in phone and place in their one form."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not found.get("phone") and not found.get("email") and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", _("Give a phone number or an e-mail address."))
        self._clean_phone(found)
        self._clean_place(found)
        self._clean_age(found.get("birth_date"))
        if found.get("channel") == Channel.EMAIL and not found.get("email") and "email" not in self.errors:
            self.add_error("channel", _("There is no e-mail address to write to."))
        return found

    def age_problem(self, age: int) -> Any:
        """Return a sentence if this age is unusual on this side; the branch decides."""
        raise NotImplementedError

    def _clean_phone(self, found: dict[str, Any]) -> None:
        if found.get("phone"):
            number = clean_phone(found["phone"], found.get("country") or "FR")
            if number is None:
                self.add_error("phone", _("This is no phone number. Example: 06 12 34 56 78."))
            else:
                found["phone"] = number

    def _clean_place(self, found: dict[str, Any]) -> None:
        text = found.get("postcode")
        if not text:
            return
        try:
            found |= find_place(text, found.get("country") or "FR")
        except PlaceError as problem:
            self.add_error("postcode", problem)

    def _clean_age(self, born: date | None) -> None:
        if born is None:
            return
        if born > self.today or born.year < 1900:
            self.add_error("birth_date", _("This birth date is not possible."))
            return
        age = self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))
        problem = self.age_problem(age)
        if problem:
            self.warnings.append(problem)

    def _later_fields(self) -> list[str]:
        return [name for name in self.fields if name not in self.essentials]

    def _was_sent(self, name: str) -> bool:
        # A box that is not ticked is not sent: a form says in ``_shown`` which names stood on the page.
        shown = set(self.data.getlist("_shown")) if hasattr(self.data, "getlist") else set()
        return name in self.data or name in shown or not shown

    def _dates_in_order(self, found: dict[str, Any], first: str, last: str) -> None:
        begins, ends = found.get(first), found.get(last)
        if begins and ends and ends < begins:
            self.add_error(
                last, ValidationError(_("This date lies before the first one."), code="date_order")
            )


class MentorForm(PersonForm):
    """A mentor."""

    side = Side.MENTOR

    capacity = forms.IntegerField(label=_("Places"), min_value=0, max_value=50, initial=1, required=False)
    generalist = forms.BooleanField(label=_("Generalist: helps to find a plan"), required=False)
    years_experience = forms.FloatField(
        label=_("Years of experience"), min_value=0, max_value=80, required=False
    )
    strengths = forms.MultipleChoiceField(
        label=_("Strengths"), choices=Need.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    available_from = _date(_("Available from"), required=False)
    available_until = _date(_("Available until"), required=False)
    trained_on = _date(_("Trained on"), required=False)
    can_wait_until = _date(_("Can wait until"), required=False)

    def age_problem(self, age: int) -> Any:
        """Mentors are over 50; the branch decides."""
        return _("A mentor is usually 50 or more.") if age < 50 else None

    def clean(self) -> dict[str, Any]:
        """Check the dates and that a mentor has an occupation or is a generalist."""
        found = super().clean()
        self._dates_in_order(found, "available_from", "available_until")
        if "occupations" not in self.errors and not found.get("occupations") and not found.get("generalist"):
            self.add_error("occupations", _("Give an occupation, or tick “generalist”."))
        if found.get("capacity") is None:
            found["capacity"] = 1
        return found


class MenteeForm(PersonForm):
    """A mentee."""

    side = Side.MENTEE

    needs = forms.MultipleChoiceField(
        label=_("Needs"), choices=Need.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    waiting_since = _date(_("Waiting since"), required=False)
    can_wait_until = _date(_("Can wait until"), required=False)

    def age_problem(self, age: int) -> Any:
        """Mentees are 18 to 33; the branch decides."""
        return _("A mentee is usually between 18 and 33.") if not 18 <= age <= 33 else None

    def clean(self) -> dict[str, Any]:
        """Check the dates; a mentee waits from today unless said otherwise."""
        found = super().clean()
        if found.get("waiting_since") is None and "waiting_since" not in self.errors:
            mentee = getattr(self.person, "mentee", None)
            held = getattr(mentee, "waiting_since", None)
            # Whoever is new does not wait yet: that begins with the pool.
            is_new = getattr(mentee, "state", "") == MenteeState.NEW
            found["waiting_since"] = None if is_new else held or self.today
        self._dates_in_order(found, "waiting_since", "can_wait_until")
        return found


def form_for(side: str) -> type[PersonForm]:
    """Return the form of a side."""
    return MentorForm if side == Side.MENTOR else MenteeForm


def _initial(person: Person, side: Side) -> dict[str, Any]:
    profile = getattr(person, side.value)
    names = [field.name for field in (*person._meta.local_fields, *profile._meta.local_fields)]
    held = {
        name: getattr(person if hasattr(person, name) else profile, name)
        for name in names
        if name not in ("id", "branch", "person", "state")
    }
    held["languages"] = [(language.code, language.level) for language in person.languages.all()]
    if not person.postcode:
        held["postcode"] = person.commune_name
    return held
