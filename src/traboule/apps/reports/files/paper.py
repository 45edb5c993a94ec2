"""A report on paper: tagged, dated by the report and not by the clock; the board's fits on one page."""

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext, override

from traboule.apps.reports.enums import ReportKind
from traboule.apps.reports.files import words
from traboule.apps.reports.files.told import FigureTold, TableTold, Told
from traboule.core.pdf import render
from traboule.kernel.indicators import Measure

PAPER = Path(__file__).resolve().parent / "report.typ"
SIZES = (10.0, 9.0, 8.0, 7.2)
"""Sizes of text, in points, that are tried until the page of the board is one page."""


def pdf_of(told: Told, digest: str, now: datetime) -> bytes:
    """Return the report as a PDF in its language."""
    with override(told.head.language):
        values = values_of(told, digest, now)
    if told.head.kind != ReportKind.BOARD:
        return render(PAPER, {**values, "size": SIZES[0]}, language=told.head.language)
    for size in SIZES:
        content = render(PAPER, {**values, "size": size}, language=told.head.language)
        if _pages(content) == 1:
            break
    return content


def values_of(told: Told, digest: str, now: datetime) -> dict[str, Any]:
    """Return what the paper says, in the language that is switched on."""
    head = told.head
    day = now.astimezone(ZoneInfo(head.branch.timezone)).date()
    return {
        "day": [day.year, day.month, day.day],
        "association": head.branch.organisation.name,
        "branch": head.branch.name,
        "title": head.title,
        "facts": [fact for fact in _facts(told, words.day(day)) if fact[1]],
        "note": told.note,
        "path": _path(told),
        "figures": {
            "title": gettext("Figures"),
            "heads": [gettext("Figure"), gettext("Value"), gettext("95 % interval"), gettext("People")],
            "rows": [_figure(one) for one in told.figures],
        },
        "tables": [_table(table) for table in told.tables],
        "changes": _changes(told),
        "foot": [
            gettext("An interval says where the figure of many such groups would lie, 95 times in 100."),
            gettext("SHA-256 of the frozen report: %(digest)s") % {"digest": digest},
            gettext("Made by Traboule %(version)s") % {"version": version("traboule")},
        ],
    }


def _facts(told: Told, issued: str) -> list[list[str]]:
    number = gettext("%(kind)s, number %(number)s") % {"kind": told.kind, "number": told.number}
    return [
        [gettext("Report"), number],
        [gettext("For whom"), told.head.addressee],
        [gettext("Period"), told.period],
        [gettext("Figures as of"), told.as_of],
        [gettext("Issued"), issued],
    ]


def _path(told: Told) -> dict[str, Any] | None:
    if not told.path:
        return None
    top = max([count or 0 for _, count, _ in told.path] or [0]) or 1
    return {
        "title": gettext("From contact to result"),
        "heads": [gettext("Step"), gettext("Mentees so far"), gettext("Last time")],
        "rows": [
            [name, words.count(count), "–" if last is None else str(last), (count or 0) / top]
            for name, count, last in told.path
        ],
    }


def _figure(one: FigureTold) -> dict[str, Any]:
    numbers = one.found.numbers
    is_share = one.found.definition.measure is Measure.SHARE and numbers.value is not None
    against = gettext("published or promised: %(value)s") % {"value": one.against} if one.against else ""
    return {
        "name": one.name,
        "value": one.value,
        "is-number": numbers.value is not None,
        "interval": one.interval,
        "people": one.people,
        "small": " · ".join(part for part in (one.definition, one.bounds, against) if part),
        "line": [numbers.low, numbers.value, numbers.high] if is_share and numbers.low is not None else None,
    }


def _table(table: TableTold) -> dict[str, Any]:
    hidden = table.found.hidden
    text = ngettext(
        "%(n)s group shows no number, so that nobody can be recognised.",
        "%(n)s groups show no number, so that nobody can be recognised.",
        hidden,
    )
    return {
        "title": gettext("%(figure)s: %(by)s") % {"figure": table.title, "by": table.by},
        "text": gettext("Those whose time was over within the period."),
        "heads": [
            gettext("Group"),
            gettext("n"),
            gettext("Count"),
            gettext("Missing"),
            gettext("Share"),
            gettext("Compared"),
        ],
        "rows": [list(line) for line in table.lines],
        "hidden": text % {"n": hidden} if hidden else "",
        "nobody": "" if table.lines else gettext("Nobody in this period."),
    }


def _changes(told: Told) -> dict[str, Any]:
    title = gettext("What changed since the last one, and why")
    if not told.before:
        return {"title": title, "text": gettext("This is the first report of its kind."), "rows": []}
    text = gettext("Compared with %(report)s.") % {"report": told.before}
    if not told.changes:
        text = f"{text} {gettext('Nothing changed.')}"
    rows = [[one.name, f"{one.before} → {one.after}", _joined(one.reasons)] for one in told.changes]
    return {"title": title, "text": text, "rows": rows}


def _joined(parts: Sequence[str]) -> str:
    return " ".join(parts)


def _pages(content: bytes) -> int:
    import pikepdf

    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)
