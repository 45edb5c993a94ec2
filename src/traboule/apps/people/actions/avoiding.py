"""Whom somebody would rather not meet: words become a pair that the matching never proposes.

Nobody but the team and the person who said it ever learns of it (docs/adr/0017).
"""

from datetime import datetime

from django.db import transaction

from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Avoid, Login, NotToMeet, Person
from traboule.apps.people.queries.wishes import named_by
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise
from traboule.core.scope import locked

LONGEST = 300
# Nobody has so many people to avoid; a link that leaked may not fill the table.
MOST_WISHES = 20


class NothingSaid(ValueError):
    """A wish without a word and without a person."""


class TooManyWishes(ValueError):
    """So many wishes are there already that one more needs a talk."""


@transaction.atomic
def say_not_to_meet(
    *, person: Person, words: str, by: Actor, now: datetime, other: Person | None = None
) -> NotToMeet:
    """Write down whom ``person`` would rather not meet, for the team.

    ``other``, or the only person of the branch whose full name the words are, is avoided at once. Saying the
    same twice returns what is there. Raises NothingSaid, TooManyWishes; NotVisible or NotAllowed.
    """
    authorise(by, Permission.PEOPLE_WRITE, person.branch_id)
    return _say(person, words, other, by, now)


@transaction.atomic
def say_own_wish(*, person: Person, words: str, by: Actor, now: datetime) -> NotToMeet:
    """The person says it themselves, by name. Raises NothingSaid, TooManyWishes, NotAllowed."""
    authorise_own(person, by)
    return _say(person, words, None, by, now)


@transaction.atomic
def name_the_other(*, wish: NotToMeet, other: Person, by: Actor, now: datetime) -> NotToMeet:
    """The team says whom the words mean; somebody else chosen before is no longer avoided by this wish."""
    authorise(by, Permission.PEOPLE_WRITE, wish.person.branch_id)
    row = locked(wish)
    person = locked(row.person)
    _refuse_stranger(person, other)
    before = row.other_id
    row.other = other
    row.save(update_fields=["other"])
    _let_go(person, before)
    Avoid.everywhere.get_or_create(person=person, other=other, defaults={"by_wish": True})
    _record(person, "person.avoided_named", by, now, {"wish": row.pk})
    return row


@transaction.atomic
def take_back(*, wish: NotToMeet, by: Actor, now: datetime) -> None:
    """The team takes a wish back, and the pair with it unless another wish names the same person."""
    authorise(by, Permission.PEOPLE_WRITE, wish.person.branch_id)
    _take_back(wish, by, now)


@transaction.atomic
def take_own_back(*, wish: NotToMeet, by: Actor, now: datetime) -> None:
    """The person takes their own wish back."""
    authorise_own(wish.person, by)
    _take_back(wish, by, now)


@transaction.atomic
def stop_avoiding(*, person: Person, other: Person, by: Actor, now: datetime) -> None:
    """End a pair to avoid, and what was said of it; one that an import brought has no words."""
    authorise(by, Permission.PEOPLE_WRITE, person.branch_id)
    person = locked(person)
    NotToMeet.everywhere.filter(person=person, other=other).delete()
    gone, _per_model = Avoid.everywhere.filter(person=person, other=other).delete()
    if gone:
        _record(person, "person.avoided_taken_back", by, now, {})


@transaction.atomic
def keep_apart(*, person: Person, other: Person, by: Actor, now: datetime) -> None:
    """The team no longer proposes these two to each other; nobody said a word against anybody."""
    authorise(by, Permission.PEOPLE_WRITE, person.branch_id)
    person = locked(person)
    _refuse_stranger(person, other)
    _row, is_new = Avoid.everywhere.get_or_create(person=person, other=other, defaults={"by_wish": False})
    if is_new:
        _record(person, "person.kept_apart", by, now, {})


def _say(person: Person, words: str, other: Person | None, by: Actor, now: datetime) -> NotToMeet:
    person = locked(person)
    said = " ".join(words.split())[:LONGEST] or (other.display_name[:LONGEST] if other else "")
    if not said:
        raise NothingSaid
    if other is not None:
        _refuse_stranger(person, other)
    found = other or named_by(person, said)
    mine = list(NotToMeet.everywhere.filter(person=person))
    for row in mine:
        if row.words.casefold() == said.casefold() and (found is None or row.other_id == found.pk):
            return row
    if len(mine) >= MOST_WISHES:
        raise TooManyWishes
    row = NotToMeet.everywhere.create(
        person=person,
        words=said,
        other=found,
        said_at=now,
        written_by_id=by.id if by.kind is ActorKind.LOGIN and not _is_own(person, by) else None,
    )
    if found is not None:
        Avoid.everywhere.get_or_create(person=person, other=found, defaults={"by_wish": True})
    _record(person, "person.avoided_said", by, now, {"wish": row.pk, "found": found is not None})
    return row


def _is_own(person: Person, by: Actor) -> bool:
    return by.id is not None and Login.objects.filter(pk=by.id, person=person).exists()


def _take_back(wish: NotToMeet, by: Actor, now: datetime) -> None:
    row = locked(wish)
    person, number, other = locked(row.person), row.pk, row.other_id
    row.delete()
    _let_go(person, other)
    _record(person, "person.avoided_taken_back", by, now, {"wish": number})


def _let_go(person: Person, other: int | None) -> None:
    if other is None or NotToMeet.everywhere.filter(person=person, other_id=other).exists():
        return
    Avoid.everywhere.filter(person=person, other_id=other, by_wish=True).delete()


def _refuse_stranger(person: Person, other: Person) -> None:
    if other.branch_id != person.branch_id or other.pk == person.pk:
        raise ValueError("somebody else of the same branch")


def _record(person: Person, verb: str, by: Actor, now: datetime, facts: dict[str, object]) -> None:
    # Whom is not written here: the log outlives the erasure of the one who is named.
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb=verb,
        subject_type="person",
        subject_id=person.pk,
        facts=facts,
    )
