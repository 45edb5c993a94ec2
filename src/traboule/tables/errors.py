"""A problem in a file: where it is, what stands there, what was expected."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from traboule.tables.messages import MESSAGES

_LONGEST_VALUE: Final = 60


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``code`` is a key of ``messages.MESSAGES`` and ``params`` fill its placeholders.

    ``line`` is the physical line of the file (row of the sheet), the header included, from 1; ``column``
    the header as written, or ``-`` where the whole line or file is meant.
    """

    file: str
    line: int
    column: str
    value: str
    code: str
    params: tuple[tuple[str, str | int], ...] = ()
    severity: Severity = Severity.ERROR

    def expected(self, translate: Callable[[str], str] = str) -> str:
        """What was expected, in a sentence; ``translate`` maps the English msgid to the reader's language."""
        return translate(MESSAGES[self.code]) % dict(self.params)

    def in_words(self, translate: Callable[[str], str] = str) -> str:
        """The whole finding on one line: file, line, column, value, and what was expected."""
        mark = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        where = f"{self.file}:{self.line}:{self.column}"
        return f"{where}: {shown(self.value)}: {mark}{self.expected(translate)}"

    def __str__(self) -> str:
        return self.in_words()


def shown(value: str) -> str:
    """A value on one line: control characters escaped, long ones cut, nothing at all said as such."""
    if not value.strip():
        return "(empty)"
    flat = "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in value.strip()
    )
    return flat if len(flat) <= _LONGEST_VALUE else flat[: _LONGEST_VALUE - 1] + "…"


class TableError(Exception):
    """A file that cannot be read as a table at all; ``problems`` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class CellError(ValueError):
    """A cell that its column does not allow; the reader adds file, line and column.

    ``value`` names the part of the cell that is wrong when it is not the whole; ``others`` are
    further wrong items of the same cell.
    """

    def __init__(self, code: str, value: str | None = None, **params: str | int) -> None:
        self.code, self.value, self.params = code, value, params
        self.others: tuple[CellError, ...] = ()
        super().__init__(code)
