"""The cohorts of the path in figures, in words: months, quarters, information sessions, ways in."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as written
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums import Source
from traboule.apps.applications.queries import funnel as arrivals
from traboule.apps.messages.words import said_hour
from traboule.kernel.path import MONTH, QUARTER, Figures
from traboule.web.templatetags.traboule import say_day_of_life

WAYS: dict[str, Promise | str] = {
    Source.SELF: _("On their own"),
    Source.REFERRER: _("Through a referrer without a partner"),
    Source.STAFF: _("Written down by the team"),
    arrivals.OTHER_PARTNERS: _("Other partners"),
    arrivals.NO_APPLICATION: _("Without an application"),
}
Choices = list[tuple[str, str]]


def cohorts_of(
    found: Figures, paths: arrivals.Paths, timezone: str, *, names_partners: bool
) -> list[tuple[str, Choices]]:
    """Return the choices of the page, by family, the newest first; partners only to whom may see them."""
    families = [
        (gettext("By quarter of first contact"), _newest(found.family(QUARTER), say_quarter)),
        (gettext("By month of first contact"), _newest(found.family(MONTH), say_month)),
        (gettext("By information session"), _sessions(found, paths, timezone)),
        (gettext("By the way they came"), _ways(found, paths if names_partners else None)),
    ]
    return [(name, choices) for name, choices in families if choices]


def say_month(cohort: str) -> str:
    """Return "March 2026" for "2026-03"."""
    # Translators: Django date format; F = month, Y = year.
    return written(date.fromisoformat(f"{cohort}-01"), pgettext("month format", "F Y"))


def say_quarter(cohort: str) -> str:
    """Return "quarter 1 of 2026" for "2026-Q1"."""
    year, number = cohort.split("-Q")
    return gettext("quarter %(number)s of %(year)s") % {"number": number, "year": year}


def say_session(at: datetime, timezone: str) -> str:
    """Return "12 March 2026, 18:00", by the clock of the branch."""
    local = at.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    return gettext("%(day)s, %(hour)s") % {"day": say_day_of_life(local.date()), "hour": said_hour(local)}


def _newest(cohorts: tuple[str, ...], say: Callable[[str], str]) -> Choices:
    return [(cohort, say(cohort)) for cohort in reversed(cohorts)]


def _sessions(found: Figures, paths: arrivals.Paths, timezone: str) -> Choices:
    codes = {code: code.partition(":")[2] for code in found.family(arrivals.BY_SESSION)}
    dated = [(paths.sessions[int(pk)], code) for code, pk in codes.items() if pk.isdecimal()]
    choices = [(code, say_session(at, timezone)) for at, code in sorted(dated, reverse=True)]
    rest = {
        arrivals.OLDER: gettext("an earlier session"),
        arrivals.NO_SESSION: gettext("no information session"),
    }
    return choices + [(code, rest[pk]) for code, pk in codes.items() if pk in rest]


def _ways(found: Figures, paths: arrivals.Paths | None) -> Choices:
    choices = []
    for code in found.family(arrivals.BY_WAY):
        way = code.partition(":")[2]
        partner = way.partition("partner-")[2]
        if not partner:
            choices.append((code, str(WAYS[way])))
        elif paths is not None:
            choices.append((code, paths.partners[int(partner)]))
    return sorted(choices, key=lambda choice: choice[1].casefold())
