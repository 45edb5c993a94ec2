"""Who may be one human, written down twice: for one person, and for a whole branch."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Exists, OuterRef, Q

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import NotSamePerson, Person, PersonMerge
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.core.remember import remembered
from traboule.kernel.likeness import Identity, Likeness, Verdict, likeness

KEYS = ("same_name", "same_birth", "same_phone", "same_email")
# More people than this share a key only by a placeholder (one phone for a whole hostel): it says nothing.
LARGEST_BLOCK = 60
MOST_COMPARED = 300
NEW_YEAR = "-01-01"


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody who may be the same as somebody else, and why."""

    person: Person
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class TwinPair:
    """Two people who may be one; the record that is older comes first."""

    first_id: int
    second_id: int
    likeness: Likeness


def identity_of(person: Person) -> Identity:
    """Return what the kernel compares."""
    return Identity(person.first_name, person.last_name, person.birth_date, person.phone, person.email)


def twins_of(*, actor: Actor, branch: Branch, person: Person) -> list[Twin]:
    """Return who may be the same as ``person``, the most alike first; one query."""
    authorise(actor, Permission.PEOPLE_MERGE, branch.pk)
    shared = Q(pk__in=[])
    for key in KEYS:
        if value := getattr(person, key):
            shared |= Q(**{key: value})
    said = NotSamePerson.everywhere.filter(
        Q(first=person, second=OuterRef("pk")) | Q(second=person, first=OuterRef("pk"))
    )
    rows = Person.everywhere.filter(shared, ~Exists(said), branch=branch, archived_at=None)
    found = [
        Twin(row, likeness(identity_of(person), identity_of(row)))
        for row in rows.exclude(pk=person.pk).order_by("pk")[:MOST_COMPARED]
        if _worth_comparing(_key_row(person), _key_row(row))
    ]
    twins = [twin for twin in found if twin.likeness.verdict is not Verdict.NO]
    return sorted(twins, key=lambda twin: (-twin.likeness.points, twin.person.pk))


def twin_pairs(*, actor: Actor, branch: Branch) -> list[TwinPair]:
    """Return all pairs of a branch that may be one person, the most alike first; two queries.

    Only people who share a key are compared, never everybody with everybody.
    """
    authorise(actor, Permission.PEOPLE_MERGE, branch.pk)
    return remembered(branch.pk, "twins", lambda: _pairs_in(branch))


def _pairs_in(branch: Branch) -> list[TwinPair]:
    names = ("pk", "first_name", "last_name", "birth_date", "phone", "email", *KEYS)
    rows = {
        row[0]: row for row in Person.everywhere.filter(branch=branch, archived_at=None).values_list(*names)
    }
    known = set(NotSamePerson.everywhere.filter(first__branch=branch).values_list("first_id", "second_id"))
    found = []
    for first, second in _candidates(rows):
        if (first, second) in known:
            continue
        said = likeness(Identity(*rows[first][1:6]), Identity(*rows[second][1:6]))
        if said.verdict is not Verdict.NO:
            found.append(TwinPair(first, second, said))
    return sorted(found, key=lambda pair: (-pair.likeness.points, pair.first_id, pair.second_id))


def _candidates(rows: dict[int, tuple[Any, ...]]) -> set[tuple[int, int]]:
    met: set[tuple[int, int]] = set()
    for at in range(6, 10):
        blocks: dict[str, list[int]] = defaultdict(list)
        for pk, row in rows.items():
            if row[at]:
                blocks[row[at]].append(pk)
        for block in blocks.values():
            if 1 < len(block) <= LARGEST_BLOCK:
                met.update(
                    pair
                    for pair in combinations(sorted(block), 2)
                    if _worth_comparing(rows[pair[0]][6:], rows[pair[1]][6:])
                )
    return met


def _key_row(person: Person) -> tuple[Any, ...]:
    return tuple(getattr(person, key) for key in KEYS)


def _worth_comparing(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Say from the keys alone whether comparing can find anything: it saves nine comparisons in ten.

    One phone or address is enough; else a word of the name must be shared, and the birth dates must not
    differ in both year and day (1 January differs from nothing: it often means "not known").
    """
    if (one[2] and one[2] == other[2]) or (one[3] and one[3] == other[3]):
        return True
    mine, theirs = one[1], other[1]
    far_apart = bool(mine and theirs) and mine[:4] != theirs[:4] and mine[4:] != theirs[4:]
    if far_apart and not (mine.endswith(NEW_YEAR) or theirs.endswith(NEW_YEAR)):
        return False
    return not set(one[0].split()).isdisjoint(other[0].split())


def persons_by_id(*, actor: Actor, branch: Branch, ids: Iterable[int]) -> dict[int, Person]:
    """Return people of a branch by id, with both profiles; one query."""
    authorise(actor, Permission.PEOPLE_MERGE, branch.pk)
    rows = Person.everywhere.filter(branch=branch, pk__in=set(ids)).select_related("mentor", "mentee")
    return {row.pk: row for row in rows}


def find_pair(*, actor: Actor, branch: Branch, first: int, second: int) -> tuple[Person, Person]:
    """Return two people of a branch. Raises NotVisible (404), also for one person twice."""
    found = persons_by_id(actor=actor, branch=branch, ids=(first, second))
    if len(found) != 2:
        raise NotVisible
    return found[first], found[second]


def find_merge(*, actor: Actor, branch: Branch, pk: int) -> PersonMerge:
    """Return one joining of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.PEOPLE_MERGE, branch.pk)
    merge = (
        PersonMerge.objects.visible_to(actor)
        .select_related("kept", "dropped", "merged_by")
        .filter(branch=branch, pk=pk)
        .first()
    )
    if merge is None:
        raise NotVisible
    return merge


def merges_of(*, actor: Actor, branch: Branch, person: Person | None = None) -> list[PersonMerge]:
    """Return the joinings that hold, the latest first: of a branch, or of one person; one query."""
    authorise(actor, Permission.PEOPLE_MERGE, branch.pk)
    rows = PersonMerge.everywhere.filter(branch=branch, undone_at=None).select_related(
        "kept", "dropped", "merged_by"
    )
    if person is not None:
        rows = rows.filter(Q(kept=person) | Q(dropped=person))
    return list(rows.defer("changes")[:20])
