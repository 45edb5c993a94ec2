"""Figures, definitions and changes in the words of the language that is switched on."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.reports.queries.path import ACCEPTED, CONTACT, DUO, RESULT
from traboule.kernel.indicators import Definition, Figure, Measure, Said, What
from traboule.kernel.indicators.changes import Change, Step, Why
from traboule.kernel.indicators.definition import Among, Clock
from traboule.kernel.indicators.fairness import Heard
from traboule.kernel.indicators.groups import NOT_WRITTEN, Group
from traboule.kernel.small_numbers import SMALLEST

NAMES: Mapping[str, Promise] = {
    "positive_outcome_from_start": _("Work, training or internship, counted from the start of the duo"),
    "positive_outcome_from_end": _("Work, training or internship, counted from the end of the duo"),
    "stable_job_from_start": _("A stable job, counted from the start of the duo"),
    "stable_job_from_end": _("A stable job, counted from the end of the duo"),
    "worked_90_days": _("At least 90 days of work in the year after"),
    "reach_six_months": _("Duos that reach six months"),
    "mentors_again": _("Mentors who start again"),
    "days_to_match": _("Days from intake to a mentor"),
    "matched_in_a_month": _("A mentor found within a month"),
    "matched_in_six_months": _("A mentor found within six months"),
    "weekly_hours": _("Hours together a week"),
    "trained_before_first_duo": _("Mentors trained before their first duo"),
    "follow_up_6_months": _("Follow-up after 6 months answered"),
    "follow_up_12_months": _("Follow-up after 12 months answered"),
    "follow_up_18_months": _("Follow-up after 18 months answered"),
    "satisfaction_of_mentees": _("How useful mentees found it"),
    "satisfaction_of_mentors": _("How useful mentors found it"),
    "cost_per_duo": _("Cost of a duo"),
    "cost_per_outcome": _("Cost of a positive result"),
}
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
NO_FIGURE: Mapping[str, Promise] = {
    Said.NOBODY_YET: _("nobody yet"),
    Said.NOBODY_KNOWN: _("not known of anybody"),
    Said.NONE_COUNTS_YET: _("no result yet"),
    Said.BEYOND: _("longer than the window"),
    Said.TOO_FEW: _("fewer than 5 people"),
}
AMONG: Mapping[str, Promise] = {
    Among.DUOS_STARTED: _("all duos"),
    Among.DUOS_COMPLETED: _("duos that did not end early"),
    Among.DUOS_REACHABLE: _("duos whose mentee could be reached"),
    Among.MENTORS: _("mentors"),
    Among.MENTEES: _("mentees"),
}
CLOCKS: Mapping[str, Promise] = {
    Clock.DUO_START: _("from the start of the duo"),
    Clock.DUO_END: _("from the end of the duo"),
    Clock.INTAKE: _("from the intake"),
}
GRADES: Mapping[str, Promise] = {
    "declared": _("declared"),
    "documented": _("documented"),
    "verified": _("verified"),
}
WHYS: Mapping[str, Promise] = {
    Why.NEW: _("New in this report."),
    Why.GONE: _("Not in this report any more."),
    Why.DEFINITION: _("Defined otherwise now. The two numbers are not compared."),
}


def name_of(definition: Definition) -> str:
    """Name of an indicator; one that staff added bears its own name."""
    found = NAMES.get(definition.name)
    return str(found) if found is not None else definition.name.replace("_", " ")


def day(value: date) -> str:
    """A day, written out."""
    return date_format(value, "DATE_FORMAT")


def number(value: float, decimals: int) -> str:
    """A number with the decimal sign of the reader."""
    return str(number_format(round(value, decimals), decimals)).replace("-", "−")


def _share(value: float) -> str:
    return gettext("%(value)s %%") % {"value": number(value * 100, 0)}


def _days(value: float) -> str:
    return ngettext("%(n)s day", "%(n)s days", round(value)) % {"n": number(value, 0)}


def _hours(value: float) -> str:
    return gettext("%(n)s hours a week") % {"n": number(value, 1)}


def _rating(value: float) -> str:
    return gettext("%(n)s of 5") % {"n": number(value, 1)}


def _euros(value: float) -> str:
    return gettext("€%(n)s") % {"n": number(value / 100, 0)}


def say(definition: Definition, value: float | None) -> str:
    """A value in the unit of its indicator; a dash where there is none."""
    if value is None:
        return "–"
    units: dict[What, Callable[[float], str]] = {
        What.WAIT: _days,
        What.HOURS: _hours,
        What.RATING: _rating,
        What.SPENT: _euros,
    }
    if definition.measure is Measure.SHARE:
        return _share(value)
    if definition.measure is Measure.COST:
        return _euros(value)
    return units.get(definition.what, lambda plain: number(plain, 1))(value)


def value_of(found: Figure) -> str:
    """The figure itself, or why there is none."""
    numbers = found.numbers
    if numbers.said is Said.FIGURE:
        return say(found.definition, numbers.value)
    return str(NO_FIGURE[numbers.said])


def interval_of(found: Figure) -> str:
    """The interval, empty where there is none."""
    numbers = found.numbers
    if numbers.low is None:
        return ""
    low, high = say(found.definition, numbers.low), say(found.definition, numbers.high)
    if numbers.high is None:
        return gettext("at least %(low)s") % {"low": low}
    return gettext("%(low)s to %(high)s") % {"low": low, "high": high}


def bounds_of(found: Figure) -> str:
    """What it would be if all who are unknown failed, or succeeded; empty when everybody is known."""
    numbers = found.numbers
    if not found.missing or numbers.least is None or numbers.most is None:
        return ""
    ends = {"least": say(found.definition, numbers.least), "most": say(found.definition, numbers.most)}
    return gettext("%(least)s to %(most)s, whatever the unknown turn out to be") % ends


def people_of(found: Figure) -> str:
    """How many stand behind a figure, of how many it is known, and how many are not due yet."""
    if found.numbers.said is Said.TOO_FEW:
        return gettext("too few to say how many")
    said = gettext("%(known)s known of %(n)s") % {"known": found.known, "n": found.n}
    later = ngettext("%(n)s not yet due", "%(n)s not yet due", found.not_due) % {"n": found.not_due}
    return f"{said}, {later}" if found.not_due else said


def definition_of(definition: Definition) -> str:
    """A definition in one line: of whom, from when, how long, how strongly proven, which version."""
    window = ngettext("%(n)s month", "%(n)s months", definition.months) % {"n": definition.months}
    parts = [
        str(AMONG[definition.among]),
        str(CLOCKS[definition.clock]),
        *([window] if definition.months else []),
        str(GRADES.get(str(definition.grade), definition.grade)),
        gettext("version %(n)s") % {"n": definition.version},
    ]
    return ", ".join(parts)


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
    assert change.after is not None
    return [_step(step, change.after, exact) for step in change.steps]


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
    return f"{said} {gettext('After that: %(value)s.') % {'value': say(after.definition, step.numbers.value)}}"
