"""Numbers that outsiders may hold: a keyed permutation, so that a row has one name and no two share one.

Eight rounds of a balanced Feistel network on 64 bits with HMAC-SHA-256 as round function (Luby and Rackoff
1988: four rounds of pseudorandom functions are a strong pseudorandom permutation). Without the key nobody
gets from a name to the number, nor from the names of one key to those of another; with it we read names back
without a table.
"""

import hashlib
import hmac
import re

ROUNDS = 8
HALF = 32
MASK = (1 << HALF) - 1
HIGHEST = (1 << 40) - 1
"""Ids of rows stay below: of 2^64 names all but one in 16 million are thereby known to be nobody's."""
FORM = re.compile(r"[0-9a-f]{16}")


def hide(number: int, key: bytes) -> str:
    """Return the name of a row under a key: 16 hexadecimal digits. ValueError outside 0 to 2^40 - 1."""
    if not 0 <= number <= HIGHEST:
        raise ValueError(f"{number} is not the id of a row")
    left, right = number >> HALF, number & MASK
    for turn in range(ROUNDS):
        left, right = right, left ^ _round(right, turn, key)
    return f"{(left << HALF) | right:016x}"


def seen(name: str, key: bytes) -> int | None:
    """Return the number that `hide` gave this name under the same key, or None if it never can have."""
    if not FORM.fullmatch(name):
        return None
    whole = int(name, 16)
    left, right = whole >> HALF, whole & MASK
    for turn in reversed(range(ROUNDS)):
        left, right = right ^ _round(left, turn, key), left
    number = (left << HALF) | right
    return number if number <= HIGHEST else None


def _round(half: int, turn: int, key: bytes) -> int:
    found = hmac.digest(key, turn.to_bytes(1, "big") + half.to_bytes(4, "big"), hashlib.sha256)
    return int.from_bytes(found[:4], "big")
