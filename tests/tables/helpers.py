"""Small files for the tests of reading: real XLSX, real Windows-1252, and look-ups that know a few places."""

import io
import zipfile
from datetime import date
from typing import Any

from openpyxl import Workbook

AS_OF = date(2026, 11, 23)
PLACES = {
    ("69009", "FR"): (45.773, 4.803, False, "69389", "Lyon 9e Arrondissement"),
    ("01000", "FR"): (46.2, 5.22, True, "01053", "Bourg-en-Bresse"),
    ("1000", "BE"): (50.85, 4.35, False, "21004", "Bruxelles"),
}
COMMUNES = {("69389", "FR"): PLACES["69009", "FR"], ("01053", "FR"): PLACES["01000", "FR"]}


class FewLookups:
    """Three postcodes, four occupations, four languages."""

    def place(self, postcode: str, country: str, commune: str) -> tuple[float, float, bool, str, str] | None:
        return COMMUNES.get((commune, country)) if commune else PLACES.get((postcode, country))

    def occupation(self, code: str) -> bool:
        return code in ("M1805", "G1602", "J1501", "N1101")

    def language(self, code: str) -> str | None:
        return {"fr": "fr", "fra": "fr", "ar": "ar", "prs": "prs", "ti": "ti"}.get(code.lower())


def xlsx(rows: list[list[Any]]) -> bytes:
    """The rows as the first sheet of a real workbook that has a second one."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.create_sheet("other").append(["not", "read"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(content: bytes, name: str, data: bytes, *, declared: int | None = None) -> bytes:
    """An XLSX file with one more (or a replaced) part; ``declared`` lies about its size in the directory."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
        if declared is not None:
            new.infolist()[-1].file_size = declared
    return stream.getvalue()


def bomb(megabytes: int, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """An XLSX file whose sheet inflates to that many MiB of zeros, written without holding them in memory."""
    stream = io.BytesIO()
    base = xlsx([["id"]])
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        with new.open(name, "w") as sheet:
            for _ in range(megabytes):
                sheet.write(b"0" * 1024**2)
    return stream.getvalue()
