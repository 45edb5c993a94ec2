"""What reports told readers outside; what of a new one may stand beside that and beside tables for funders.

The frozen bytes hold who stands behind each number, so nothing more is recorded: an issued report is its own
record. The board is no reader outside: its reports are neither held nor counted here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.queries.figures import facts_at_hand
from traboule.apps.indicators.queries.handed import latest_of, names_of, numbers_out, renamed
from traboule.apps.people.enums import Permission
from traboule.apps.reports.enums import OUTSIDE
from traboule.apps.reports.models import Report, ReportDraft
from traboule.apps.reports.queries.content import NOT_DUE, Content, GroupTable, Line, content_of, thawed
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.remember import remembered
from traboule.kernel.exchange.beside import Number, People, may_be_shown
from traboule.kernel.exchange.standing import may_stand
from traboule.kernel.indicators import Figure
from traboule.kernel.indicators.fairness import REST, Heard
from traboule.kernel.indicators.groups import PARTS, cells_of, person
from traboule.kernel.indicators.release import Table
from traboule.kernel.indicators.verdicts import Verdict


def prepared(*, actor: Actor, branch: Branch, draft: ReportDraft) -> Content:
    """Return a report as it may be issued now. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    content = content_of(actor=actor, branch=branch, draft=draft, earlier=tables_issued(branch.pk))
    if draft.kind not in OUTSIDE:
        return content
    days = f"{draft.kind} {draft.first} {draft.last} {draft.as_of}"
    days += "".join(one.definition.fingerprint for one in content.figures.values())
    return remembered(branch.pk, f"report {days}", lambda: _beside(branch, content))


def latest_out(branch_id: int) -> tuple[int, ...]:
    """Return what went out last: a report is kept only if nothing did since it was worked out."""
    last: int = (
        Report.everywhere.filter(branch=branch_id).order_by("-pk").values_list("pk", flat=True).first() or 0
    )
    return (last, *latest_of(branch_id))


def tables_issued(branch_id: int) -> list[Table]:
    """Return every table by group that a branch has issued, in order: a new one is held against them."""
    return [table.table for content in _issued(branch_id) for table in content.tables]


def numbers_issued(branch_id: int) -> list[Number]:
    """Return every number that the reports of a branch told readers outside, with who stands behind it."""
    return [number for content in _issued(branch_id) for number in _numbers(content)]


def last_issued(branch_id: int) -> int:
    """Return the number of the row of the last report for readers outside; 0 if there is none."""
    rows = Report.everywhere.filter(branch=branch_id, kind__in=OUTSIDE).order_by("-pk")
    return rows.values_list("pk", flat=True).first() or 0


def _issued(branch_id: int) -> list[Content]:
    rows = Report.everywhere.filter(branch=branch_id, kind__in=OUTSIDE).order_by("pk")
    return [thawed(report) for report in rows]


def _numbers(content: Content) -> Iterator[Number]:
    for unit, sets in _units(content.figures).items():
        is_hidden = unit in content.hidden or _is_small(content.figures[unit.removesuffix(NOT_DUE)])
        yield from (Number(who, None if is_hidden else len(who)) for who in sets)
    for found in content.tables:
        yield from (Number(cell.people, cell.number) for cell in found.table.cells)


def _is_small(found: Figure) -> bool:
    return 0 < found.n < found.definition.floor


def _units(figures: Mapping[str, Figure]) -> dict[str, list[People]]:
    """What is shown or hidden as a whole: a figure by its name, and apart from it those who are not due."""
    units: dict[str, list[People]] = {
        name: list(cells_of(one, name).values()) for name, one in figures.items()
    }
    for name, one in figures.items():
        rows = [row for row in one.rows if row.verdict is Verdict.NOT_DUE]
        units[name + NOT_DUE] = [frozenset(person(one.definition, row.id) for row in rows)]
    return units


def _beside(branch: Branch, content: Content) -> Content:
    facts = facts_at_hand(branch)
    earlier, names = numbers_out(branch, facts), names_of(facts)
    units = {
        unit: [renamed(who, names) for who in sets]
        for unit, sets in _units(content.figures).items()
        if not _is_small(content.figures[unit.removesuffix(NOT_DUE)])
    }
    stands = may_stand(units, earlier)
    gone = {unit for unit in units if unit not in stands}
    gone |= {name + NOT_DUE for name in gone if name in content.figures}
    held = replace(content, hidden=frozenset(gone))
    told = [Number(renamed(one.people, names), one.printed) for one in _numbers(replace(held, tables=()))]
    return replace(held, tables=_tables_beside(held.tables, [*earlier, *told]))


def _tables_beside(tables: Sequence[GroupTable], earlier: Sequence[Number]) -> tuple[GroupTable, ...]:
    """Tables that were held against each other already, now beside everything else as well."""
    every = [(place, cell) for place, one in enumerate(tables) for cell in one.table.cells]
    hidden = [Number(cell.people, None) for _, cell in every if not cell.is_shown]
    shown = sorted(
        ((place, cell) for place, cell in every if cell.is_shown), key=lambda one: -len(one[1].people)
    )
    cells: dict[tuple[int, str], People] = {(place, cell.key): cell.people for place, cell in shown}
    stands = may_be_shown(cells, [*earlier, *hidden])
    return tuple(
        _without(one, {key for at, key in cells if at == place and (at, key) not in stands})
        for place, one in enumerate(tables)
    )


def _without(found: GroupTable, gone: set[str]) -> GroupTable:
    if not gone:
        return found
    cells = tuple(
        replace(cell, is_shown=cell.is_shown and cell.key not in gone) for cell in found.table.cells
    )
    table = replace(found.table, cells=cells)
    return replace(found, lines=tuple(_line(line, table.shown) for line in found.lines), table=table)


def _line(line: Line, shown: Mapping[str, int | None]) -> Line:
    counts: dict[str, Any] = {part: shown[f"{line.value}|{part}"] for part in ("n", "yes", "missing")}
    if any(shown[f"{line.value}|{part}"] is None for part in PARTS):
        return replace(line, **counts, share=None, heard=Heard.HIDDEN)
    if any(shown.get(f"{REST}{line.value}|{part}", 0) is None for part in PARTS):
        return replace(line, heard=Heard.HIDDEN)
    return line
