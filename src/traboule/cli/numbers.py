"""Exact numbers: integers of a small unit inside, decimal text outside, never a float in between."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any


def in_units(number: Decimal, decimals: int) -> int:
    """The number as an integer of 10^-decimals, exactly; ValueError if it needs more decimals."""
    whole, _, part = f"{number:f}".partition(".")
    part = part.rstrip("0")
    if len(part) > decimals:
        raise ValueError(f"{number} needs more than {decimals} decimals")
    return int(whole + part.ljust(decimals, "0"))


def text(units: int, decimals: int, *, fixed: bool = False) -> str:
    """The decimal text of an integer of 10^-decimals: ``text(-2500, 3) == "-2.5"``; ``fixed``: zeros kept."""
    whole, part = divmod(abs(units), 10**decimals)
    digits = f"{part:0{decimals}d}" if decimals else ""
    if not fixed:
        digits = digits.rstrip("0")
    sign = "-" if units < 0 else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


def relative_gap(upper_bound: int, total: int, decimals: int) -> float:
    """(upper_bound - total) / max(1, |upper_bound|) in input units."""
    unit = 10**decimals
    return float(Fraction(upper_bound - total, unit) / max(Fraction(1), Fraction(abs(upper_bound), unit)))


class Number(str):
    """Decimal text that stands in JSON as a number."""

    __slots__ = ()


def json_text(value: Any, indent: int = 0) -> str:
    """JSON with exact numbers; keys in the order given, short lists on one line."""
    pad, inner = " " * indent, " " * (indent + 1)
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        rows = [
            f"{inner}{json.dumps(str(key), ensure_ascii=False)}: {json_text(item, indent + 1)}"
            for key, item in value.items()
        ]
        return "{\n" + ",\n".join(rows) + f"\n{pad}}}" if rows else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(json_text(item, indent + 1) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
