"""The words of the agreement: what every duo agrees on, in the language of whoever reads it.

Fixed with a digest when the agreement is sent. A new wording gets a new number, and leaves signed ones alone.
"""

# said to: everybody

from collections.abc import Callable
from datetime import date

from babel.dates import format_date, get_day_names
from django.utils.translation import gettext as _
from django.utils.translation import override

from traboule.apps.duos.models import Agreement
from traboule.core.canonical import canonical_json, digest
from traboule.core.languages import HOUSE, cldr, interface

WORDING = "1"
Clause = list[str]  # heading, text


def texts_of(agreement: Agreement) -> dict[str, list[Clause]]:
    """Return the text in French and in the language of the mentee."""
    languages = dict.fromkeys((HOUSE, interface(agreement.language)))
    return {code: _in(agreement, code) for code in languages}


def digest_of_texts(texts: dict[str, list[Clause]]) -> str:
    """Return the fingerprint of a text: equal words, equal fingerprint, on every machine."""
    return digest(canonical_json(texts))


def _in(agreement: Agreement, code: str) -> list[Clause]:
    with override(code):
        return [clause for write in _CLAUSES if (clause := write(agreement, code))]


def _who(agreement: Agreement, code: str) -> Clause:
    duo = agreement.duo
    said = {
        "mentee": duo.mentee.first_name,
        "mentor": duo.mentor.first_name,
        "start": said_date(duo.started_on, code),
        "end": said_date(duo.ends_on, code),
    }
    text = _("%(mentee)s and %(mentor)s are a duo from %(start)s to %(end)s. Both said yes freely.")
    return [_("Who we are"), text % said]


def _rhythm(agreement: Agreement, code: str) -> Clause:
    text = _("We meet every week. Hours a week: %(hours)s.")
    if agreement.weekday is None:
        day = _("We choose the day together, each week.")
    else:
        day = _("Our day: %(day)s.") % {"day": said_weekday(agreement.weekday, code)}
    late = _("Whoever cannot come says so the day before.")
    return [_("When"), " ".join((text % {"hours": agreement.hours}, day, late))]


def _place(agreement: Agreement, code: str) -> Clause:
    return [_("Where"), _("We meet here: %(place)s.") % {"place": agreement.place}]


def _help(agreement: Agreement, code: str) -> Clause:
    text = _("The mentor listens, opens doors and gives time. The mentee decides. No money, no favours.")
    return [_("How we work"), text]


def _secret(agreement: Agreement, code: str) -> Clause:
    text = _("What we tell each other stays between us. If somebody is in danger, we tell the team.")
    return [_("What stays between us"), text]


def _team(agreement: Agreement, code: str) -> Clause:
    text = _("The team asks both of us how it goes, one by one. We may call the team at any time.")
    return [_("The team"), text]


def _stop(agreement: Agreement, code: str) -> Clause:
    text = _("Each of us may stop, at any time and without harm. We tell the team, who speaks with both.")
    return [_("How to stop"), text]


def _own(agreement: Agreement, code: str) -> Clause | None:
    text = agreement.own_words if code == HOUSE else (agreement.own_words_read or agreement.own_words)
    return [_("What we add"), text] if text else None


_CLAUSES: tuple[Callable[[Agreement, str], Clause | None], ...] = (
    *(_who, _rhythm, _place, _help, _secret, _team, _stop),
    _own,
)


def said_date(day: date, code: str) -> str:
    """Return "9 December 2026" in a language of the pages."""
    return format_date(day, "d MMMM y", locale=cldr(code))


def said_weekday(number: int, code: str) -> str:
    """Return the name of a day of the week, from 0 for Monday."""
    return str(get_day_names(locale=cldr(code))[number])
