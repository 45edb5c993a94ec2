"""Days and hours as a message says them, in the language of its reader."""

from datetime import date

from django.utils import translation
from django.utils.dateformat import format as written
from django.utils.translation import pgettext


def said_day(day: date, language: str) -> str:
    """Return "Tuesday 9 December" in ``language``."""
    with translation.override(language):
        # Translators: Django date format; l = weekday, j = day, F = month.
        return written(day, pgettext("date format", "l j F"))
