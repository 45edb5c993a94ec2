"""What matching may know about a person, and nothing else.

No origin, nationality, religion, health, name or photo: what is not here cannot weigh in. `gender` is read
only to meet a stated wish; `groups` are measured by reports and never read by eligibility or points.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Occupation: TypeAlias = str  # a ROME 4.0 code such as "M1101"
Language: TypeAlias = tuple[str, int]  # ISO 639 code and level, A1 = 1 … C2 = 6
WayOfWorking: TypeAlias = tuple[int | None, int | None, int | None, int | None, int | None]

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")  # level n of a profile is LEVELS[n - 1]
WAYS = ("pace", "directness", "listening", "structure", "humour")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("am", "pm", "eve")
SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)  # bit n of a mask is SLOTS[n]
ALL_SLOTS = (1 << len(SLOTS)) - 1
UNKNOWN_WAY: WayOfWorking = (None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Point:
    """Where a person lives, as precisely as a commune: degrees; `estimated` for a wider area."""

    lat: float
    lon: float
    estimated: bool = False

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError(f"no such place on earth: {self.lat}, {self.lon}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    id: str
    point: Point | None = None
    languages: tuple[Language, ...] = ()
    slots: int = 0
    occupations: tuple[Occupation, ...] = ()
    branch: str | None = None
    max_km: float = 15.0
    online: bool = False
    interests: frozenset[str] = frozenset()
    dislikes: frozenset[str] = frozenset()
    way: WayOfWorking = UNKNOWN_WAY
    gender: str | None = None
    gender_wish: str | None = None
    avoid: frozenset[str] = frozenset()

    def _check(self) -> None:
        """Refuse values that would carry a term outside its bounds (ValueError)."""
        if any(not 1 <= level <= len(LEVELS) for _, level in self.languages):
            raise ValueError(f"{self.id}: a language level lies outside 1 to 6")
        if not 0 <= self.slots <= ALL_SLOTS:
            raise ValueError(f"{self.id}: slots are a mask of {len(SLOTS)} bits")
        if len(self.way) != len(WAYS) or any(value is not None and not 1 <= value <= 5 for value in self.way):
            raise ValueError(f"{self.id}: way of working is five answers from 1 to 5")
        if not 0 <= self.max_km < float("inf"):
            raise ValueError(f"{self.id}: max_km is a distance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor(_Common):
    """Somebody who offers `capacity` places; `available_*` are inclusive days, None when not stated."""

    capacity: int = 1
    years_experience: float | None = None
    generalist: bool = False
    strengths: frozenset[str] = frozenset()
    available_from: date | None = None
    available_until: date | None = None
    trained: bool = True

    def __post_init__(self) -> None:
        self._check()
        if self.capacity < 0:
            raise ValueError(f"{self.id}: capacity is not negative")
        if self.years_experience is not None and not 0 <= self.years_experience < float("inf"):
            raise ValueError(f"{self.id}: years of experience are not negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentee(_Common):
    """Somebody who looks for a mentor; no occupation means "no plan yet"."""

    needs: frozenset[str] = frozenset()
    waiting_since: date | None = None
    can_wait_until: date | None = None
    groups: tuple[tuple[str, str], ...] = ()  # measured, never scored
    comes_first: bool = False  # had a mentor, who changed: served like somebody past the waiting ceiling

    def __post_init__(self) -> None:
        self._check()


def slots_of(codes: Iterable[str]) -> int:
    """The mask of slot codes such as "mon-am"; KeyError-free: an unknown code raises ValueError."""
    mask = 0
    for code in codes:
        mask |= 1 << SLOTS.index(code)
    return mask


def slot_codes(mask: int) -> tuple[str, ...]:
    """The slot codes of a mask, from Monday morning to Sunday evening."""
    return tuple(code for bit, code in enumerate(SLOTS) if mask >> bit & 1)
