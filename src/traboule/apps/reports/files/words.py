"""Figures, definitions and changes in the words of the language that is switched on."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.indicators.words import sentence, span_in_words, value_in_words
from traboule.apps.reports.queries.path import ACCEPTED, CONTACT, DUO, RESULT
from traboule.kernel.indicators import Definition, Figure, Said
from traboule.kernel.indicators.changes import Change, Step, Why
from traboule.kernel.indicators.fairness import Heard
from traboule.kernel.indicators.groups import NOT_WRITTEN, Group
from traboule.kernel.small_numbers import SMALLEST

STEPS: Mapping[str, Promise] = {
    CONTACT: _("First contact"),
    ACCEPTED: _("Accepted"),
    DUO: _("In a duo"),
    RESULT: _("Work, training or internship"),
}
GROUPS: Mapping[str, Promise] = {
    Group.SEX: _("By sex"),
    Group.AGE_BAND: _("By age when the duo began"),
    Group.TERRITORY: _("By territory"),
}
VALUES: Mapping[str, Promise] = {
    "women": _("Women"),
    "men": _("Men"),
    "under_22": _("under 22"),
    "22_to_25": _("22 to 25"),
    "26_to_29": _("26 to 29"),
    "30_and_over": _("30 and over"),
    NOT_WRITTEN: _("not written down"),
}
HEARD: Mapping[str, Promise] = {
    Heard.DIFFERS: _("differs from the others"),
    Heard.NOT_SEEN: _("no difference seen"),
    Heard.UNKNOWN_COULD_EXPLAIN: _("the unknown could explain the difference"),
    Heard.TOO_FEW: _("too few to compare"),
    Heard.NO_REST: _("too few others to compare with"),
    Heard.HIDDEN: _("hidden: few people"),
    Heard.NOT_WRITTEN: _("counted, not compared"),
}
WHYS: Mapping[str, Promise] = {
    Why.NEW: _("New in this report."),
    Why.GONE: _("Not in this report any more."),
    Why.DEFINITION: _("Defined otherwise now. The two numbers are not compared."),
}


def day(value: date) -> str:
    """A day, written out."""
    return date_format(value, "DATE_FORMAT")


def number(value: float, decimals: int) -> str:
    """A number with the decimal sign of the reader."""
    return str(number_format(round(value, decimals), decimals)).replace("-", "−")


def bounds_of(found: Figure) -> str:
    """What it would be if all who are unknown failed, or succeeded; empty when everybody is known."""
    numbers = found.numbers
    if not found.missing or numbers.least is None or numbers.most is None:
        return ""
    span = span_in_words(found.definition, (numbers.least, numbers.most))
    return gettext("%(span)s, whatever the unknown turn out to be") % {"span": span}


def people_of(found: Figure) -> str:
    """How many stand behind a figure, of how many it is known, and how many are not due yet."""
    if found.numbers.said is Said.TOO_FEW:
        return gettext("too few to say how many")
    said = gettext("%(known)s known of %(n)s") % {"known": found.known, "n": found.n}
    if not found.n:
        said = gettext("nobody yet")
    later = ngettext("%(n)s not yet due", "%(n)s not yet due", found.not_due) % {"n": found.not_due}
    return f"{said}, {later}" if found.not_due else said


def definition_of(definition: Definition) -> str:
    """A definition in a sentence, with its version."""
    said = gettext("Version %(n)s.") % {"n": definition.version}
    return f"{sentence(definition)} {said}"


def value_name(value: str) -> str:
    """A group in words; a territory is its own word."""
    return str(VALUES.get(value, value))


def count(found: int | None) -> str:
    """A number of people, or that it is hidden."""
    return gettext("hidden") if found is None else str(found)


def about(rows: int, *, exact: bool) -> str:
    """How many rows moved; of a handful it is only said that they are few."""
    if exact or rows >= SMALLEST:
        return str(rows)
    return gettext("fewer than %(n)s") % {"n": SMALLEST}


def reasons_of(change: Change, *, exact: bool = False) -> list[str]:
    """Why a figure is another one than last time, one sentence a reason; empty: nothing changed.

    ``exact``: for staff who may see the rows, with the value after each reason.
    """
    if change.fields:
        parts = [f"{field}: {before} → {after}" for field, before, after in change.fields]
        return [str(WHYS[Why.DEFINITION]), *parts]
    if not change.steps:
        return [str(WHYS[why]) for why in change.whys]
    return [_step(step, change.after, exact) for step in change.steps if change.after is not None]


def _step(step: Step, after: Figure, exact: bool) -> str:
    n = about(len(step.rows), exact=exact)
    said = {
        Why.CORRECTED: gettext("Corrected, or heard of since: %(n)s.") % {"n": n},
        Why.LEFT: gettext("Not counted any more: %(n)s.") % {"n": n},
        Why.LATE: gettext("Written down later than they were due: %(n)s.") % {"n": n},
        Why.DUE: gettext("Their time is over since, so they count now: %(n)s.") % {"n": n},
    }[step.why]
    if not exact or step.numbers.value is None:
        return said
    value = value_in_words(after.definition, step.numbers.value)
    return " ".join([said, gettext("After that: %(value)s.") % {"value": value}])
