"""What the end brings to my place: what to answer on top, papers and what comes next at the bottom."""

from dataclasses import dataclass
from typing import Any

from traboule.apps.endings.own_enums import Brought
from traboule.apps.endings.queries import endings as queries
from traboule.apps.support.enums import Mark
from traboule.web.duo.panels import Panel


@dataclass(frozen=True, slots=True)
class ToSay:
    """What waits for an answer."""

    word: bool
    extension: bool
    onward: bool
    well_being: bool


@dataclass(frozen=True, slots=True)
class After:
    """What a person keeps of a duo, what a mentor chose and what it brought, and whether to ask for later."""

    has_papers: bool
    choice: Any
    brought: list[tuple[str, str]]
    ask_alumni: bool


def around(person: Any, found: queries.Waiting) -> tuple[list[Panel], list[Panel]]:
    """Return the panels above and below those of the duo; ``found`` says what there is to read."""
    choice = queries.choices_of(person.pk).first() if found.choice else None
    onward = choice is not None and not choice.onward
    above, below = [], []
    if found.word or found.extension or onward or found.well_being:
        said = ToSay(found.word, found.extension, onward, found.well_being)
        above.append(Panel("duo/ending_answer.html", said))
    ask_alumni = found.is_alumni and not found.agreed
    if found.papers or (choice is not None and choice.onward) or ask_alumni:
        brought = _brought(choice) if choice is not None else []
        shown = choice if choice is not None and choice.onward else None
        below.append(Panel("duo/ending_after.html", After(found.papers, shown, brought, ask_alumni)))
    return above, below


def _brought(choice: Any) -> list[tuple[str, str]]:
    return [(str(Brought(item).label), str(Mark(value).label)) for item, value in choice.marks.items()]
