"""What the words of `traboule rtof` read: the fund's definition in YAML, and tables that follow it."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import typer

from traboule.cli.exits import Exit, end
from traboule.cli.inputs import STDIN, Inputs
from traboule.kernel.exchange.layout import Reading, Sheet, read_sheets
from traboule.kernel.exchange.reading import read_specification
from traboule.kernel.exchange.specification import Specification, SpecificationError
from traboule.tables.errors import Problem, Severity
from traboule.tables.reading import Table

LARGEST: Final = 4 * 1024 * 1024  # bytes of one file of the definition; the largest known has 12,000


def specification_in(folder: Path) -> Specification:
    """The definition in a folder, or in its subfolder `data` as the fund publishes it; else bad input."""
    home = folder if (folder / "records").is_dir() else folder / "data"
    if not (home / "records").is_dir() or not (home / "categories").is_dir():
        end(Exit.BAD_INPUT, [_problem(str(folder), "", "spec_folder")])
    problems: list[Problem] = []
    records = dict(_parsed(home / "records", problems))
    categories = dict(_parsed(home / "categories", problems))
    workflow = dict(_parsed(home, problems, "workflow.yml")).get("workflow")
    if problems:
        end(Exit.BAD_INPUT, problems)
    try:
        return read_specification(records, categories, workflow)
    except SpecificationError as error:
        end(Exit.BAD_INPUT, [
            _problem(f"{home}: {fault.place}", fault.value, fault.code, *fault.params)
            for fault in error.faults
        ])  # fmt: skip


def _problem(place: str, value: str, code: str, *params: tuple[str, str | int]) -> Problem:
    return Problem(place, 1, "-", value, code, params)


def _parsed(folder: Path, problems: list[Problem], pattern: str = "*.yml") -> Iterator[tuple[str, Any]]:
    load = _loader()
    for path in sorted(folder.glob(pattern)):
        try:
            content = path.read_bytes()
            if len(content) > LARGEST:
                problems.append(_problem(str(path), "", "too_large", ("limit", LARGEST // 1024**2)))
            else:
                yield path.stem, load(content)
        except OSError as error:
            problems.append(_problem(str(path), "", "unreadable", ("reason", error.strerror or "?")))
        except (ValueError, RecursionError) as error:
            reason = " ".join(str(error).split())[:200]
            problems.append(_problem(str(path), "", "spec_yaml", ("reason", reason)))


@lru_cache
def _loader() -> Callable[[bytes], Any]:
    """YAML with every scalar as the text it is: the country code NO stays NO."""
    try:
        # By name: it comes with a package that the pages need, and no page or other command needs it itself.
        yaml = import_module("yaml")
    except ImportError:
        end(Exit.BAD_INPUT, [_problem("yaml", "", "spec_library")])

    def load(content: bytes) -> Any:
        try:  # the base loader makes texts, lists and mappings, and no other object
            return yaml.load(content, Loader=yaml.BaseLoader)
        except yaml.YAMLError as error:
            raise ValueError(str(error)) from error

    return load


def sheets_in(names: Iterable[str], specification: Specification) -> tuple[Reading, list[Problem]]:
    """The entries of all files, and warnings; files that are no such tables end the command."""
    names = list(names)
    whole = [name if name == STDIN else os.path.realpath(name) for name in names]
    if len(set(whole)) < len(whole):
        raise typer.BadParameter("each file once")
    inputs = Inputs()
    tables = [table for name in names if (table := inputs.table(name))]
    problems = [*inputs.problems, *(problem for table in tables for problem in table.problems)]
    reading = read_sheets(specification, map(_sheet, tables))
    for table in tables:
        problems += _of_header(table, reading)
    if any(problem.severity is Severity.ERROR for problem in problems):
        end(Exit.BAD_INPUT, problems)
    return reading, problems


def _sheet(table: Table) -> Sheet:
    return Sheet(table.name, table.header, [(row.line, row.cells) for row in table.rows])


def _of_header(table: Table, reading: Reading) -> Iterator[Problem]:
    for name in reading.doubled[table.name]:
        yield Problem(table.name, table.header_line, name, name, "duplicate_column")
    if strangers := reading.strangers[table.name]:
        nothing = len(strangers) == sum(map(bool, table.header))
        code = "rtof_nothing" if nothing else "unknown_columns"
        severity = Severity.ERROR if nothing else Severity.WARNING
        yield Problem(table.name, table.header_line, "-", " ".join(strangers), code, (), severity)
