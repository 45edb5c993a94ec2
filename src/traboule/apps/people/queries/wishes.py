"""Whom somebody would rather not meet: what was said, who is meant, who could be."""

from dataclasses import dataclass

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Avoid, NotToMeet, Person
from traboule.apps.people.validators import fold
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

MOST_FOUND = 10


@dataclass(frozen=True, slots=True)
class NotToMeetPage:
    """What was said, and pairs to avoid of which nobody wrote the words (a file, an earlier duo)."""

    wishes: list[NotToMeet]
    without_words: list[Person]


def named_by(person: Person, words: str) -> Person | None:
    """Return the one person of the branch whose full name ``words`` is; None for none, and for two."""
    parts = fold(words).split()
    if len(parts) < 2:
        return None
    rows = Person.everywhere.filter(branch_id=person.branch_id, archived_at=None, merged_into=None)
    for part in parts:
        rows = rows.filter(search_key__contains=part)
    fitting = [
        row for row in rows.exclude(pk=person.pk)[: MOST_FOUND * 5] if sorted(_name(row)) == sorted(parts)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _name(person: Person) -> list[str]:
    return fold(f"{person.first_name} {person.last_name}").split()


def not_to_meet(*, actor: Actor, person: Person) -> NotToMeetPage:
    """Return what the team may see of the wishes of a person."""
    authorise(actor, Permission.PEOPLE_SEE, person.branch_id)
    wishes = own_wishes(person)
    said = {wish.other_id for wish in wishes}
    pairs = Avoid.everywhere.filter(person=person).select_related("other").order_by("pk")
    return NotToMeetPage(wishes, [row.other for row in pairs if row.other_id not in said])


def own_wishes(person: Person) -> list[NotToMeet]:
    """Return the wishes of a person in their order; the caller has proven who asks."""
    return list(NotToMeet.everywhere.filter(person=person).select_related("other", "written_by"))


def find_wish(*, actor: Actor, branch: Branch, pk: int) -> NotToMeet:
    """Return one wish of a person of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.PEOPLE_WRITE, branch.pk)
    rows = NotToMeet.objects.visible_to(actor, Permission.PEOPLE_WRITE)
    wish = rows.filter(person__branch=branch, pk=pk).select_related("person__branch", "other").first()
    if wish is None:
        raise NotVisible
    return wish


def people_called(*, actor: Actor, person: Person, text: str) -> list[Person]:
    """Return people of the branch in whose names the words of ``text`` stand; archived ones too."""
    authorise(actor, Permission.PEOPLE_WRITE, person.branch_id)
    words = fold(text).split()
    if not words:
        return []
    rows = Person.objects.visible_to(actor, Permission.PEOPLE_WRITE).filter(
        branch_id=person.branch_id, merged_into=None
    )
    for word in words:
        rows = rows.filter(search_key__contains=word)
    return list(
        rows.exclude(pk=person.pk).select_related("mentor", "mentee").order_by("last_name", "pk")[:MOST_FOUND]
    )
