"""Writing tables that a spreadsheet may open: no cell becomes a formula, no file is ever half written.

A text that a spreadsheet would run (it begins with = + - @ TAB CR or LF, or a full-width form of these)
gets an apostrophe in front in CSV and is typed as text in XLSX. Numbers and telephone numbers (-3.5, +33 6
12 34 56 78) stay as they are: nothing in them can be run.
"""

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

Cell = str | int | float | Decimal | None

_MARK: Final = "'"
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_PHONE: Final = re.compile(r"\+(?=(?:[^0-9]*[0-9]){6,15}[^0-9]*$)[0-9][0-9 .()\u00a0\u202f-]*[0-9]", re.ASCII)


def runs_as_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for more than text."""
    if not text.lstrip(" \u00a0").startswith(_RUNS):
        return False
    return not (_NUMBER.fullmatch(text) or _PHONE.fullmatch(text))


def neutral(value: Cell) -> Cell:
    """The value for a CSV cell: a text that could run gets an apostrophe in front, everything else is
    unchanged.
    """
    if isinstance(value, str) and (runs_as_formula(value) or _looks_marked(value)):
        return _MARK + value
    return value


def _looks_marked(text: str) -> bool:
    """A text that really begins with apostrophes and a formula gets one more, so that reading it back is
    exact.
    """
    return text.startswith(_MARK) and runs_as_formula(text.lstrip(_MARK))


def without_mark(text: str) -> str:
    """The inverse of ``neutral``, for files that Traboule wrote and reads again."""
    return text[1:] if text.startswith(_MARK) and runs_as_formula(text.lstrip(_MARK)) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file for other programs: UTF-8, commas, one line feed a record."""
    return "".join(f"{line}\n" for line in _records(header, rows, delimiter=",")).encode()


def spreadsheet_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, separator: str) -> bytes:
    """A CSV file for a double click in Excel: a byte order mark, the separator of the reader's country.

    Every cell is quoted, so that a spreadsheet of another country cannot split one and run what comes after.
    """
    lines = _records(header, rows, delimiter=separator, quoting=csv.QUOTE_ALL)
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _records(header: Sequence[str], rows: Iterable[Sequence[Cell]], **dialect: Any) -> list[str]:
    lines = _Lines()
    # Only with both in its line end does the writer put quotes around a lone CR too.
    writer = csv.writer(lines, lineterminator="\r\n", **dialect)
    writer.writerow([neutral(cell) for cell in header])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return [line.removesuffix("\r\n") for line in lines.kept]


class _Lines:
    """Takes what a csv.writer writes, one record at a time."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def write(self, record: str) -> None:
        self.kept.append(record)


def xlsx_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "Traboule") -> bytes:
    """An XLSX file with one sheet; every text is typed as text, whatever it begins with."""
    return book_bytes({sheet: (header, rows)})


def book_bytes(sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """An XLSX file with a sheet for each name (31 signs at most): header and rows, texts typed as text."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, (header, rows) in sheets.items():
        page = book.create_sheet(name)
        for row in (header, *rows):
            page.append([_typed(page, value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _typed(page: Any, value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    text = ILLEGAL_CHARACTERS_RE.sub(" ", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(page, value=float(text) if isinstance(text, Decimal) else text)
    if isinstance(text, str):
        cell.data_type = "s"
        cell.quotePrefix = runs_as_formula(text)
    return cell


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write all files or none: each to a temporary neighbour first, then every one renamed into place.

    A target that is no ordinary file (a pipe, /dev/stdout) is written straight. Raises OSError.
    """
    waiting: list[tuple[str, Path]] = []
    straight: list[tuple[Path, bytes]] = []
    try:
        for path, content in contents.items():
            target = Path(os.path.realpath(path))
            if target.exists() and not target.is_file():
                straight.append((path, content))
                continue
            try:
                waiting.append((_beside(target, content), target))
            except OSError as error:  # the caller knows the target, not its neighbour
                raise OSError(error.errno, error.strerror, str(path)) from error
        for path, content in straight:
            path.write_bytes(content)
        while waiting:
            os.replace(*waiting[0])
            waiting.pop(0)
    finally:
        for left_over, _ in waiting:
            with suppress(OSError):
                os.unlink(left_over)


def _beside(target: Path, content: bytes) -> str:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
    except BaseException:
        os.unlink(name)
        raise
    return name


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
