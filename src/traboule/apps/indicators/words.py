"""A definition in one sentence, a value in its unit, a verdict in a word: in the language of the reader."""

from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from traboule.apps.indicators import phrases
from traboule.apps.outcomes.enums import EvidenceGrade
from traboule.core.spoken import spoken_euros
from traboule.kernel.indicators import Among, Clock, Definition, Figure, Grade, Measure, Said, Verdict, What

Label = str | Promise

NAMES: Mapping[str, Label] = {
    "positive_outcome_from_start": _("Job, internship or training, from the start"),
    "positive_outcome_from_end": _("Job, internship or training, from the end"),
    "stable_job_from_start": _("Stable job, from the start"),
    "stable_job_from_end": _("Stable job, from the end"),
    "worked_90_days": _("90 days worked in the year after"),
    "reach_six_months": _("Duos that reach six months"),
    "mentors_again": _("Mentors who start again"),
    "weekly_hours": _("Hours a week together"),
    "trained_before_first_duo": _("Trained before the first duo"),
    "days_to_match": _("Days until a duo"),
    "matched_in_a_month": _("A duo within a month"),
    "matched_in_six_months": _("A duo within six months"),
    "follow_up_6_months": _("Reached after 6 months"),
    "follow_up_12_months": _("Reached after 12 months"),
    "follow_up_18_months": _("Reached after 18 months"),
    "satisfaction_of_mentees": _("How useful it was, mentees say"),
    "satisfaction_of_mentors": _("How useful it was, mentors say"),
    "cost_per_duo": _("Cost of a duo"),
    "cost_per_outcome": _("Cost of a job, an internship or a training"),
}
# Where the figures of others stand that the shipped definitions are held against, by the words of the kernel.
SOURCES: Mapping[str, Label] = {
    "duoforajob.be, impact page: within 12 months; clock not said": _(
        "duoforajob.be, impact page: within 12 months; clock not said"
    ),
    "duoforajob.be, impact page: contract of 3 months or more; clock not said": _(
        "duoforajob.be, impact page: contract of 3 months or more; clock not said"
    ),
    "contract with Actiris, 2014 to 2017: 90 days in the year after": _(
        "contract with Actiris, 2014 to 2017: 90 days in the year after"
    ),
    "OECD Youth Policy Toolkit: 15 days to a month": _("OECD Youth Policy Toolkit: 15 days to a month"),
    "défi-autonomie 2025": _("défi-autonomie 2025"),
    "published: 8 in 10, no window named; six months is the choice of this house": _(
        "published: 8 in 10, no window named; six months is the choice of this house"
    ),
    "OECD Youth Policy Toolkit: two hours a week": _("OECD Youth Policy Toolkit: two hours a week"),
    "OECD Youth Policy Toolkit: training, then match": _("OECD Youth Policy Toolkit: training, then match"),
}
MEASURES: Mapping[str, Label] = {
    Measure.SHARE: _("a share"),
    Measure.MEAN: _("the mean"),
    Measure.MEDIAN: _("the middle value (median)"),
    Measure.TOTAL: _("the sum"),
    Measure.COST: _("the cost of each one that counts"),
}
AMONG: Mapping[str, Label] = {
    Among.DUOS_STARTED: _("all duos that started"),
    Among.DUOS_COMPLETED: _("duos that did not end early"),
    Among.DUOS_REACHABLE: _("duos of whom somebody still answered"),
    Among.MENTORS: _("mentors"),
    Among.MENTEES: _("mentees"),
}
CLOCKS: Mapping[str, Label] = {
    Clock.DUO_START: _("the start of the duo"),
    Clock.DUO_END: _("the end of the duo"),
    Clock.INTAKE: _("the day of intake"),
}
GRADES: Mapping[str, Label] = {
    Grade.DECLARED: EvidenceGrade.DECLARED.label,
    Grade.DOCUMENTED: EvidenceGrade.DOCUMENTED.label,
    Grade.ADMINISTRATIVE: EvidenceGrade.ADMINISTRATIVE.label,
}
VERDICTS: Mapping[Verdict, Label] = {
    Verdict.YES: pgettext_lazy("verdict on a row", "counts"),
    Verdict.NO: pgettext_lazy("verdict on a row", "does not count"),
    Verdict.BEYOND: pgettext_lazy("verdict on a row", "waited longer than we look"),
    Verdict.BELOW_GRADE: pgettext_lazy("verdict on a row", "said, but not proven enough"),
    Verdict.REFUSED: pgettext_lazy("verdict on a row", "would rather not say"),
    Verdict.UNREACHABLE: pgettext_lazy("verdict on a row", "not reached"),
    Verdict.UNKNOWN: pgettext_lazy("verdict on a row", "not known"),
    Verdict.NOT_DUE: pgettext_lazy("verdict on a row", "not yet due"),
    Verdict.OUTSIDE: pgettext_lazy("verdict on a row", "not among those counted"),
    Verdict.NO_CLOCK: pgettext_lazy("verdict on a row", "no first day written down"),
}
WITHOUT_A_NUMBER: Mapping[Said, Label] = {
    Said.NOBODY_YET: _("Nobody yet: no time is up."),
    Said.NOBODY_KNOWN: _("Not known of anybody yet."),
    Said.NONE_COUNTS_YET: _("Nothing that counts yet, so nothing to divide by."),
    Said.BEYOND: _("More than half waited longer than we look."),
}


