"""Days and hours as a message says them, in the language of its reader."""

from datetime import date, datetime

from django.utils import translation
from django.utils.dateformat import format as written
from django.utils.translation import get_language, pgettext

from traboule.core.languages import HOUSE, interface
from traboule.core.spoken import spoken_day


def said_day(day: date, language: str) -> str:
    """Return "Tuesday 9 December" in ``language``."""
    with translation.override(interface(language)):
        return spoken_day(day)


def said_hour(local: datetime) -> str:
    """Return "10:00", in French "10 h 00". Only a language that says it in its own way is asked.

    Where a language has no words for it the French ones would come, and a French hour inside an Arabic
    sentence is read backwards.
    """
    return written(local, pgettext("date format", "H:i") if get_language() in (HOUSE, "en") else "H:i")
