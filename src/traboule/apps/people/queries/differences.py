"""Two records side by side: what agrees, what differs, and which value would stay."""

from dataclasses import dataclass
from typing import Any

from traboule.apps.people.models import MenteeProfile, MentorProfile, Person

# Each choice on the page, and the fields that go with it.
PERSON_CHOICES: dict[str, tuple[str, ...]] = {
    "first_name": ("first_name",),
    "last_name": ("last_name",),
    "birth_date": ("birth_date",),
    "phone": ("phone",),
    "email": ("email",),
    "channel": ("channel",),
    "contact_language": ("contact_language",),
    "needs_help_reading": ("needs_help_reading",),
    "place": (
        *("postcode", "commune_code", "commune_name", "country"),
        *("latitude", "longitude", "place_estimated"),
    ),
    "external_id": ("external_id",),
    "slots": ("slots",),
    "max_km": ("max_km",),
    "online": ("online",),
    "interests": ("interests",),
    "dislikes": ("dislikes",),
    "gender": ("gender",),
    "gender_wish": ("gender_wish",),
    **{f"way_{way}": (f"way_{way}",) for way in ("pace", "directness", "listening", "structure", "humour")},
}
MENTOR_CHOICES = (
    *("capacity", "years_experience", "generalist", "strengths", "occupations"),
    *("available_from", "available_until", "trained_on", "can_wait_until"),
)
MENTEE_CHOICES = ("needs", "occupations", "waiting_since", "can_wait_until", "groups")
KEPT, DROPPED = "kept", "dropped"
# Where nobody chose: whoever came first keeps the earlier place in the waiting line.
EARLIER = frozenset({"mentee.waiting_since"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One choice: its name, both values, and which stays unless somebody says otherwise."""

    name: str
    kept: Any
    dropped: Any
    stays: str

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.kept != self.dropped)


def differences(kept: Person, dropped: Person) -> list[Difference]:
    """Return every choice about two records, those that agree too; what is empty yields to what is not."""
    found = [
        _difference(name, [getattr(kept, f) for f in fields], [getattr(dropped, f) for f in fields])
        for name, fields in PERSON_CHOICES.items()
    ]
    for side, names in (("mentor", MENTOR_CHOICES), ("mentee", MENTEE_CHOICES)):
        mine: MentorProfile | MenteeProfile | None = getattr(kept, side, None)
        theirs: MentorProfile | MenteeProfile | None = getattr(dropped, side, None)
        if mine is not None and theirs is not None:
            found += [
                _difference(f"{side}.{name}", [getattr(mine, name)], [getattr(theirs, name)])
                for name in names
            ]
    return found


def _difference(name: str, mine: list[Any], theirs: list[Any]) -> Difference:
    stays = DROPPED if not mine[0] and theirs[0] else KEPT
    if name in EARLIER and mine[0] and theirs[0] and theirs[0] < mine[0]:
        stays = DROPPED
    return Difference(
        name, mine if len(mine) > 1 else mine[0], theirs if len(theirs) > 1 else theirs[0], stays
    )
