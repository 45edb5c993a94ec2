"""Form fields that forgive: postcodes with blanks, occupations by word, languages with or without a level."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Day, Level, Part
from traboule.apps.people.validators import SLOTS, as_words, fold
from traboule.reference import languages, occupations, places

_LANGUAGE = re.compile(r"^(?P<name>.+?)[\s:]*\b(?P<level>[abc][12])?$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[,;|\n]")


class OccupationsField(forms.CharField):
    """Occupations as ROME codes or words, with commas; gives a list of codes. Empty: no plan yet."""

    def to_python(self, value: Any) -> Any:
        """Return the codes, once each, in order."""
        text = super().to_python(value) or ""
        found: list[str] = []
        for part in _SEPARATORS.split(text):
            found += occupation_codes(part)
        return list(dict.fromkeys(found))

    def prepare_value(self, value: Any) -> Any:
        """Show codes as text."""
        return ", ".join(value) if isinstance(value, list | tuple) else value


def occupation_codes(part: str) -> list[str]:
    """Return the ROME codes that a word or some codes mean. Raises ValidationError."""
    if not part.strip():
        return []
    exact = occupations.get(part)
    if exact is not None:
        return [exact.code]
    codes = [occupations.get(word) for word in part.split()]
    if all(codes):
        return [found.code for found in codes if found is not None]
    best = occupations.search(part, limit=1)
    if not best:
        raise ValidationError(
            _("“%(text)s” is no occupation that we know. Try another word, or a ROME code such as M1805."),
            code="unknown_occupation",
            params={"text": part.strip()},
        )
    return [best[0].code]


class LanguagesField(forms.CharField):
    """Languages with their levels ("French B1, Arabic C2" or "fr:B1 ar:C2"); gives [(code, 1..6)]."""

    def to_python(self, value: Any) -> Any:
        """Return pairs of code and level; a language named twice keeps the higher level."""
        text = super().to_python(value) or ""
        parts = text.split() if ":" in text and not _SEPARATORS.search(text) else _SEPARATORS.split(text)
        held: dict[str, int] = {}
        for part in parts:
            if part.strip():
                code, level = _language(part.strip())
                held[code] = max(held.get(code, 0), level)
        return sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))

    def prepare_value(self, value: Any) -> Any:
        """Show pairs as text in the reader's language."""
        if not isinstance(value, list | tuple):
            return value
        locale = get_language() or "fr"
        return ", ".join(f"{languages.name(code, locale)} {Level(level).label}" for code, level in value)


def _language(part: str) -> tuple[str, int]:
    match = _LANGUAGE.match(part)
    name = match["name"].strip(" :") if match else part
    code = language_code(name)
    if match is None or match["level"] is None:
        raise ValidationError(
            _("Add a level from A1 to C2 to “%(text)s”."), code="no_level", params={"text": part}
        )
    return code, Level[match["level"].upper()].value


def language_code(name: str) -> str:
    """Return the code of a language that is named in any language of ours. Raises ValidationError."""
    code = languages.canonical(name)
    if code is None:
        code = next((known for known in _candidates(name) if fold(name) in _names(known)), None)
    if code is None:
        raise ValidationError(
            _("“%(text)s” is no language that we know."), code="unknown_language", params={"text": name}
        )
    return code


def _candidates(name: str) -> list[str]:
    found = [languages.search(name, locale, 5) for locale in dict.fromkeys((get_language() or "fr", "fr"))]
    return [code for codes in found for code in codes]


def _names(code: str) -> set[str]:
    names = {fold(languages.name(code, locale)) for locale in languages.LOCALES}
    return names | {fold(languages.own_name(code))}


class PlaceError(ValidationError):
    """A postcode or a commune that nobody knows."""


def find_place(text: str, country: str) -> dict[str, str]:
    """Return ``postcode`` and ``commune_code`` of what somebody wrote. Raises PlaceError."""
    digits = "".join(text.split())
    if not digits.isdigit():
        commune = places.find_commune(text, country)
        if commune is None:
            raise PlaceError(_("We do not know this commune. Try its postcode."), code="unknown_commune")
        first = commune.postcodes[0] if commune.postcodes else ""
        return {"postcode": first, "commune_code": commune.code}
    if country == "FR" and len(digits) == 4 and places.by_postcode(f"0{digits}") is not None:
        digits = f"0{digits}"
    if places.by_postcode(digits, country) is None:
        raise PlaceError(_("We do not know this postcode."), code="unknown_postcode")
    return {"postcode": digits, "commune_code": ""}


class WordsField(forms.CharField):
    """Free words separated by commas; gives a list."""

    def to_python(self, value: Any) -> Any:
        """Return the words once each."""
        return as_words(_SEPARATORS.split(super().to_python(value) or ""))

    def prepare_value(self, value: Any) -> Any:
        """Show words as text."""
        return ", ".join(value) if isinstance(value, list | tuple) else value


def _slot_choices() -> list[tuple[int, str]]:
    return [
        (bit, str(format_lazy("{day}, {part}", day=Day(bit // 3).label, part=Part(bit % 3).label)))
        for bit in range(SLOTS)
    ]


class SlotsField(forms.TypedMultipleChoiceField):
    """The 21 weekly slots as boxes; gives the 21-bit mask."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=_slot_choices, coerce=int, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the mask."""
        return sum(1 << bit for bit in set(super().clean(value)))

    def prepare_value(self, value: Any) -> Any:
        """Show a mask as ticked boxes."""
        return _bits(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare a mask with ticked boxes."""
        return super().has_changed(_bits(initial) if isinstance(initial, int) else initial, data)


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(SLOTS) if mask >> bit & 1]
