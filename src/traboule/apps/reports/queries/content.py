"""What a report holds: figures with their rows, the path, tables by group; worked out, frozen, read back.

The frozen bytes are for this house alone: they hold the rows behind each figure and the people of each
cell, as numbers, so that the next report can say what changed and no two tables give somebody away together.
What is handed out is in the files.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib.metadata import version
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.queries.definitions import in_force
from traboule.apps.indicators.queries.figures import figures_of
from traboule.apps.reports.enums import ReportKind
from traboule.apps.reports.models import Report, ReportDraft
from traboule.apps.reports.queries.members import members_of
from traboule.apps.reports.queries.path import Path, path_of
from traboule.core.actors import Actor
from traboule.kernel.indicators import Figure, of_rows, without_small_numbers
from traboule.kernel.indicators.definition import canonical
from traboule.kernel.indicators.fairness import GroupRate, Heard, fairness
from traboule.kernel.indicators.frozen import FORMAT as FIGURES_FORMAT
from traboule.kernel.indicators.frozen import Frozen, thaw
from traboule.kernel.indicators.release import Cell, Table

FORMAT = 1
OF_BOARD = (
    # Both clocks, so that nobody chooses the higher one.
    "positive_outcome_from_start",
    "positive_outcome_from_end",
    "reach_six_months",
    "mentors_again",
    "days_to_match",
    "satisfaction_of_mentees",
)
OF_FUNDER = (
    *("positive_outcome_from_start", "positive_outcome_from_end", "stable_job_from_start"),
    *("stable_job_from_end", "worked_90_days", "reach_six_months", "days_to_match", "matched_in_a_month"),
    *("weekly_hours", "satisfaction_of_mentees"),
)
OF_TABLES = ("positive_outcome_from_start", "positive_outcome_from_end", "reach_six_months")


@dataclass(frozen=True, slots=True)
class Line:
    """One group in a table. None: hidden. ``share``: value, low, high."""

    value: str
    heard: Heard
    n: int | None
    yes: int | None
    missing: int | None
    share: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class GroupTable:
    """One figure by one group, as it was released; `table` holds who is in which cell."""

    figure: str
    by: str
    lines: tuple[Line, ...]
    table: Table

    @property
    def hidden(self) -> int:
        """How many groups do not show their numbers."""
        return sum(line.n is None or line.yes is None or line.missing is None for line in self.lines)


@dataclass(frozen=True, slots=True)
class Content:
    """What a report says. ``path`` and ``tables`` are empty for kinds that have none."""

    figures: Mapping[str, Figure]
    path: Path = ()
    tables: tuple[GroupTable, ...] = ()

    @property
    def list_digest(self) -> str:
        """SHA-256 of the list of rows that every figure is made of."""
        rows = {name: [row.id for row in found.rows] for name, found in self.figures.items()}
        return hashlib.sha256(canonical(rows)).hexdigest()


def names_of(kind: str, known: Iterable[str]) -> list[str]:
    """Return which figures a kind of report holds, in its order; the collective table has all of them."""
    order = {ReportKind.BOARD.value: OF_BOARD, ReportKind.FUNDER.value: OF_FUNDER}.get(kind)
    return list(known) if order is None else [name for name in order if name in set(known)]


def content_of(*, actor: Actor, branch: Branch, draft: ReportDraft, earlier: Sequence[Table] = ()) -> Content:
    """Work a report out as of its day. Raises NotVisible (404), NotAllowed (403).

    ``earlier``: every table that the branch has issued. Tables count those whose window closed within the
    period: such groups are closed, so that two reports in a row cannot be subtracted from each other.
    """
    known = in_force(on=draft.as_of)
    used = {name: known[name] for name in names_of(draft.kind, known)}
    figures = figures_of(actor=actor, branch=branch, as_of=draft.as_of, definitions=used)
    path: Path = ()
    if draft.kind == ReportKind.BOARD:
        path = path_of(actor=actor, branch=branch, as_of=draft.as_of)
    tables: tuple[GroupTable, ...] = ()
    if draft.kind == ReportKind.FUNDER:
        closed = {name: within_period(figures[name], draft) for name in OF_TABLES if name in figures}
        tables = _tables(branch, closed, earlier)
    return Content(figures, path, tables)


def within_period(found: Figure, draft: ReportDraft) -> Figure:
    """Return the figure of those whose window closed from the first to the last day of a report."""
    rows = [
        row
        for row in found.rows
        if row.last is not None and draft.first <= row.last + timedelta(days=1) <= draft.last
    ]
    return of_rows(found.definition, found.as_of, rows)


def _tables(
    branch: Branch, figures: Mapping[str, Figure], earlier: Sequence[Table]
) -> tuple[GroupTable, ...]:
    compared = fairness(figures, members_of(branch), earlier)
    return tuple(
        GroupTable(one.figure, str(one.by), tuple(_line(row) for row in one.rows), one.table)
        for one in compared
    )


def _line(row: GroupRate) -> Line:
    share = None if row.share is None else (row.share.value, row.share.low, row.share.high)
    return Line(row.value, row.heard, row.n, row.yes, row.missing, share)


# --- frozen and read back ----------------------------------------------------------------------------------


def frozen(content: Content, head: Mapping[str, Any]) -> bytes:
    """Return everything as canonical JSON. ``head``: what the report says of itself, as JSON values."""
    return canonical(
        {
            "format": FORMAT,
            "code": version("traboule"),
            "report": dict(head),
            "figures": json.loads(Frozen(content.figures).data)["figures"],
            "order": list(content.figures),
            "list": content.list_digest,
            "path": [list(step) for step in content.path],
            "tables": [_plain_table(table) for table in content.tables],
        }
    )


def thawed(report: Report) -> Content:
    """Read the content of an issued report back; nothing is worked out again."""
    raw = json.loads(bytes(report.frozen))
    found = thaw(canonical({"format": FIGURES_FORMAT, "figures": raw["figures"]})).figures
    return Content(
        {name: found[name] for name in raw["order"]},
        tuple((step, count) for step, count in raw["path"]),
        tuple(_read_table(plain) for plain in raw["tables"]),
    )


def _plain_table(found: GroupTable) -> dict[str, Any]:
    return {
        "figure": found.figure,
        "by": found.by,
        "lines": [
            [line.value, line.heard, line.n, line.yes, line.missing, list(line.share) if line.share else None]
            for line in found.lines
        ],
        "name": found.table.name,
        "floor": found.table.floor,
        "cells": [
            [cell.key, sorted(list(person) for person in cell.people), cell.is_shown]  # type: ignore[call-overload]  # ("duo", number)
            for cell in found.table.cells
        ],
    }


def _read_table(plain: Mapping[str, Any]) -> GroupTable:
    lines = tuple(
        Line(value, Heard(heard), n, yes, missing, tuple(share) if share else None)
        for value, heard, n, yes, missing, share in plain["lines"]
    )
    cells = tuple(
        Cell(key, frozenset((kind, number) for kind, number in people), shown)
        for key, people, shown in plain["cells"]
    )
    return GroupTable(plain["figure"], plain["by"], lines, Table(plain["name"], plain["floor"], cells))


def without_rows(content: Content) -> Content:
    """Return what may be handed out: small figures hidden, no row, nobody's number in a cell."""
    figures = {name: replace(without_small_numbers(one), rows=()) for name, one in content.figures.items()}
    tables = tuple(replace(table, table=replace(table.table, cells=())) for table in content.tables)
    return replace(content, figures=figures, tables=tables)
