"""Money that volunteers get back: bank numbers, kilometres, ceilings. Whole numbers only, never floats.

Sums are cents; a rate per kilometre is in ten-thousandths of a euro, because published rates have four
decimals (0.4269 € is 4269).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
# How long an IBAN is where this programme pays; elsewhere the check digits alone decide.
IBAN_LENGTHS = {"FR": 27, "BE": 16, "LU": 20, "DE": 22, "NL": 18, "ES": 24, "IT": 27, "PT": 25, "CH": 21}
WARN_FROM_PERCENT = 80


class Ceiling(StrEnum):
    """What a claim would run into."""

    KM_YEAR = "km_year"
    FLAT_DAY = "flat_day"
    FLAT_YEAR = "flat_year"
    MIXES = "mixes"
    NO_RATE = "no_rate"
    NO_FLAT = "no_flat"


@dataclass(frozen=True, slots=True)
class Rates:
    """What a country allows: None means that there is no such rate or no such ceiling."""

    km_rate: int | None = None
    km_year: int | None = None
    flat_day: int | None = None
    flat_year: int | None = None
    flat_excludes_real: bool = False
    may_waive: bool = False


@dataclass(frozen=True, slots=True)
class Used:
    """What the same person already asked for in the year, and flat on the same day."""

    km_year: int = 0
    flat_day: int = 0
    flat_year: int = 0
    real_year: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One claim: kilometres, or an amount with a proof or flat."""

    amount: int
    km: int = 0
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """``over``: what refuses the claim, None if nothing does; ``near``: the ceiling that comes close."""

    over: Ceiling | None = None
    near: Ceiling | None = None
    left: int = 0


def plain_iban(text: str) -> str:
    """Return an IBAN without spaces, in capitals."""
    return re.sub(r"[\s.\-]", "", text).upper()


def is_iban(text: str) -> bool:
    """Say whether the check digits (mod 97) and, where it is known, the length are right."""
    iban = plain_iban(text)
    if not iban.isascii() or not _IBAN.fullmatch(iban):
        return False
    if len(iban) != IBAN_LENGTHS.get(iban[:2], len(iban)):
        return False
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    return int(digits) % 97 == 1


def masked_iban(iban: str) -> str:
    """Return what may be shown: the country and the last four signs."""
    return f"{iban[:2]}•• •••• {iban[-4:]}" if len(iban) > 8 else ""


def cents_of_km(km: int, rate: int) -> int:
    """Return what kilometres come to, in cents, half a cent rounded up."""
    return (km * rate + 50) // 100


def judge(asked: Asked, used: Used, rates: Rates) -> Verdict:
    """Say whether a claim fits under the ceilings, and which one comes close."""
    if asked.km:
        if rates.km_rate is None:
            return Verdict(over=Ceiling.NO_RATE)
        return _against(Ceiling.KM_YEAR, used.km_year, asked.km, rates.km_year)
    if not asked.flat:
        mixes = rates.flat_excludes_real and used.flat_year > 0
        return Verdict(over=Ceiling.MIXES) if mixes else Verdict()
    if rates.flat_day is None:
        return Verdict(over=Ceiling.NO_FLAT)
    if rates.flat_excludes_real and used.real_year > 0:
        return Verdict(over=Ceiling.MIXES)
    day = _against(Ceiling.FLAT_DAY, used.flat_day, asked.amount, rates.flat_day)
    if day.over:
        return day
    return _against(Ceiling.FLAT_YEAR, used.flat_year, asked.amount, rates.flat_year)


def _against(ceiling: Ceiling, used: int, asked: int, most: int | None) -> Verdict:
    """Compare with one ceiling; ``left`` is what remains: before the claim if refused, after it if not."""
    if most is None:
        return Verdict()
    if used + asked > most:
        return Verdict(over=ceiling, left=max(0, most - used))
    near = (used + asked) * 100 >= most * WARN_FROM_PERCENT
    return Verdict(near=ceiling if near else None, left=most - used - asked)
