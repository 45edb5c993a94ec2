"""What applying an import would do, row by row; computed the same way for the preview and for the apply."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.models import ImportRun, Person
from traboule.apps.people.queries._drafts import Draft, draft_of, refuse_second_rows
from traboule.apps.people.queries._known import known_people
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.reference import languages, occupations, places
from traboule.tables.columns import Reading, guess_mapping
from traboule.tables.errors import Problem, Severity, TableError
from traboule.tables.people import (
    GROUP_PREFIX,
    MENTEE_COLUMNS,
    MENTOR_COLUMNS,
    SYNONYMS,
    PersonRow,
    read_mentees,
    read_mentors,
)
from traboule.tables.reading import Row, Table


class RowStatus(StrEnum):
    """What applying does with one row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem at its place, in the reader's language."""

    line: int
    column: str
    value: str
    message: str | Promise
    is_warning: bool


@dataclass(slots=True)
class PreviewRow:
    """One row of the file and what becomes of it; ``fields`` are the names that would change."""

    line: int
    external_id: str
    name: str
    status: RowStatus
    fields: list[str] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


@dataclass(slots=True)
class ImportPreview:
    """The whole file as it would be applied. Nothing is applied while there is an error."""

    rows: list[PreviewRow]
    file_problems: list[RowProblem]
    drafts: list[Draft]
    counts: dict[str, int]

    @property
    def can_apply(self) -> bool:
        """Whether no row and no column stands in the way."""
        errors = [problem for problem in self.file_problems if not problem.is_warning]
        return bool(self.drafts) and not errors and not self.counts.get(RowStatus.ERROR, 0)


class Lookups:
    """Reference data as the reader of tables asks for it."""

    def place(self, postcode: str, country: str, commune: str) -> tuple[float, float, bool, str, str] | None:
        """Return latitude, longitude, estimated, code and name of the commune; None if there is none."""
        found = places.locate(postcode or None, country, commune or None)
        if found is None:
            return None
        commune_found = found if isinstance(found, places.Commune) else found.communes[0]
        if commune and isinstance(found, places.Area):
            return None
        return found.lat, found.lon, found.estimated, commune_found.code, commune_found.name

    def occupation(self, code: str) -> bool:
        """Say whether the ROME code exists."""
        return occupations.get(code) is not None

    def language(self, code: str) -> str | None:
        """Return the code under which a language is compared."""
        return languages.canonical(code)


def columns_of(side: str) -> list[str]:
    """Return the columns that a file of this side may have, in the order of the contract."""
    return [column.name for column in (MENTOR_COLUMNS if side == Side.MENTOR else MENTEE_COLUMNS)]


def guessed_mapping(header: list[str], side: str) -> dict[str, str]:
    """Return for each header as written the column that it most likely is, "" for none."""
    columns = MENTOR_COLUMNS if side == Side.MENTOR else MENTEE_COLUMNS
    return guess_mapping(header, columns, SYNONYMS, "" if side == Side.MENTOR else GROUP_PREFIX)


def find_import(*, actor: Actor, branch: Branch, pk: int) -> ImportRun:
    """Return one import of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.PEOPLE_IMPORT, branch.pk)
    run = ImportRun.objects.visible_to(actor).filter(branch=branch, pk=pk).first()
    if run is None:
        raise NotVisible
    return run


def import_preview(*, actor: Actor, run: ImportRun, today: date) -> ImportPreview:
    """Return what applying ``run`` with its mapping would do on ``today``."""
    authorise(actor, Permission.PEOPLE_IMPORT, run.branch_id)
    return preview_of(run, today)


def preview_of(run: ImportRun, today: date) -> ImportPreview:
    """Compute the preview; the caller has authorised."""
    table = _table_of(run)
    read = read_mentors if run.side == Side.MENTOR else read_mentees
    reading: Reading[Any] = read(table, Lookups(), as_of=today, mapping=run.mapping)
    drafts = _drafts(run, table, reading.rows, today)
    rows = _preview_rows(table, drafts, reading.problems, run.mapping)
    on_rows = {row.line for row in table.rows}
    counted = Counter(row.status.value for row in rows)
    return ImportPreview(
        rows=rows,
        file_problems=[_translated(problem) for problem in reading.problems if problem.line not in on_rows],
        drafts=drafts,
        counts={status.value: counted.get(status.value, 0) for status in RowStatus},
    )


def translated(error: TableError) -> list[RowProblem]:
    """Return the problems of a file that is no table, in the reader's language."""
    return [_translated(problem) for problem in error.problems]


