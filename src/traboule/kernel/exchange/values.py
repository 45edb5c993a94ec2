"""Values as a fund's definition writes them: ISO dates and months, whole numbers, lists as one line of CSV.

Strict on purpose: a value that is merely readable (31/12/2022, 5.0) is not what the fund asked for.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from traboule.kernel.exchange.layout import SEPARATOR

# A year from 1000 on: what `date` holds, in four digits.
_DATE: Final = re.compile(r"([1-9]\d{3})-(\d{2})-(\d{2})", re.ASCII)
_MONTH: Final = re.compile(r"([1-9]\d{3})-(\d{2})", re.ASCII)
_YEAR: Final = re.compile(r"[1-9]\d{3}", re.ASCII)
_WHOLE: Final = re.compile(r"-?\d+", re.ASCII)
# github.com/dwp/nino-format-validation, which the definition names; blanks are taken out before it is sent.
_NINO: Final = re.compile(
    r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]?", re.ASCII
)
_NINO_BODY: Final = 8
"""The last letter does not tell two numbers apart."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, a month or a year (``kind``): its first and its last day."""

    first: date
    last: date
    kind: str

    def is_after(self, other: "Moment") -> bool:
        """Later. Of two that are not equally exact it is enough that this one can be the later."""
        return (self.first if self.kind == other.kind else self.last) > other.first


def moment(text: str, kind: str) -> Moment | None:
    """The day, month or year that a text of this kind of field names; None if it names none."""
    try:
        if kind == "date" and (found := _DATE.fullmatch(text)):
            day = date(int(found[1]), int(found[2]), int(found[3]))
            return Moment(day, day, kind)
        if kind == "monthyear" and (found := _MONTH.fullmatch(text)):
            first = date(int(found[1]), int(found[2]), 1)
            later = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
            return Moment(first, later - timedelta(days=1), kind)
        if kind == "year" and _YEAR.fullmatch(text):
            return Moment(date(int(text), 1, 1), date(int(text), 12, 31), kind)
    except (ValueError, OverflowError):
        return None
    return None


def has_type(text: str, kind: str) -> bool:
    """Whether the text is what the type of its field says."""
    if kind in ("date", "monthyear", "year"):
        return moment(text, kind) is not None
    if kind == "integer":
        return _WHOLE.fullmatch(text) is not None
    return kind != "list" or bool(items(text))


def items(text: str) -> list[str]:
    """The items of a list in one cell, in their order; an item that holds a comma is quoted as in CSV."""
    try:
        rows = list(csv.reader([text], delimiter=SEPARATOR, skipinitialspace=True, strict=True))
    except csv.Error:
        return []
    return [item.strip() for item in rows[0] if item.strip()] if rows else []


def is_insurance_number(text: str) -> bool:
    """A National Insurance number in capitals and without blanks; the letter at its end may lack."""
    return _NINO.fullmatch(text) is not None


def told_apart(text: str, *, insurance_number: bool) -> str:
    """The text as it is compared where no two may be alike."""
    if not insurance_number:
        return text
    return "".join(text.split()).upper()[:_NINO_BODY]
