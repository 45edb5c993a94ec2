"""What the actions of this app have in common."""

from datetime import date, datetime
from typing import Any

from traboule.apps.duos.models import Duo
from traboule.apps.people.actions.own import MY_PLACE, authorise_own
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.apps.support.actions._writing import first_name, link_to, others_of, record, say
from traboule.core.actors import Actor, ActorKind, system

__all__ = ["first_name", "hand_of", "link_to", "others_of", "own_or_team", "record", "say_day", "tell_side"]


def tell_side(
    duo: Duo, person: Person, kind: str, event: str, by: Actor, now: datetime, **values: Any
) -> None:
    """Tell one of the two something; the other is named by the first name only."""
    other = first_name(others_of(duo, person.pk))
    say(person, kind, event, duo.branch, by, now, other=other, **values)


def say_day(day: date) -> str:
    """Return a day with its year, short, for a message in any language."""
    return f"{day:%d/%m/%Y}"


def own_or_team(person: Person, by: Actor) -> None:
    """Return if `by` is the person, by a link or signed in, or a colleague who writes for them."""
    if not by.may(Permission.DUOS_WRITE, person.branch_id) or by.kind is ActorKind.SYSTEM:
        authorise_own(person, by)


def hand_of(person: Person, by: Actor) -> Actor:
    """Whose hand writes what a person decides about themselves: nobody needs a right over people for that."""
    return by if by.may(Permission.DUOS_WRITE, person.branch_id) else system(MY_PLACE)
