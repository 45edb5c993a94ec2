"""One way of comparing words that people typed: without accents, case, punctuation, and with "St" spelt
out.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LIGATURES: Final = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l"}
)
_SPELT_OUT: Final = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The comparable form of a word or name: ``fold("St-Étienne") == "saint etienne"``.

    Letters of every script are kept; marks above and below them are dropped.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = _NOT_A_LETTER.sub(" ", plain.casefold()).split()
    return " ".join(_SPELT_OUT.get(word, word) for word in words)