def _table_of(run: ImportRun) -> Table:
    return Table(
        name=run.file_name,
        header=tuple(run.shape["header"]),
        rows=[Row(line, cells) for line, cells in run.rows],
        header_line=run.shape["header_line"],
        is_xlsx=run.shape["is_xlsx"],
        problems=[
            Problem(
                run.file_name,
                line,
                column,
                value,
                code,
                tuple((key, found) for key, found in params),
                Severity(severity),
            )
            for line, column, value, code, params, severity in run.shape["problems"]
        ],
    )


def _drafts(run: ImportRun, table: Table, rows: list[PersonRow], today: date) -> list[Draft]:
    filled = _filled_columns(run, table)
    known = known_people(run.branch_id)
    twins = _twins(run.branch_id)
    branch_names = {run.branch.name, run.branch.slug}
    drafts = [
        draft_of(
            row,
            Side(run.side),
            known,
            filled=filled[row.line],
            today=today,
            branch_names=branch_names,
            twins=twins,
        )
        for row in rows
    ]
    refuse_second_rows(drafts)
    return drafts


def _twins(branch_id: int) -> dict[tuple[str, str], str]:
    """Return who holds an e-mail address, or a name and birth date: the same again may be the same person."""
    found = {}
    for person in Person.everywhere.filter(branch_id=branch_id):
        if person.email:
            found["email", person.email.lower()] = person.external_id
        if person.birth_date and person.last_name:
            found[f"{person.first_name} {person.last_name}".lower(), str(person.birth_date)] = (
                person.external_id
            )
    return found


def _filled_columns(run: ImportRun, table: Table) -> dict[int, frozenset[str]]:
    """Return by line the columns whose cell is not empty: an empty cell never overwrites what is known."""
    names = [run.mapping.get(written, "") for written in table.header]
    return {
        row.line: frozenset(
            name for name, cell in zip(names, row.cells, strict=False) if name and cell.strip()
        )
        for row in table.rows
    }


def _preview_rows(
    table: Table, drafts: list[Draft], problems: list[Problem], mapping: dict[str, str]
) -> list[PreviewRow]:
    by_line: dict[int, list[RowProblem]] = {}
    for problem in problems:
        by_line.setdefault(problem.line, []).append(_translated(problem))
    headers = {column: written for written, column in mapping.items() if column}
    drafted = {draft.row.line: draft for draft in drafts}
    id_at = next(
        (number for number, written in enumerate(table.header) if mapping.get(written) == "id"), None
    )
    shown = []
    for row in table.rows:
        draft = drafted.get(row.line)
        found = list(by_line.get(row.line, ()))
        if draft is not None:
            found += [
                RowProblem(row.line, headers.get(column, column), value, _(text), is_warning)
                for column, value, text, is_warning in draft.problems
            ]
        is_wrong = draft is None or any(not problem.is_warning for problem in found)
        shown.append(
            PreviewRow(
                line=row.line,
                external_id=draft.row.id if draft else (row.cells[id_at] if id_at is not None else ""),
                name=draft.name if draft else "",
                status=RowStatus.ERROR if is_wrong or draft is None else RowStatus(draft.status),
                fields=draft.changed if draft else [],
                problems=found,
            )
        )
    return shown


def _translated(problem: Problem) -> RowProblem:
    return RowProblem(
        line=problem.line,
        column=problem.column,
        value=problem.value,
        message=problem.expected(_),
        is_warning=problem.severity is Severity.WARNING,
    )
