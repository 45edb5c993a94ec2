"""The questions of an application, one group a page; the twelve essentials first, the rest later."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.forms.groups import GroupForm, ReachForm, WhoForm
from traboule.apps.people.enums import ConsentPurpose, Gender, Level, Need, Side
from traboule.apps.people.forms.fields import (
    PlaceError,
    SlotsField,
    WordsField,
    find_place,
    language_code,
    occupation_codes,
)
from traboule.apps.people.forms.persons import COUNTRIES

SPOKEN = (1, 2, 3, 4)
LEVELS = [
    ("", "–"),
    (Level.A1.value, _("a few words")),
    (Level.A2.value, _("simple sentences")),
    (Level.B1.value, _("everyday talk")),
    (Level.B2.value, _("most talks")),
    (Level.C1.value, _("very well")),
    (Level.C2.value, _("like my first language")),
]


class LiveForm(GroupForm):
    """Where they live and what they speak."""

    key, title = "live", _("Where do you live, and what do you speak?")

    postcode = forms.CharField(
        label=_("Postcode or commune"), max_length=80, help_text=_("For example 69009, or Villeurbanne")
    )
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].initial = self.home_country
        for number in SPOKEN:
            name = forms.CharField(
                label=_("Language") if number == 1 else _("Another language"),
                max_length=60,
                required=number == 1,
            )
            name.widget.attrs["list"] = "language-names"
            level = forms.TypedChoiceField(
                label=_("How well?"), choices=LEVELS, coerce=int, empty_value=None, required=number == 1
            )
            self.fields[f"language_{number}"], self.fields[f"level_{number}"] = name, level

    def clean(self) -> dict[str, Any]:
        """Look the place and the languages up, whatever the way in which they are written."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("postcode"):
            try:
                found |= find_place(found["postcode"], found.get("country") or self.home_country)
            except PlaceError as problem:
                self.add_error("postcode", problem)
        held: dict[str, int] = {}
        for number in SPOKEN:
            self._clean_language(found, number, held)
        found["languages"] = sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))
        return found

    def fields_for_person(self) -> dict[str, Any]:
        """Place and languages."""
        kept = {name: self.cleaned_data[name] for name in ("postcode", "commune_code", "languages")}
        return {**kept, "country": self.cleaned_data.get("country") or self.home_country}

    def _clean_language(self, found: dict[str, Any], number: int, held: dict[str, int]) -> None:
        said, level = found.get(f"language_{number}"), found.get(f"level_{number}")
        if not said:
            return
        if level is None:
            if f"level_{number}" not in self.errors:
                self.add_error(f"level_{number}", _("Say how well you speak it."))
            return
        try:
            code = language_code(said)
        except ValidationError as problem:
            self.add_error(f"language_{number}", problem)
        else:
            held[code] = max(held.get(code, 0), level)


class WorkForm(GroupForm):
    """Which work, or none yet."""

    key, title = "work", _("Which work?")

    occupations = forms.CharField(
        label=_("Work"),
        max_length=300,
        required=False,
        help_text=_("In French if you can, with commas between. For example: cuisinier, vendeuse"),
    )
    no_plan = forms.BooleanField(label=_("I do not know yet"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.side == Side.MENTOR:
            self.fields["occupations"].label = _("Which work did you do?")
            self.fields["no_plan"].label = _("I have done many things")
        else:
            self.fields["occupations"].label = _("Which work do you look for?")

    def clean(self) -> dict[str, Any]:
        """Understand what we can; what we cannot stays as it was said, for the talk."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        said = found.get("occupations") or ""
        if not said and not found.get("no_plan") and "occupations" not in self.errors:
            self.add_error("occupations", _("Write a word, or tick the box below."))
        codes: list[str] = []
        for part in said.replace(";", ",").split(","):
            try:
                codes += occupation_codes(part)
            except ValidationError:
                continue
        found["codes"] = list(dict.fromkeys(codes))
        return found

    def fields_for_person(self) -> dict[str, Any]:
        """The codes that the words mean; a mentor who has done many things is a generalist."""
        fields: dict[str, Any] = {"occupations": self.cleaned_data["codes"]}
        if self.side == Side.MENTOR:
            fields["generalist"] = self.cleaned_data["no_plan"]
        return fields


class TimeForm(GroupForm):
    """When they are free."""

    key, title = "time", _("When are you free?")
    hint = _("A duo meets about two hours a week.")

    slots = SlotsField(
        label=_("Availability"), error_messages={"required": _("Tick at least one time of the week.")}
    )


class AgreeForm(GroupForm):
    """One sentence and one box per purpose; only the first is needed."""

    key, title = "agree", _("What do you agree to?")
    hint = _("Only the first is needed. You can take each back at any time.")

    programme = forms.BooleanField(
        label=_("The team may keep my answers to find somebody for me."),
        error_messages={"required": _("Without your yes we cannot keep your answers.")},
    )
    sharing = forms.BooleanField(
        label=_("The team may show my first name, work and languages to a possible duo."), required=False
    )
    referrer_news = forms.BooleanField(
        label=_("The adviser who sent me may know what becomes of it."), required=False
    )
    statistics = forms.BooleanField(
        label=_("My answers may count in figures, without my name."), required=False
    )

    def fields_for_person(self) -> dict[str, Any]:
        """Consents have their own rows (see ``Questions.consents``)."""
        return {}


class MoreForm(GroupForm):
    """The rest; all of it may be skipped."""

    key, title = "more", _("A little more")
    hint = _("You may skip all of this.")

    needs = forms.MultipleChoiceField(
        label=_("What would help you?"),
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    interests = WordsField(
        label=_("What do you like?"),
        required=False,
        max_length=300,
        help_text=_("For example: football, cooking, music"),
    )
    gender_wish = forms.ChoiceField(
        label=_("Would you rather meet"), choices=[("", _("No matter")), *Gender.choices], required=False
    )
    online = forms.BooleanField(label=_("Meeting online is fine"), required=False)
    needs_help_reading = forms.BooleanField(label=_("I would like help with reading"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.side == Side.MENTOR:
            self.fields["needs"].label = _("What are you good at?")
            del self.fields["needs_help_reading"]

    def fields_for_person(self) -> dict[str, Any]:
        """What a mentee needs, a mentor is good at."""
        fields = dict(self.cleaned_data)
        if self.side == Side.MENTOR:
            fields["strengths"] = fields.pop("needs")
        return fields


GROUPS: dict[str, type[GroupForm]] = {
    form.key: form for form in (WhoForm, ReachForm, LiveForm, WorkForm, TimeForm, AgreeForm, MoreForm)
}
LATER = ("more",)
ESSENTIALS = tuple(key for key in GROUPS if key not in LATER)
CONSENTS = {purpose.value: purpose for purpose in ConsentPurpose}
