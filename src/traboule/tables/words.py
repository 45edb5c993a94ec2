"""Comparing words without accents and case, and telling ids that a spreadsheet turned into numbers."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_NOT_A_WORD: Final = re.compile(r"[\W_]+")
_WHOLE_FLOAT: Final = re.compile(r"(-?\d+)[.,]0+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Without accents, case and surplus blanks: the form in which words and headers are compared."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """A header in its comparable form: "Date de Naissance " → "date_de_naissance"."""
    return _NOT_A_WORD.sub("_", fold(text)).strip("_")


def as_id(text: str) -> str:
    """An id as written, but for a whole number that a spreadsheet gave decimals (12.0 → 12)."""
    text = text.strip()
    number = _WHOLE_FLOAT.fullmatch(text) if text[-1:] == "0" else None
    return number[1] if number else text
