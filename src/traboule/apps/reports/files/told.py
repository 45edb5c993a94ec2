"""A report in words of its own language: what all four files and the page say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext, override

from traboule.apps.indicators.words import figure_in_words, name_of, span_in_words, value_in_words
from traboule.apps.reports.enums import ReportKind
from traboule.apps.reports.files import words
from traboule.apps.reports.models import Report
from traboule.apps.reports.queries.content import Content, GroupTable, Line, thawed, without_rows
from traboule.kernel.indicators import Figure, without_small_numbers
from traboule.kernel.indicators.changes import Change


class Head(Protocol):
    """What a draft and an issued report have in common."""

    branch: Any
    kind: str
    first: date
    last: date
    as_of: date
    language: str
    title: str
    addressee: str


@dataclass(frozen=True, slots=True)
class FigureTold:
    """One figure: words, and the figure without its rows and small numbers for those who compute."""

    name: str
    value: str
    interval: str
    bounds: str
    people: str
    definition: str
    against: str
    found: Figure


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """What changed in one figure, and why; ``before`` and ``after`` in words."""

    name: str
    before: str
    after: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableTold:
    """One table by group: each line with its words."""

    title: str
    by: str
    lines: tuple[tuple[str, ...], ...]
    found: GroupTable


@dataclass(frozen=True, slots=True)
class Told:
    """Everything, in the words of the language of the report."""

    head: Head
    number: int
    note: str
    kind: str
    period: str
    as_of: str
    figures: tuple[FigureTold, ...]
    path: tuple[tuple[str, int | None, int | None], ...]
    tables: tuple[TableTold, ...]
    changes: tuple[ChangeTold, ...]
    before: str
    content: Content


def told(
    head: Head,
    content: Content,
    before: Report | None,
    changed: Sequence[Change],
    *,
    number: int,
    note: str = "",
) -> Told:
    """Say a report in its language."""
    with override(head.language):
        return said_here(head, content, before, changed, number=number, note=note)


def said_here(
    head: Head,
    content: Content,
    before: Report | None,
    changed: Sequence[Change],
    *,
    number: int,
    note: str = "",
    exact: bool = False,
) -> Told:
    """Say a report in the language that is switched on; ``exact`` for staff who may see the rows."""
    public = without_rows(content)
    last = dict(thawed(before).path) if before and content.path else {}
    return Told(
        head=head,
        number=number,
        note=note,
        kind=str(ReportKind(head.kind).label),
        period=gettext("%(first)s to %(last)s")
        % {"first": words.day(head.first), "last": words.day(head.last)},
        as_of=words.day(head.as_of),
        figures=tuple(figure_told(found) for found in public.figures.values()),
        path=tuple((str(words.STEPS[step]), count, last.get(step)) for step, count in content.path),
        tables=tuple(_table(table) for table in public.tables),
        changes=tuple(_change(change, exact) for change in changed if change.whys),
        before=_before(before),
        content=public,
    )


def figure_told(found: Figure) -> FigureTold:
    """One figure, whose small numbers are hidden already, in words."""
    definition = found.definition
    return FigureTold(
        name=name_of(definition.name),
        value=figure_in_words(found),
        interval=span_in_words(definition, (found.numbers.low, found.numbers.high)),
        bounds=words.bounds_of(found),
        people=words.people_of(found),
        definition=words.definition_of(definition),
        against="" if definition.against is None else value_in_words(definition, definition.against),
        found=found,
    )


def _before(before: Report | None) -> str:
    if before is None:
        return ""
    said = {"number": before.number, "day": words.day(before.as_of)}
    return gettext("number %(number)s, as of %(day)s") % said


def _change(change: Change, exact: bool) -> ChangeTold:
    before, after = (
        figure_in_words(without_small_numbers(one)) if one is not None else "–"
        for one in (change.before, change.after)
    )
    return ChangeTold(name_of(change.name), before, after, tuple(words.reasons_of(change, exact=exact)))


def _table(table: GroupTable) -> TableTold:
    title = name_of(table.figure)
    return TableTold(title, str(words.GROUPS[table.by]), tuple(_line(line) for line in table.lines), table)


def _line(line: Line) -> tuple[str, ...]:
    """Group, n, how many count, how many are missing, the share with its interval, what may be said."""
    share = "–"
    if line.share is not None:
        value, low, high = (words.number(100 * part, 0) for part in line.share)
        share = gettext("%(value)s %% (%(low)s to %(high)s %%)") % {"value": value, "low": low, "high": high}
    shown = [words.count(count) for count in (line.n, line.yes, line.missing)]
    return words.value_name(line.value), *shown, share, str(words.HEARD[line.heard])
