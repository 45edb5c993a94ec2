"""What a talk says otherwise than the profile: field by field, until somebody takes it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from traboule.apps.applications.models import TalkNotes
from traboule.apps.applications.models.talks import SCALES
from traboule.apps.people.enums import Side
from traboule.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what the profile holds, and what the talk said."""

    name: str
    held: Any
    said: Any


def profile_of(person: Person, side: str) -> dict[str, Any]:
    """Return what the profile holds of the fields that a talk may say anew, as plain data."""
    profile = getattr(person, side, None)
    held: dict[str, Any] = {
        "languages": [[row.code, row.level] for row in person.languages.all()],
        "slots": person.slots,
        "interests": list(person.interests),
        **{name: getattr(person, name) for name in SCALES},
    }
    if profile is not None:
        helps = helps_of(side)
        held[helps] = list(getattr(profile, helps))
    return held


def helps_of(side: str) -> str:
    """Return the field of the profile that says what is needed, or what can be given."""
    return "needs" if side == Side.MENTEE else "strengths"


def profile_now(notes: TalkNotes) -> dict[str, Any]:
    """Return what the fields of the notes begin with: what was noted, else what the profile holds."""
    person = notes.talk.application.person
    held = profile_of(person, notes.talk.application.side) if person else {}
    found: dict[str, Any] = {name: value for name, value in held.items() if name not in SCALES}
    found |= notes.profile
    found["languages"] = [tuple(pair) for pair in found.get("languages", [])]
    return found


def only_other(notes: TalkNotes, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return of ``said`` what the profile holds otherwise, as plain data; what is empty was not said."""
    person = notes.talk.application.person
    held = profile_of(person, notes.talk.application.side) if person else {}
    plain = {name: _plain(value) for name, value in said.items()}
    return {
        name: value
        for name, value in plain.items()
        if value and name in held and not _same(held[name], value)
    }


def differences(notes: TalkNotes) -> list[Difference]:
    """Return what finished notes say otherwise than the profile holds now, in the order of the form."""
    person = notes.talk.application.person
    if notes.finished_at is None or person is None:
        return []
    side = notes.talk.application.side
    held = profile_of(person, side)
    names = (helps_of(side), "languages", "slots", "interests")
    said = {name: notes.profile[name] for name in names if name in notes.profile}
    if _decides_scales(notes):
        said |= {name: value for name, value in notes.scales.items() if value is not None}
    return [
        Difference(name, held[name], value)
        for name, value in said.items()
        if name in held and not _same(held[name], value)
    ]


def _decides_scales(notes: TalkNotes) -> bool:
    """With two views, the scales are what both agree on."""
    return notes.talk.second_id is None


def _plain(value: Any) -> Any:
    return (
        [list(each) if isinstance(each, tuple) else each for each in value]
        if isinstance(value, list)
        else value
    )


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool(one == other)
