"""Files to take away."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import get_language

from traboule.tables.writing import spreadsheet_bytes

# Where the decimal sign is a comma, Excel expects semicolons between cells.
SEMICOLON: Final = frozenset(("fr", "nl"))


def csv_download(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A CSV that a spreadsheet opens by a double click and that can run nothing there."""
    separator = ";" if (get_language() or "")[:2] in SEMICOLON else ","
    content = spreadsheet_bytes(header, rows, separator=separator)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
