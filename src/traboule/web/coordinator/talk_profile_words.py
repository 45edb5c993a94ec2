"""What a talk says otherwise than the profile, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from traboule.apps.applications.queries.talk_profile import differences
from traboule.apps.applications.talk_guide import SCALES
from traboule.apps.people.enums import Day, Level, Part
from traboule.web.coordinator import people_words
from traboule.web.coordinator.wording import language

_SCALES = {scale.field: scale.name for scale in SCALES}


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its name for the form, its label, what the profile holds and what the talk said."""

    name: str
    label: str
    held: str
    said: str


def lines_of(notes: Any) -> list[Line]:
    """Return what finished notes say otherwise than the profile."""
    return [
        Line(row.name, _label(row.name), _say(row.name, row.held), _say(row.name, row.said))
        for row in differences(notes)
    ]


def _label(name: str) -> str:
    labels = {
        "needs": _("Needs"),
        "strengths": _("Strengths"),
        "languages": _("Spoken languages"),
        "slots": _("Availability"),
        "interests": _("Interests"),
    }
    return labels.get(name) or str(_SCALES[name])


def _say(name: str, value: Any) -> str:
    return _in_words(name, value) or _("not known yet")


def _in_words(name: str, value: Any) -> str:
    if name in _SCALES:
        return f"{value}/5" if value is not None else ""
    if name == "slots":
        return ", ".join(
            f"{Day(bit // len(Part)).label} {Part(bit % len(Part)).label}"
            for bit in range(len(Day) * len(Part))
            if value >> bit & 1
        )
    if name == "languages":
        return ", ".join(f"{language(code)} {Level(level).label}" for code, level in value)
    if name == "interests":
        return ", ".join(value)
    return ", ".join(people_words.needs(value))
