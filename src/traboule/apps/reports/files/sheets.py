"""A report for spreadsheets and for machines: XLSX with one sheet a subject, CSV in one table, JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, override

from traboule.apps.reports.files.told import FigureTold, TableTold, Told
from traboule.tables.writing import Cell, book_bytes, spreadsheet_bytes

Rows = list[list[Cell]]
# Where the decimal sign is a comma, Excel expects semicolons between cells.
COMMA = frozenset(("fr", "nl"))
PLACES = 4


def xlsx_of(told: Told, digest: str) -> bytes:
    """Return a workbook: about, figures, and what the kind has of tables, path and changes.

    Numbers are numbers: shares from 0 to 1, waits in days, money in cents.
    """
    with override(told.head.language):
        sheets: dict[str, tuple[Sequence[str], Rows]] = {
            gettext("About"): ([gettext("What"), gettext("Value")], _about(told, digest)),
            gettext("Figures"): (_figure_head(), [_figure_row(one) for one in told.figures]),
        }
        if told.path:
            head = [gettext("Step"), gettext("People"), gettext("Last time")]
            sheets[gettext("Path")] = (head, [list(step) for step in told.path])
        if told.tables:
            sheets[gettext("By group")] = (_table_head(), _table_rows(told.tables))
        if told.before:
            head = [gettext("Figure"), gettext("Before"), gettext("Now"), gettext("Why")]
            rows: Rows = [[one.name, one.before, one.after, " ".join(one.reasons)] for one in told.changes]
            sheets[gettext("What changed")] = (head, rows)
        return book_bytes(sheets)


def csv_of(told: Told, digest: str) -> bytes:
    """Return all figures and tables as one table that a spreadsheet of the language opens by double click."""
    with override(told.head.language):
        is_comma = told.head.language in COMMA
        head = [gettext("Group"), *_figure_head()]
        rows: Rows = [[gettext("everybody"), *_figure_row(one)] for one in told.figures]
        rows += [_group_row(table, n) for table in told.tables for n in range(len(table.lines))]
        rows.append([f"SHA-256 {digest}"])
        said = [[_written(cell, is_comma) for cell in row] for row in rows]
        return spreadsheet_bytes(head, said, separator=";" if is_comma else ",")


def json_of(told: Told, digest: str) -> bytes:
    """Return what may be handed out, for machines: no rows, hidden numbers as null; sorted keys."""
    head = told.head
    public = {
        "report": {
            "branch": head.branch.slug,
            "kind": head.kind,
            "number": told.number,
            "period": [head.first.isoformat(), head.last.isoformat()],
            "as_of": head.as_of.isoformat(),
            "language": head.language,
            "title": head.title,
            "addressee": head.addressee,
            "note": told.note,
        },
        "frozen_sha256": digest,
        "figures": [_figure_plain(one) for one in told.figures],
        "path": [{"step": step, "people": count} for step, count in told.content.path],
        "tables": [_table_plain(table) for table in told.tables],
        "changes": [
            {"figure": one.name, "before": one.before, "now": one.after, "why": list(one.reasons)}
            for one in told.changes
        ],
    }
    return json.dumps(public, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"


def _about(told: Told, digest: str) -> Rows:
    head = told.head
    return [
        [gettext("Association"), head.branch.organisation.name],
        [gettext("Branch"), head.branch.name],
        [gettext("Title"), head.title],
        [gettext("Kind"), told.kind],
        [gettext("Number"), told.number],
        [gettext("For whom"), head.addressee],
        [gettext("Period"), told.period],
        [gettext("As of"), head.as_of.isoformat()],
        [gettext("Note"), told.note],
        [gettext("Report before"), told.before],
        [gettext("SHA-256 of the frozen report"), digest],
    ]


def _figure_head() -> list[str]:
    return [
        gettext("Figure"),
        gettext("Value"),
        gettext("From (95 %)"),
        gettext("To (95 %)"),
        gettext("n"),
        gettext("Known"),
        gettext("Count"),
        gettext("Missing"),
        gettext("Not yet due"),
        gettext("At least"),
        gettext("At most"),
        gettext("In words"),
        gettext("Definition"),
        gettext("As of"),
        gettext("SHA-256 of the definition"),
    ]


def _figure_row(one: FigureTold) -> list[Cell]:
    found, numbers = one.found, one.found.numbers
    is_told = bool(found.counts)
    counts: list[Cell] = [found.n, found.known, found.hits, found.missing, found.not_due]
    return [
        one.name,
        *[_round(value) for value in (numbers.value, numbers.low, numbers.high)],
        *(counts if is_told else [None] * len(counts)),
        *[_round(value) for value in (numbers.least, numbers.most)],
        one.value,
        one.definition,
        found.as_of.isoformat(),
        found.definition.fingerprint,
    ]


def _table_head() -> list[str]:
    return [
        gettext("Figure"),
        gettext("Told apart"),
        gettext("Group"),
        gettext("n"),
        gettext("Count"),
        gettext("Missing"),
        gettext("Value"),
        gettext("From (95 %)"),
        gettext("To (95 %)"),
        gettext("In words"),
    ]


def _table_rows(tables: Sequence[TableTold]) -> Rows:
    hidden = gettext("hidden")
    return [
        [
            table.title,
            table.by,
            said[0],
            *[hidden if count is None else count for count in (line.n, line.yes, line.missing)],
            *[_round(part) for part in line.share or (None, None, None)],
            said[5],
        ]
        for table in tables
        for line, said in zip(table.found.lines, table.lines, strict=True)
    ]


def _group_row(table: TableTold, place: int) -> list[Cell]:
    line, said = table.found.lines[place], table.lines[place]
    parts: Sequence[float | None] = line.share or (None, None, None)
    known = None if line.n is None or line.missing is None else line.n - line.missing
    counts: list[Cell] = [line.n, known, line.yes, line.missing]
    return [
        f"{table.by}{gettext(': ')}{said[0]}",
        table.title,
        *[_round(part) for part in parts],
        *[gettext("hidden") if count is None else count for count in counts],
        *[None] * 3,
        said[5],
    ]


def _written(cell: Cell, is_comma: bool) -> Cell:
    return str(cell).replace(".", ",") if is_comma and isinstance(cell, float) else cell


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)


def _figure_plain(one: FigureTold) -> Mapping[str, Any]:
    found, numbers = one.found, one.found.numbers
    names = ("said", "value", "low", "high", "least", "most", "interval")
    return {
        "name": found.definition.name,
        "title": one.name,
        "definition": found.definition.plain,
        "definition_sha256": found.definition.fingerprint,
        "as_of": found.as_of.isoformat(),
        "numbers": {name: getattr(numbers, name) for name in names},
        "counts": {str(verdict): number for verdict, number in found.counts},
        "n": found.n if found.counts else None,
        "known": found.known if found.counts else None,
    }


def _table_plain(table: TableTold) -> Mapping[str, Any]:
    return {
        "figure": table.found.figure,
        "by": table.found.by,
        "groups": [
            {
                "group": line.value,
                "heard": line.heard,
                "n": line.n,
                "yes": line.yes,
                "missing": line.missing,
                "share": list(line.share) if line.share else None,
            }
            for line in table.found.lines
        ],
    }
