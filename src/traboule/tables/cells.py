"""The way back: values of people as the cells that the readers of this room take for the same values."""

from collections.abc import Iterable, Sequence
from datetime import date

from traboule.tables.values import DAYS, LEVELS, PARTS


def items_cell(items: Iterable[str]) -> str:
    """A list: blanks between the items, or ``|`` after each when one of them has a blank itself."""
    ordered = sorted(items)
    if any(" " in item for item in ordered):
        return "|".join(ordered) + ("|" if len(ordered) == 1 else "")
    return " ".join(ordered)


def languages_cell(languages: Iterable[tuple[str, int]]) -> str:
    """(("fr", 6), ("ar", 3)) → ``fr:C2 ar:B1``."""
    names = {level: name for name, level in LEVELS.items()}
    return " ".join(f"{code}:{names[level]}" for code, level in languages)


def availability_cell(slots: int) -> str:
    """A mask of 21 bits → ``mon-am tue-pm``."""
    names = [f"{day}-{part}" for day in DAYS for part in PARTS]
    return " ".join(name for bit, name in enumerate(names) if slots >> bit & 1)


def occupations_cell(codes: Sequence[str]) -> str:
    return " ".join(codes)


def yes_no_cell(value: bool) -> str:
    return "yes" if value else "no"


def date_cell(day: date | None) -> str:
    return day.isoformat() if day else ""


def number_cell(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
