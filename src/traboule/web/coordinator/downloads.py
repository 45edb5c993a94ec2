"""Files to take away."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from traboule.tables.writing import csv_bytes


def csv_download(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A CSV that a spreadsheet opens by a double click and that can run nothing there."""
    response = HttpResponse(csv_bytes(header, rows, bom=True), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
