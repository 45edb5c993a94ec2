"""Turning loose values into the ones that the tables hold."""

import unicodedata
from collections.abc import Iterable

SLOTS = 21
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("am", "pm", "eve")


def fold(text: str) -> str:
    """Return ``text`` without accents, case and surplus blanks: the form in which people are searched."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())


def search_key(parts: Iterable[str]) -> str:
    """Return the folded text in which a search looks."""
    return fold(" ".join(part for part in parts if part))[:400]


def slot_names(mask: int) -> list[str]:
    """Return the weekly slots of a 21-bit mask as ``mon-am`` … ``sun-eve`` (bit = day × 3 + part)."""
    return [f"{DAYS[bit // 3]}-{PARTS[bit % 3]}" for bit in range(SLOTS) if mask >> bit & 1]


def slot_mask(names: Iterable[str]) -> int:
    """Return the mask of slots written as ``mon-am``. Raises ValueError for anything else."""
    mask = 0
    for name in names:
        day, _, part = name.partition("-")
        mask |= 1 << (DAYS.index(day) * 3 + PARTS.index(part))
    return mask


def as_words(values: Iterable[str]) -> list[str]:
    """Return a list of words once each, in order, without blanks."""
    return list(dict.fromkeys(word for value in values if (word := " ".join(value.split()))))
