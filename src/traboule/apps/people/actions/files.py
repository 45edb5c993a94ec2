"""An import in stages: stage the file, map its columns, then apply it whole or not at all."""

from datetime import datetime

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.people.actions._bulk import Applied, write_drafts
from traboule.apps.people.enums import ImportState, Permission, Side
from traboule.apps.people.models import ImportRun
from traboule.apps.people.queries.files import ImportPreview, columns_of, guessed_mapping, preview_of
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import NotAllowed, authorise
from traboule.core.scope import locked
from traboule.tables.people import GROUP_PREFIX
from traboule.tables.reading import read_table


class ImportClosed(ValueError):
    """This import was applied or discarded already."""


class ImportHasErrors(ValueError):
    """Rows are wrong: nothing was written. ``preview`` says which."""

    def __init__(self, preview: ImportPreview) -> None:
        super().__init__(str(preview.counts))
        self.preview = preview


class BadMapping(ValueError):
    """A mapping names an unknown header or column, or one column twice."""


@transaction.atomic
def stage_import(
    *, branch: Branch, side: Side, content: bytes, file_name: str, by: Actor, now: datetime
) -> ImportRun:
    """Read a CSV or XLSX file and keep its rows for the next step, with a guess at what its columns are.

    Raises tables.errors.TableError when the file is no table.
    """
    authorise(by, Permission.PEOPLE_IMPORT, branch.pk)
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise NotAllowed(Permission.PEOPLE_IMPORT)
    name = file_name.replace("\\", "/").rsplit("/", 1)[-1][:200]
    table = read_table(content, name)
    run = ImportRun.everywhere.create(
        branch=branch,
        side=side,
        file_name=name,
        shape={
            "header": list(table.header),
            "header_line": table.header_line,
            "is_xlsx": table.is_xlsx,
            "problems": [
                [found.line, found.column, found.value, found.code, list(found.params), found.severity.value]
                for found in table.problems
            ],
        },
        rows=[[row.line, row.cells] for row in table.rows],
        mapping=guessed_mapping(list(table.header), side),
        staged_by_id=by.id,
        staged_at=now,
    )
    _record("import.staged", run, {"side": side, "rows": len(table.rows)}, by, now)
    return run


@transaction.atomic
def map_columns(*, run: ImportRun, mapping: dict[str, str], by: Actor, now: datetime) -> ImportRun:
    """Say which header is which column ("" for none). Raises BadMapping, ImportClosed."""
    run = _open(run, by)
    known = set(columns_of(run.side))
    chosen = [column for column in mapping.values() if column]
    free = {column for column in chosen if run.side == Side.MENTEE and column.startswith(GROUP_PREFIX)}
    if (
        set(mapping) - set(run.shape["header"])
        or set(chosen) - known - free
        or len(chosen) != len(set(chosen))
    ):
        raise BadMapping
    run.mapping = {written: mapping.get(written, "") for written in run.shape["header"]}
    run.state = ImportState.MAPPED
    run.save(update_fields=["mapping", "state"])
    return run


@transaction.atomic
def apply_import(*, run: ImportRun, by: Actor, now: datetime) -> ImportRun:
    """Write every row, or none: raises ImportHasErrors with the preview. The staged rows are then emptied.

    ``run.counts`` holds how many were new, changed and unchanged. The same file again changes nothing.
    """
    run = _open(run, by)
    preview = preview_of(run, local_day(now, run.branch.timezone))
    if not preview.can_apply:
        raise ImportHasErrors(preview)
    applied: Applied = write_drafts(run.branch_id, Side(run.side), preview.drafts, now)
    run.counts = {name: count for name, count in preview.counts.items() if name != "error"}
    run.state, run.applied_at, run.rows = ImportState.APPLIED, now, []
    run.save(update_fields=["counts", "state", "applied_at", "rows"])
    _record(
        "people.imported", run, {"side": run.side, "new": applied.new, "changed": applied.changed}, by, now
    )
    return run


@transaction.atomic
def discard_import(*, run: ImportRun, by: Actor, now: datetime) -> ImportRun:
    """Forget a staged file: its rows are emptied."""
    run = _open(run, by)
    run.state, run.rows = ImportState.DISCARDED, []
    run.save(update_fields=["state", "rows"])
    _record("import.discarded", run, {}, by, now)
    return run


def _open(run: ImportRun, by: Actor) -> ImportRun:
    authorise(by, Permission.PEOPLE_IMPORT, run.branch_id)
    run = locked(run)
    if run.state in (ImportState.APPLIED, ImportState.DISCARDED):
        raise ImportClosed
    return run


def _record(verb: str, run: ImportRun, facts: dict[str, object], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=run.branch_id,
        verb=verb,
        subject_type="import",
        subject_id=run.pk,
        facts=facts,
    )
