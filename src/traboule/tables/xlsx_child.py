"""Run as a script, fenced in: an XLSX file on standard input, its first sheet as JSON lines on standard
output.

Imports nothing of Traboule. Arguments: bytes of memory, seconds of processor time. Exits 3 with a code for
a file that cannot be read; anything worse (memory, time) ends the process.
"""

import datetime as dt
import io
import json
import sys
from typing import Any


def fence(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the parent's clock still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def as_text(value: Any) -> str:
    """A cell as somebody would type it: whole numbers without decimals, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def main() -> int:
    fence(int(sys.argv[1]), int(sys.argv[2]))
    # openpyxl takes numpy along when it is there: half the memory, for nothing.
    sys.modules["numpy"] = None  # type: ignore[assignment]  # None makes the import fail, as documented
    from openpyxl import load_workbook

    try:
        book = load_workbook(
            io.BytesIO(sys.stdin.buffer.read()), read_only=True, data_only=True, keep_links=False
        )
        if not book.worksheets:
            sys.stdout.write("xlsx_no_sheet")
            return 3
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        lines = []
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [as_text(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                lines.append(json.dumps([number, cells]))
    except MemoryError:
        return 4
    except Exception:
        sys.stdout.write("xlsx_broken")
        return 3
    sys.stdout.write("\n".join(lines) + "\n" if lines else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
