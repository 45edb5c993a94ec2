"""The early warning in words: each reason with its numbers and days, and what would clear it.

Only pages of the team say these words; nothing here is shown to a mentor or a mentee.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.warning import Clear, Code, Kind, Reason
from traboule.web.templatetags.traboule import say_date

CODES: Mapping[Code, Promise] = {
    Code.MISSING: _("Weeks without a meeting"),
    Code.UNDELIVERED: _("Messages that did not arrive"),
    Code.UNANSWERED: _("Links without an answer"),
    Code.FELL: _("Rating that fell"),
    Code.LOW: _("Low rating"),
    Code.NO_STEP: _("No next step"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One reason in words, and what would clear it."""

    text: str
    clears: str
    is_new: bool = False


def kind_of(points: int) -> str:
    """The badge of a duo to look at: it never stands without its reasons."""
    return "urgent" if points >= 4 else "waiting"


def say_reasons(found: Any) -> list[Said]:
    """Every reason of a watched duo; those that came since somebody looked are marked."""
    new = {(reason.code, reason.side) for reason in found.news}
    return [
        Said(say_reason(reason, found.duo), say_clear(reason, found.duo), (reason.code, reason.side) in new)
        for reason in found.sign.reasons
    ]


def say_short(found: Any) -> str:
    """All reasons and what brakes, in one line, for the page of today."""
    return "; ".join([*(say_reason(reason, found.duo) for reason in found.sign.reasons), *say_brakes(found)])


def say_names(found: Any) -> str:
    """What the reasons are called, without their days: for a wall of many duos."""
    return ", ".join(str(CODES[code]) for code in dict.fromkeys(reason.code for reason in found.sign.reasons))


def name_of(duo: Any, side: str) -> str:
    """The first name of one side."""
    person = duo.mentor if side == "mentor" else duo.mentee
    return str(person.first_name or person.display_name)


def say_reason(reason: Reason, duo: Any) -> str:
    """One reason with its numbers and days."""
    return _SAYS[reason.code](reason, name_of(duo, reason.side) if reason.side else "")


def _missing(reason: Reason, _name: str) -> str:
    words = {"number": reason.number, "of": reason.of, "days": _days(reason.days)}
    return gettext("%(number)s of the last %(of)s weeks without a meeting (%(days)s)") % words


def _undelivered(reason: Reason, name: str) -> str:
    words = {"number": reason.number, "name": name, "day": say_date(reason.latest)}
    said = ngettext(
        "%(number)s message to %(name)s did not arrive, on %(day)s",
        "%(number)s messages to %(name)s did not arrive, the last on %(day)s",
        reason.number,
    )
    return said % words


def _unanswered(reason: Reason, name: str) -> str:
    words = {"number": reason.number, "name": name, "day": say_date(reason.since)}
    return gettext("%(number)s links to %(name)s without an answer since %(day)s") % words


def _fell(reason: Reason, name: str) -> str:
    was, now = _mark(reason.was), _mark(reason.now)
    words = {
        "name": name,
        "was": was,
        "now": now,
        "before": say_date(reason.since),
        "day": say_date(reason.latest),
    }
    return gettext("%(name)s rated the relation %(was)s of 5 on %(before)s and %(now)s on %(day)s") % words


def _low(reason: Reason, name: str) -> str:
    words = {"name": name, "now": _mark(reason.now), "day": say_date(reason.latest)}
    return gettext("%(name)s rated the relation %(now)s of 5 on %(day)s") % words


def _no_step(reason: Reason, _name: str) -> str:
    words = {"days": reason.of}
    return gettext("no next step: no date on the plan, none named in a log of the last %(days)s days") % words


_SAYS: Mapping[Code, Callable[[Reason, str], str]] = {
    Code.MISSING: _missing,
    Code.UNDELIVERED: _undelivered,
    Code.UNANSWERED: _unanswered,
    Code.FELL: _fell,
    Code.LOW: _low,
    Code.NO_STEP: _no_step,
}


def say_clear(reason: Reason, duo: Any) -> str:
    """What takes a reason away, and on which day it passes by itself."""
    words = {"name": name_of(duo, reason.side)} if reason.side else {}
    says = {
        Clear.MEETING: gettext("Cleared by the log of a meeting in one of these weeks."),
        Clear.MESSAGE: gettext("Cleared by a message to %(name)s that arrives: put the address right."),
        Clear.ANSWER: gettext("Cleared by one answer of %(name)s, also one that you note on the phone."),
        Clear.TALK: gettext("Cleared by a check-in or a call with %(name)s that you write down."),
        Clear.STEP: gettext("Cleared by a date on the plan, or by a next step in a log."),
    }
    said = says[reason.clears] % words
    if reason.clears_on is None:
        return said
    passes = gettext("If nothing new comes, it passes on %(day)s.") % {"day": say_date(reason.clears_on)}
    return f"{said} {passes}"


def say_brakes(found: Any) -> list[str]:
    """What is known and excuses a gap: who is away, who stands in, a pause, a holiday."""
    said = [_brake(brake, found) for brake in found.sign.brakes]
    return list(dict.fromkeys(said))


def _brake(brake: Any, found: Any) -> str:
    words = {"first": say_date(brake.first), "last": say_date(brake.last)}
    if brake.kind is Kind.AWAY:
        words["name"] = name_of(found.duo, brake.side)
        if brake.holds(found.sign.today):
            return gettext("%(name)s is away until %(last)s") % words
        return gettext("%(name)s was away from %(first)s to %(last)s") % words
    if brake.kind is Kind.SUBSTITUTE:
        return gettext("a substitute from %(first)s to %(last)s") % words
    if brake.kind is Kind.PAUSE:
        return gettext("a pause on %(first)s") % words if brake.first == brake.last else (
            gettext("a pause since %(first)s") % words
        )  # fmt: skip
    return gettext("%(first)s was a day off") % words


def _days(days: Iterable[date]) -> str:
    return ", ".join(say_date(day) for day in days)


def _mark(hundredths: int) -> str:
    return str(number_format(hundredths / 100, 1))
