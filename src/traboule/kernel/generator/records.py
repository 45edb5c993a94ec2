"""One person with all columns of the file contract, as plain values;

the edges write files or rows of a table.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from traboule.kernel.matching.profiles import UNKNOWN_WAY, Mentee, Mentor, Point, WayOfWorking


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """What both roles share.

    `slots` is a mask as in profiles; `commune` an INSEE code; empty text = not stated.
    """

    id: str
    first_name: str
    last_name: str
    birth_date: date
    email: str
    phone: str
    contact_language: str
    channel: str
    branch: str
    country: str
    postcode: str
    commune: str
    commune_name: str
    lat: float
    lon: float
    estimated: bool
    languages: tuple[tuple[str, int], ...]
    slots: int
    occupations: tuple[str, ...]
    max_km: float
    online: bool
    interests: frozenset[str]
    dislikes: frozenset[str]
    way: WayOfWorking = UNKNOWN_WAY
    gender: str | None
    gender_wish: str | None
    avoid: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorRecord(PersonRecord):
    """A row of the file MENTORS."""

    capacity: int
    years_experience: float | None
    generalist: bool
    strengths: frozenset[str]
    available_from: date | None
    available_until: date | None
    trained: bool

    def profile(self) -> Mentor:
        """What matching sees of this person."""
        return Mentor(
            **_common(self),
            capacity=self.capacity,
            years_experience=self.years_experience,
            generalist=self.generalist,
            strengths=self.strengths,
            available_from=self.available_from,
            available_until=self.available_until,
            trained=self.trained,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MenteeRecord(PersonRecord):
    """A row of the file MENTEES."""

    needs: frozenset[str]
    waiting_since: date
    can_wait_until: date | None
    groups: tuple[tuple[str, str], ...]  # group_* columns: measured only

    def profile(self) -> Mentee:
        """What matching sees of this person."""
        return Mentee(
            **_common(self),
            needs=self.needs,
            waiting_since=self.waiting_since,
            can_wait_until=self.can_wait_until,
            groups=self.groups,
        )


_SAME = (
    "id", "languages", "slots", "occupations", "branch", "max_km", "online", "interests", "dislikes", "way",
    "gender", "gender_wish", "avoid",
)  # fmt: skip


def _common(record: PersonRecord) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in _SAME}
    return {**values, "point": Point(record.lat, record.lon, record.estimated)}
