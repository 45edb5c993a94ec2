"""A funder's table in words: groups, levels, indicators and figures in the reader's language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from traboule.kernel.exchange.crosstable import TOTAL, UNKNOWN, CrossTable
from traboule.kernel.indicators.groups import Group

GROUPS: dict[str, Any] = {
    Group.SEX: pgettext_lazy("a group of people", "Gender"),
    Group.AGE_BAND: gettext_lazy("Age at the start"),
    Group.SCHOOLING: gettext_lazy("Schooling"),
    Group.TERRITORY: gettext_lazy("Territory"),
}
INDICATORS: dict[str, Any] = {
    "positive_outcome_from_start": gettext_lazy(
        "A job, an internship or a training within 12 months after the start"
    ),
    "positive_outcome_from_end": gettext_lazy(
        "A job, an internship or a training within 12 months after the end"
    ),
    "stable_job_from_start": gettext_lazy("A job of 3 months or more within 12 months after the start"),
    "stable_job_from_end": gettext_lazy("A job of 3 months or more within 12 months after the end"),
    "worked_90_days": gettext_lazy("90 days of work or more in the year after the end, with papers"),
    "reach_six_months": gettext_lazy("The duo reached six months"),
}
LEVELS: dict[str, Any] = {
    "f": gettext_lazy("Woman"),
    "m": gettext_lazy("Man"),
    "x": pgettext_lazy("gender", "Other"),
    "17-": gettext_lazy("under 18"),
    "30+": gettext_lazy("30 and over"),
    "none": pgettext_lazy("schooling", "none"),
    "secondary": pgettext_lazy("schooling", "secondary school"),
    "bachelor": pgettext_lazy("schooling", "bachelor or the like"),
    "master": pgettext_lazy("schooling", "master or the like"),
    TOTAL: gettext_lazy("Everybody"),
    UNKNOWN: gettext_lazy("Not known"),
}
HIDDEN = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is read: where it stands, counts, the share with its interval, the bounds."""

    place: tuple[str, ...]
    counts: tuple[str, ...]
    share: str
    interval: str
    bounds: str
    is_total: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """Everything after the place, in the order of ``heads``."""
        return (*self.counts, self.share, self.interval, self.bounds)


def level(name: str) -> str:
    """A level in words; what has no word of its own stands for itself."""
    return str(LEVELS.get(name, name))


def heads(table: CrossTable) -> list[str]:
    """The header of every table of figures: groups first."""
    groups = [str(GROUPS.get(name, name)) for name in (table.down, table.across) if name]
    return [*groups, *counted(), _("Share"), _("Interval (95 %)"), _("If nobody, if all of the unknown")]


def counted() -> list[str]:
    """The names of the counts."""
    return [_("People"), _("Yes"), _("No"), _("Not known"), _("Not due yet")]


def lines(table: CrossTable, indicator: str, say: Callable[[str], str] = level) -> Iterator[Line]:
    """The rows of one indicator, total last; ``say`` puts a level into words."""
    for row, column in product(table.rows, table.columns):
        found = table.figure(row, column, indicator)
        counts = (found.people, found.yes, found.no, found.unknown, found.not_due)
        share = found.share
        yield Line(
            place=tuple(say(name) for name in (row, column)[: 2 if table.across else 1]),
            counts=tuple(HIDDEN if count is None else str(count) for count in counts),
            share=_percent(share.value) if share else "–",
            interval=_span(share.low, share.high) if share else "–",
            bounds="–" if found.least is None or found.most is None else _span(found.least, found.most),
            is_total=TOTAL in (row, column),
        )


def _percent(share: float) -> str:
    return _("%(number)s %%") % {"number": number_format(round(100 * share), 0)}


def _span(low: float, high: float) -> str:
    ends = {"low": number_format(round(100 * low), 0), "high": number_format(round(100 * high), 0)}
    return _("%(low)s to %(high)s %%") % ends


def spreadsheet(table: CrossTable) -> tuple[list[str], list[list[str | int | float | None]]]:
    """The same for a spreadsheet: a row for each indicator and place, numbers as numbers."""
    header = [_("Indicator"), *heads(table)[:-3]]
    header += [_("Share"), _("Share, low"), _("Share, high"), _("At least"), _("At most")]
    rows: list[list[str | int | float | None]] = []
    for indicator, row, column in product(table.indicators, table.rows, table.columns):
        found = table.figure(row, column, indicator)
        share = found.share
        counts = (found.people, found.yes, found.no, found.unknown, found.not_due)
        ends = (share.value, share.low, share.high) if share else (None, None, None)
        places = [level(name) for name in (row, column)[: 2 if table.across else 1]]
        rows.append([
            str(INDICATORS.get(indicator, indicator)), *places,
            *(HIDDEN if count is None else count for count in counts),
            *(None if end is None else round(end, 3) for end in (*ends, found.least, found.most)),
        ])  # fmt: skip
    return header, rows