def name_of(name: str) -> str:
    """Return what people call a definition; one that the house does not know keeps its code."""
    return str(NAMES.get(name, name))


def source_of(definition: Definition) -> str:
    """Return where the figure stands that a definition is held against; what staff wrote stays as written."""
    return str(SOURCES.get(definition.source, definition.source))


def sentence(definition: Definition) -> str:
    """Return a definition in one sentence, and a second one if only proof counts."""
    said = [phrases.SENTENCES[definition.what](definition)]
    if definition.grade is Grade.DOCUMENTED:
        said.append(gettext("Only what a paper proves counts."))
    elif definition.grade is Grade.ADMINISTRATIVE:
        said.append(gettext("Only what a register proves counts."))
    return " ".join(said)


def clock_of(definition: Definition) -> str:
    """Return clock and window: "within 12 months after the end of the duo"."""
    return phrases.window(definition)


def value_in_words(definition: Definition, value: float | None) -> str:
    """Return a value in its unit: "72 %", "1.9 hours a week", "23 days"; a dash where there is none."""
    if value is None:
        return "–"
    if definition.measure is Measure.SHARE:
        return gettext("%(share)s %%") % {"share": _number(100 * value, 0)}
    if definition.measure is Measure.COST or definition.what is What.SPENT:
        return spoken_euros(round(value))
    if definition.what is What.HOURS:
        return gettext("%(hours)s hours a week") % {"hours": _number(value, 1)}
    if definition.what is What.RATING:
        return gettext("%(mean)s of 5") % {"mean": _number(value, 1)}
    days = round(value)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": _number(days, 0)}


def row_value(definition: Definition, value: float) -> str:
    """Return what was measured of one row, in its unit: of a share of days worked the days themselves."""
    if definition.measure is Measure.SHARE:
        days = round(value)
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": _number(days, 0)}
    return value_in_words(definition, value)


def figure_in_words(found: Figure) -> str:
    """Return the value of a figure, or why there is none."""
    numbers = found.numbers
    if numbers.said is Said.FIGURE:
        return value_in_words(found.definition, numbers.value)
    if numbers.said is Said.TOO_FEW:
        return gettext("Fewer than %(floor)s people: not shown.") % {"floor": found.definition.floor}
    return str(WITHOUT_A_NUMBER[numbers.said])


def span_in_words(definition: Definition, ends: Sequence[float | None]) -> str:
    """Return "60 % to 80 %"; an upper end that is not known reads "60 % or more"; nothing without ends."""
    low, high = ends
    if low is None:
        return ""
    least = value_in_words(definition, low)
    if high is None:
        return gettext("%(low)s or more") % {"low": least}
    return gettext("%(low)s to %(high)s") % {"low": least, "high": value_in_words(definition, high)}


def _number(value: float, decimals: int) -> str:
    return str(number_format(round(value, decimals), decimals, force_grouping=True))
