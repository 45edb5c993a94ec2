"""Whom a branch knows under which file id; the id of a record that was merged away names the kept one."""

from dataclasses import dataclass

from traboule.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Known:
    """The people of a branch as a file names them."""

    held: dict[str, Person]
    # By person: the one id under which two lists of people are compared.
    names: dict[int, str]

    def same(self, file_id: str) -> str:
        """Return the id under which the person behind ``file_id`` is compared; an unknown id is itself."""
        person = self.held.get(file_id)
        return file_id if person is None else self.names[person.pk]


def known_people(branch_id: int) -> Known:
    """Return who is known, with profiles, languages and people to avoid."""
    rows = Person.everywhere.filter(branch_id=branch_id).select_related("mentor", "mentee")
    people = {
        person.pk: person for person in rows.prefetch_related("languages", "avoids__other").order_by("pk")
    }
    named = {person.external_id: _kept(person, people) for person in people.values() if person.external_id}
    names: dict[int, str] = {}
    for file_id, person in named.items():
        names.setdefault(person.pk, person.external_id or file_id)
    return Known(named, names)


def keys_by_file_id(branch_id: int) -> dict[str, int]:
    """Return the key of the person whom each file id names."""
    rows = list(Person.everywhere.filter(branch_id=branch_id).values_list("pk", "external_id", "merged_into"))
    here = {pk for pk, _file_id, _kept_pk in rows}
    into = {pk: kept for pk, _file_id, kept in rows if kept in here}
    found = {}
    for pk, file_id, _kept_pk in rows:
        last = pk
        while last in into:
            last = into[last]
        if file_id:
            found[file_id] = last
    return found


def _kept(person: Person, people: dict[int, Person]) -> Person:
    """Follow a record to the one that it was merged into, over several merges."""
    while person.merged_into_id is not None and person.merged_into_id in people:
        person = people[person.merged_into_id]
    return person
