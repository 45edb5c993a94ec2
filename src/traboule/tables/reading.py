"""From a file of unknown make to a table of text cells: what it is, its encoding, its separator.

The content decides, never the name: CSV (comma, semicolon or tab; UTF-8 with or without BOM, or
Windows-1252) or XLSX (first sheet, behind the guard of ``xlsx``).
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from traboule.tables.errors import Problem, TableError
from traboule.tables.words import header_key
from traboule.tables.writing import without_mark

LARGEST_CSV: Final = 512 * 1024 * 1024
_LARGEST_CELL: Final = 1024 * 1024  # characters
_SEPARATORS: Final = ";\t,"
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    """Cells as trimmed text, as many as the header has, and the line on which the row begins."""

    line: int
    cells: list[str]


@dataclass(slots=True)
class Table:
    """A header and rows; ``problems`` are those of shape (ragged rows, doubled headers), found while
    reading.
    """

    name: str
    header: tuple[str, ...]
    rows: list[Row]
    header_line: int = 1
    is_xlsx: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def keys(self) -> tuple[str, ...]:
        """The headers in their comparable form."""
        return tuple(header_key(column) for column in self.header)


def read_table(source: bytes | Path, name: str = "") -> Table:
    """The table in a file, or in bytes that were read already.

    ``name`` stands in the problems (default: the path). Raises TableError when the file is no table at all.
    """
    name = name or str(source if isinstance(source, Path) else "-")
    content = _content(source, name)
    if content.startswith(_ZIP):
        from traboule.tables.xlsx import xlsx_lines

        return _table(name, xlsx_lines(content, name), is_xlsx=True)
    text = decode(content, name)
    return _table(name, _csv_lines(text, name))


def _content(source: bytes | Path, name: str) -> bytes:
    try:
        content = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise _refusal(name, "unreadable", reason=error.strerror or type(error).__name__) from error
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise _refusal(name, "empty_file")
    if len(content) > LARGEST_CSV:
        raise _refusal(name, "too_large", limit=LARGEST_CSV // 1024**2)
    return content


def _refusal(name: str, code: str, line: int = 1, value: str = "", **params: str | int) -> TableError:
    return TableError([Problem(name, line, "-", value, code, tuple(params.items()))])


def decode(content: bytes, name: str) -> str:
    """Text in UTF-8 or, failing that, Windows-1252; raises TableError for anything that is no text."""
    if content.lstrip()[:5].startswith(b"%PDF"):
        raise _refusal(name, "is_pdf", value="%PDF")
    if content.startswith(_OLD_EXCEL):
        raise _refusal(name, "is_old_excel")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refusal(name, "is_utf16")
    if (place := content.find(b"\x00")) >= 0:
        half_empty = content[:400].count(b"\x00") * 3 > len(content[:400])
        code = "is_utf16" if half_empty and place < 4 else "is_binary"
        raise _refusal(name, code, line=_line_of(content, place), value="\\x00")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            place = error.start
    raise _refusal(name, "bad_encoding", line=_line_of(content, place), value=f"\\x{content[place]:02x}")


def _line_of(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands for the lines that could not be split into cells."""

    code: str
    value: str


Line = tuple[int, "list[str] | Unreadable"]


def _csv_lines(text: str, name: str) -> Iterator[Line]:
    """Line number and cells of each row that holds anything."""
    csv.field_size_limit(_LARGEST_CELL)
    separator, skipped = _separator(text)
    stream = io.StringIO(text, newline="")
    for _ in range(skipped):
        next(stream)
    reader = csv.reader(stream, delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cells):
                yield begins + skipped, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        start = io.StringIO(text, newline="")
        line = next((line for number, line in enumerate(start, 1) if number == begins + skipped), "")
        code = "too_large" if "field larger than" in str(error) else "bad_quotes"
        yield begins + skipped, Unreadable(code, line)


def _separator(text: str) -> tuple[str, int]:
    """The separator that the header uses most outside quotes; how many lines Excel's ``sep=`` takes."""
    stream = io.StringIO(text, newline="")
    for number, line in enumerate(stream):
        said = line.strip().lower()
        if (
            number == 0
            and said.startswith("sep=")
            and said[4:] in (";", ",", "")
            and len(line.rstrip("\r\n")) == 5
        ):
            return line[4], 1
        if said.strip(";,"):
            unquoted = "".join(line.split('"')[::2])
            return max(_SEPARATORS, key=unquoted.count) if any(map(unquoted.count, _SEPARATORS)) else ",", 0
    return ",", 0


def _table(name: str, lines: Iterator[Line], *, is_xlsx: bool = False) -> Table:
    header_line, first = next(lines, (1, []))
    if isinstance(first, Unreadable):
        raise TableError([_unreadable(name, header_line, first)])
    header = [cell.strip() for cell in first]
    while header and not header[-1]:
        header.pop()
    if not any(map(header_key, header)):
        raise _refusal(name, "no_header")
    table = Table(name, tuple(header), [], header_line, is_xlsx)
    table.problems += _doubled(table)
    for line, cells in lines:
        if isinstance(cells, Unreadable):
            table.problems.append(_unreadable(name, line, cells))
            break
        _add_row(table, line, cells)
    return table


def _unreadable(name: str, line: int, found: Unreadable) -> Problem:
    params = (("limit", _LARGEST_CELL // 1024**2),) if found.code == "too_large" else ()
    return Problem(name, line, "-", found.value, found.code, params)


def _doubled(table: Table) -> Iterator[Problem]:
    seen: set[str] = set()
    for column, key in zip(table.header, table.keys, strict=True):
        if key and key in seen:
            yield Problem(table.name, table.header_line, column, column, "duplicate_column")
        seen.add(key)


def _add_row(table: Table, line: int, cells: list[str]) -> None:
    width = len(table.header)
    found = [without_mark(cell) if cell[:1] == "'" else cell for cell in map(str.strip, cells)]
    if not any(found):
        return
    if len(found) != width:
        surplus = found[width:]
        if any(surplus):
            table.problems.append(
                _ragged(table, line, "too_many_cells", next(filter(None, surplus)), len(found))
            )
            return
        if len(found) < width and not table.is_xlsx:
            table.problems.append(_ragged(table, line, "too_few_cells", found[-1], len(found)))
            return
        found = found[:width] + [""] * (width - len(found))
    table.rows.append(Row(line, found))


def _ragged(table: Table, line: int, code: str, value: str, cells: int) -> Problem:
    return Problem(table.name, line, "-", value, code, (("columns", len(table.header)), ("cells", cells)))
