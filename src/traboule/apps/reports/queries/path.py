"""From contact to result: how many mentees came as far as each step until a day."""

from collections.abc import Mapping
from datetime import date

from traboule.apps.applications.queries import funnel
from traboule.apps.branches.models import Branch
from traboule.apps.indicators.queries.figures import facts_at_hand
from traboule.apps.people.enums import Side
from traboule.core.actors import Actor
from traboule.kernel.indicators.shipped import POSITIVE
from traboule.kernel.small_numbers import SMALLEST

CONTACT, ACCEPTED, DUO, RESULT = "contact", "accepted", "duo", "result"
STEPS = (CONTACT, ACCEPTED, DUO, RESULT)
Path = tuple[tuple[str, int | None], ...]


def path_of(*, actor: Actor, branch: Branch, as_of: date) -> Path:
    """Return each step with how many reached it; None: fewer than five did. Raises NotVisible, NotAllowed.

    Who reached a step also reached those before it. A result is an outcome that is known on the day.
    """
    facts = facts_at_hand(branch)
    reached: dict[str, set[int]] = {step: set() for step in STEPS}
    for path in funnel.paths(actor=actor, branch=branch).of.values():
        if path.side == Side.MENTEE:
            _enter(reached[CONTACT], path.person, path.entered.get(funnel.CONTACT), as_of)
            _enter(reached[ACCEPTED], path.person, path.entered.get(funnel.ACCEPTED), as_of)
    for mentee in facts.mentees:
        _enter(reached[ACCEPTED], mentee.id, mentee.matched_on, as_of)
    for duo in facts.duos:
        _enter(reached[DUO], duo.mentee, duo.started_on, as_of)
        days = [one.known_on for one in duo.outcomes if one.kind in POSITIVE and one.starts_on <= as_of]
        _enter(reached[RESULT], duo.mentee, min(days, default=None), as_of)
    return tuple((step, _shown(count)) for step, count in _counts(reached).items())


def _enter(people: set[int], person: int, day: date | None, as_of: date) -> None:
    if day is not None and day <= as_of:
        people.add(person)


def _counts(reached: Mapping[str, set[int]]) -> dict[str, int]:
    further: set[int] = set()
    found: dict[str, int] = {}
    for step in reversed(STEPS):
        further |= reached[step]
        found[step] = len(further)
    return {step: found[step] for step in STEPS}


def _shown(count: int) -> int | None:
    return None if 0 < count < SMALLEST else count
