"""Words that sentences are made of: slots, needs, scales, occupations, languages, lists, distances."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import time_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from traboule.core.languages import cldr, interface
from traboule.kernel.matching.profiles import DAYS, PARTS
from traboule.reference import languages, occupations
from traboule.web.templatetags.traboule import END_ISOLATE, ISOLATE

MOST_WORDS = 3
"""A short sentence names three things at most and counts the rest."""

_DAY_NAMES: dict[str, Promise] = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
_PART_NAMES: dict[str, Callable[[dict[str, str]], str]] = {
    "am": lambda day: gettext("%(day)s morning") % day,
    "pm": lambda day: gettext("%(day)s afternoon") % day,
    "eve": lambda day: gettext("%(day)s evening") % day,
}
_NEEDS: dict[str, Promise] = {
    "cv": _("CV"),
    "interview": _("job interviews"),
    "network": _("network"),
    "project": _("finding a plan"),
    "admin": _("administration"),
    "digital": _("digital skills"),
    "french": pgettext_lazy("what a mentee needs", "French"),
}
_SCALES: dict[str, Promise] = {
    "pace": _("pace"),
    "directness": _("directness"),
    "listening": _("listening"),
    "structure": _("structure"),
    "humour": _("humour"),
}


def slot(code: str) -> str:
    """ "tue-am" → "Tuesday morning"; an unknown code stays as it is."""
    day, _dash, part = code.partition("-")
    if day not in DAYS or part not in PARTS:
        return code
    return _PART_NAMES[part]({"day": str(_DAY_NAMES[day])})


def need(code: str) -> str:
    """What a mentee asks for and a mentor is strong in."""
    return str(_NEEDS.get(code, code))


def scale(code: str) -> str:
    """One of the five scales of the way of working."""
    return str(_SCALES.get(code, code))


def occupation(code: str) -> str:
    """Name of a ROME code, else the code. The names exist in French only: elsewhere they are set apart, so
    that a template can say so (`|french`)."""
    found = occupations.get(code) if code else None
    if found is None:
        return code
    spoken = (get_language() or "en").startswith("fr")
    return found.label_fr if spoken else f"{ISOLATE}{found.label_fr}{END_ISOLATE}"


def language(code: str) -> str:
    """Name of a language for the reader."""
    return languages.name(code, cldr(interface(get_language() or "en")))


def km(metres: float) -> str:
    """A distance as people say it; below a kilometre it is not worth a figure."""
    if metres < 1000:
        return gettext("less than 1 km")
    return gettext("%(km)s km") % {"km": round(metres / 1000)}


def joined(words: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def clauses(parts: Iterable[str]) -> str:
    """Short clauses in one line: "a; b", in French "a ; b"."""
    return pgettext("between two short clauses", "; ").join(parts)


def few(words: Sequence[str], most: int = MOST_WORDS) -> str:
    """The first words, and how many more there are."""
    hidden = len(words) - most
    if hidden <= 0:
        return joined(words)
    more = ngettext("%(count)s more", "%(count)s more", hidden) % {"count": hidden}
    return joined([*words[:most], more])


def sentence(text: str) -> str:
    """With a capital at its beginning, the rest untouched: "mardi matin" → "Mardi matin"."""
    return text[:1].upper() + text[1:]


def points(thousandths: int) -> str:
    """Thousandths as points with one decimal, in the reader's notation: 3200 → "3.2"."""
    whole, tenth = divmod(round(abs(thousandths) / 100), 10)
    sign = "−" if thousandths < 0 and (whole or tenth) else ""
    # Translators: the decimal sign
    mark = pgettext("decimal sign", ".")
    return f"{sign}{whole}{mark}{tenth}" if tenth else f"{sign}{whole}"


def lower_first(text: str) -> str:
    """A sentence in the middle of a list; "CV" and other capitals stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def clock(moment: datetime) -> str:
    """The hour alone: "7:02", in French "7 h 02"."""
    # Translators: Django time format without the date; G = hour, i = minutes. French: G\xa0\h\xa0i
    return time_format(timezone.localtime(moment).time(), pgettext("time format", "G:i"))
