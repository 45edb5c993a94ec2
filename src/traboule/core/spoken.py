"""Days and sums as people say them, in the language that is active: the same on pages and in messages."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from django.utils.dateformat import format as written
from django.utils.formats import number_format
from django.utils.translation import get_language, pgettext

from traboule.core.languages import HOUSE, cldr

# How a date is said, as CLDR patterns, where the catalogues hold no formats: with its weekday, without, and
# the year, which comes at the star. The Ukrainian weekday stands apart: it would bend with the word before.
_PATTERNS = {
    "es": ("EEEE d 'de' MMMM*", "d 'de' MMMM*", " 'de' y"),
    "uk": ("d MMMM* (EEE)", "d MMMM*", " y"),
    "ti": ("EEEE፣ d MMMM*", "d MMMM*", " y"),
}
_USUAL = ("EEEE d MMMM*", "d MMMM*", " y")


def spoken_day(day: date, *, weekday: bool = True, year: bool = False) -> str:
    """Return "Tuesday 9 December", "9 December 2026": digits Western in every language."""
    return _by_cldr(day, weekday=weekday, year=year) or written(day, _django_format(weekday, year))


def spoken_euros(cents: int) -> str:
    """Return cents as euros, in the figures of the language: "12.40 €"."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{number_format(Decimal(f'{whole}.{rest:02}'), 2, force_grouping=True)}\u00a0€"


def _by_cldr(day: date, *, weekday: bool, year: bool) -> str:
    """A date in the words of CLDR; nothing for French and English, whose formats Django knows."""
    code = get_language() or HOUSE
    if code in (HOUSE, "en"):
        return ""
    with_weekday, without, its_year = _PATTERNS.get(code, _USUAL)
    pattern = (with_weekday if weekday else without).replace("*", its_year * year)
    return format_date(day, pattern, locale=cldr(code))


def _django_format(weekday: bool, year: bool) -> str:
    if not weekday:
        # Translators: Django date format; j = day, F = month, Y = year.
        return pgettext("date format", "j F Y")
    # Translators: Django date format; l = weekday, j = day, F = month, Y = year.
    return pgettext("date format", "l j F Y") if year else pgettext("date format", "l j F")
