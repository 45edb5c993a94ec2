"""Parsers of single cells. Each takes a Cell that is not empty and returns a value or raises CellError."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Final, TypeVar

from traboule.tables.columns import Cell, Parser
from traboule.tables.errors import CellError
from traboule.tables.words import as_id, fold

T = TypeVar("T")

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS: Final = ("am", "pm", "eve")
LEVELS: Final = {"A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5, "C2": 6}
TOPICS: Final = ("cv", "interview", "network", "project", "admin", "digital", "french")
GENDERS: Final = ("f", "m", "x")
_COUNTRIES: Final = {"fr": "FR", "fra": "FR", "france": "FR", "be": "BE", "bel": "BE",
    "belgique": "BE", "belgie": "BE", "belgium": "BE"}  # fmt: skip
_YES: Final = frozenset(("yes", "y", "oui", "o", "1", "1.0", "true", "vrai", "ja"))
_NO: Final = frozenset(("no", "n", "non", "0", "0.0", "false", "faux", "nee"))
_DECIMAL: Final = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_FRENCH_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: 00:00(?::00)?)?", re.ASCII)
_SERIAL: Final = re.compile(r"\d{4,5}", re.ASCII)
_EMAIL: Final = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_BLANKS: Final = re.compile(r"[ \u00a0\u202f]+")
_LARGEST: Final = Decimal("1.7976931348623157e308")
MOST_PLACES: Final = 1_000_000_000


def items(text: str) -> list[str]:
    """The items of a list: separated by ``|`` if there is one, else by blanks; a comma after an item is
    dropped.
    """
    parts = text.split("|") if "|" in text else text.split()
    return [item for part in parts if (item := part.strip().rstrip(",;"))]


def each(text: str, parse: Callable[[str], T]) -> list[T]:
    """Every item parsed; if some are wrong, one error that carries all of them."""
    found: list[T] = []
    errors: list[CellError] = []
    for item in items(text):
        try:
            found.append(parse(item))
        except CellError as error:
            errors.append(error)
    if errors:
        errors[0].others = tuple(errors[1:])
        raise errors[0]
    return found


def plain(cell: Cell) -> str:
    return cell.text


def identifier(cell: Cell) -> str:
    return as_id(cell.text)


def identifiers(cell: Cell) -> frozenset[str]:
    return frozenset(as_id(item) for item in items(cell.text))


def words(cell: Cell) -> frozenset[str]:
    """Free words, compared without accents and case."""
    return frozenset(fold(item) for item in items(cell.text))


def words_of(allowed: Sequence[str]) -> Parser:
    """A list in which only some words may stand."""

    def parse(cell: Cell) -> frozenset[str]:
        def one(item: str) -> str:
            if fold(item) not in allowed:
                raise CellError("one_of", item, words=" ".join(allowed))
            return fold(item)

        return frozenset(each(cell.text, one))

    return parse


def one_of(allowed: Sequence[str]) -> Parser:
    def parse(cell: Cell) -> str:
        if fold(cell.text) not in allowed:
            raise CellError("one_of", words=" ".join(allowed))
        return fold(cell.text)

    return parse


def exact_decimal(text: str) -> Decimal | None:
    """A number with decimal point or comma, exactly; None if it is none or not finite as a double."""
    compact = _BLANKS.sub("", text)
    if not _DECIMAL.fullmatch(compact):
        return None
    try:
        number = Decimal(compact.replace(",", "."))
    except InvalidOperation:
        return None
    return number if abs(number) <= _LARGEST else None


def number_from_zero(limit: float | None = None) -> Parser:
    def parse(cell: Cell) -> float:
        number = exact_decimal(cell.text)
        if number is None:
            raise CellError("number")
        if number < 0:
            raise CellError("number_from_zero")
        if limit is not None and number > limit:
            raise CellError("at_most", limit=f"{limit:g}")
        return float(number)

    return parse


def places(cell: Cell) -> int:
    """A capacity: a whole number from 0 on."""
    number = exact_decimal(cell.text)
    if number is None or (number >= 0 and number != number.to_integral_value()):
        raise CellError("whole_number")
    if number < 0:
        raise CellError("not_negative")
    if number > MOST_PLACES:
        raise CellError("at_most", limit=MOST_PLACES)
    return int(number)


def scale(cell: Cell) -> int:
    number = exact_decimal(cell.text)
    if number is None or number not in (1, 2, 3, 4, 5):
        raise CellError("scale")
    return int(number)


def yes_no(cell: Cell) -> bool:
    word = fold(cell.text)
    if word not in _YES | _NO:
        raise CellError("yes_no")
    return word in _YES


def day(cell: Cell) -> date:
    """An ISO or French date; in XLSX also the bare number of a date without format (days since 1900)."""
    if iso := _ISO_DATE.fullmatch(cell.text):
        year, month, number = map(int, iso.groups())
    elif french := _FRENCH_DATE.fullmatch(cell.text):
        number, month, year = map(int, french.groups())
    elif cell.is_xlsx and _SERIAL.fullmatch(cell.text):
        found = date(1899, 12, 30) + timedelta(days=int(cell.text))
        cell.warn("excel_number_date", date=found.isoformat())
        return found
    else:
        raise CellError("date")
    try:
        return date(year, month, number)
    except ValueError as error:
        raise CellError("date") from error


def birth_date(cell: Cell) -> date:
    found = day(cell)
    if not date(1900, 1, 1) < found <= cell.as_of:
        raise CellError("date_past")
    return found


def country(cell: Cell) -> str:
    found = _COUNTRIES.get(fold(cell.text))
    if found is None:
        raise CellError("country")
    return found


def email(cell: Cell) -> str:
    if not _EMAIL.fullmatch(cell.text):
        raise CellError("email")
    return cell.text


def language(cell: Cell) -> str:
    found = cell.lookups.language(cell.text) if cell.lookups else cell.text
    if found is None:
        raise CellError("unknown_language")
    return found


def languages(cell: Cell) -> tuple[tuple[str, int], ...]:
    """``fr:C2 ar:B1`` → (("fr", 6), ("ar", 3)); a language named twice keeps the higher level."""
    found: dict[str, int] = {}
    for code, level in each(cell.text, partial(_language_item, cell)):
        found[code] = max(found.get(code, 0), level)
    if not found:
        raise CellError("language_item")
    return tuple(found.items())


def _language_item(cell: Cell, item: str) -> tuple[str, int]:
    code, colon, level = item.partition(":")
    if not colon or not code.strip():
        raise CellError("language_item", item)
    known = cell.lookups.language(code.strip()) if cell.lookups else code.strip().lower()
    if known is None:
        raise CellError("unknown_language", item)
    if level.strip().upper() not in LEVELS:
        raise CellError("unknown_level", item)
    return known, LEVELS[level.strip().upper()]


def availability(cell: Cell) -> int:
    """``mon-am tue-pm`` → a mask of 21 bits: bit = day · 3 + part, Monday morning first."""
    bits = set(each(cell.text, _slot))
    if not bits:
        raise CellError("empty_availability")
    return sum(bits)


def _slot(item: str) -> int:
    weekday, _, part = item.lower().partition("-")
    if weekday not in DAYS or part not in PARTS:
        raise CellError("availability_item", item)
    return 1 << (DAYS.index(weekday) * len(PARTS) + PARTS.index(part))


def occupations(cell: Cell) -> tuple[str, ...]:
    """ROME codes in the order given, each once."""

    def one(item: str) -> str:
        if cell.lookups and not cell.lookups.occupation(item.upper()):
            raise CellError("unknown_occupation", item)
        return item.upper()

    return tuple(dict.fromkeys(each(cell.text, one)))
