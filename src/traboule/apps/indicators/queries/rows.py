"""Who stands behind the rows of a figure: names for those who may see them, a pseudonym for the others."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.kernel.indicators import Among, Definition, Figure, Row, Verdict

PEOPLE = frozenset({Among.MENTORS, Among.MENTEES})
ORDER = (
    Verdict.BELOW_GRADE,
    Verdict.REFUSED,
    Verdict.UNREACHABLE,
    Verdict.UNKNOWN,
    Verdict.NO,
    Verdict.BEYOND,
    Verdict.YES,
    Verdict.NOT_DUE,
    Verdict.OUTSIDE,
    Verdict.NO_CLOCK,
)
"""What somebody can still find out stands first."""


@dataclass(frozen=True, slots=True)
class Named:
    """Who a row is: the names, and whether the number opens a duo or a person."""

    names: tuple[str, ...]
    is_person: bool


def may_name(actor: Actor, branch: Branch, definition: Definition) -> bool:
    """Whether this reader knows who the rows of a figure are: duos or people by name."""
    asked = Permission.PEOPLE_SEE if definition.among in PEOPLE else Permission.DUOS_SEE
    return actor.may(asked, branch.pk)


def names_of(*, branch: Branch, definition: Definition, ids: Collection[int]) -> dict[int, Named]:
    """Return who the rows of these numbers are; one query. Whoever calls has asked ``may_name``."""
    if definition.among in PEOPLE:
        people = Person.everywhere.filter(branch=branch, pk__in=ids)
        return {person.pk: Named((str(person),), is_person=True) for person in people}
    duos = Duo.everywhere.filter(branch=branch, pk__in=ids).select_related("mentor", "mentee")
    return {duo.pk: Named((str(duo.mentee), str(duo.mentor)), is_person=False) for duo in duos}


def in_order(found: Figure, *, by_pseudonym: bool = False) -> list[Row]:
    """Return the rows of a figure, those that somebody can still clear up first.

    ``by_pseudonym``: the order then says nothing about who came when.
    """
    place = {one: number for number, one in enumerate(ORDER)}
    if by_pseudonym:
        return sorted(found.rows, key=lambda row: (place[row.verdict], pseudonym(found, row)))
    return sorted(found.rows, key=lambda row: (place[row.verdict], row.id))


def pseudonym(found: Figure, row: Row) -> str:
    """Return a name for a row that means nothing beside another figure or another day."""
    said = f"{found.definition.fingerprint} {found.as_of.isoformat()} {row.id}"
    return salted_hmac("traboule.apps.indicators.rows", said, algorithm="sha256").hexdigest()[:6].upper()
