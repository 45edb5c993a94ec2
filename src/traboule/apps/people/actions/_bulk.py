"""Writing many people at once, in the transaction of the caller."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from traboule.apps.people.actions._writing import refresh_search_key
from traboule.apps.people.enums import MenteeState, MentorState, Side
from traboule.apps.people.models import (
    Avoid,
    MenteeProfile,
    MentorProfile,
    NotToMeet,
    Person,
    SpokenLanguage,
)
from traboule.apps.people.queries._drafts import Draft
from traboule.apps.people.queries._known import keys_by_file_id

BATCH = 500


@dataclass(frozen=True, slots=True)
class Applied:
    """Ids of the people who are new and of those who changed."""

    new: list[int]
    changed: list[int]


def write_drafts(branch_id: int, side: Side, drafts: Iterable[Draft], now: datetime) -> Applied:
    """Create and change the people of ``drafts``; whom they avoid is linked once all of them exist."""
    kept = list(drafts)
    new = [draft for draft in kept if draft.status == "new"]
    changed = [draft for draft in kept if draft.status == "changed"]
    created = _create(branch_id, side, new, now)
    for draft in changed:
        _update(draft, side)
    _set_languages([*created, *((draft, draft.held) for draft in changed if draft.held is not None)])
    _link_avoided(branch_id, kept)
    return Applied(
        new=sorted(person.pk for _draft, person in created),
        changed=sorted(draft.held.pk for draft in changed if draft.held is not None),
    )


def _create(branch_id: int, side: Side, drafts: list[Draft], now: datetime) -> list[tuple[Draft, Person]]:
    persons = [
        Person(branch_id=branch_id, created_at=now, last_contact_at=now, **draft.person) for draft in drafts
    ]
    for person in persons:
        refresh_search_key(person)
    Person.everywhere.bulk_create(persons, batch_size=BATCH)
    pairs = list(zip(drafts, persons, strict=True))
    if side is Side.MENTOR:
        MentorProfile.everywhere.bulk_create(
            (
                MentorProfile(person=person, state=_mentor_state(draft), **draft.profile)
                for draft, person in pairs
            ),
            batch_size=BATCH,
        )
    else:
        MenteeProfile.everywhere.bulk_create(
            (
                MenteeProfile(person=person, state=MenteeState.POOL, **draft.profile)
                for draft, person in pairs
            ),
            batch_size=BATCH,
        )
    return pairs


def _mentor_state(draft: Draft) -> MentorState:
    return MentorState.POOL if draft.profile.get("trained_on") else MentorState.NEW


def _update(draft: Draft, side: Side) -> None:
    person = draft.held
    if person is None:
        return
    for name, value in draft.person.items():
        setattr(person, name, value)
    refresh_search_key(person)
    person.save()
    profile = person.mentor if side is Side.MENTOR else person.mentee
    for name, value in draft.profile.items():
        setattr(profile, name, value)
    if isinstance(profile, MentorProfile) and profile.state in (MentorState.NEW, MentorState.POOL):
        profile.state = MentorState.POOL if profile.trained_on else MentorState.NEW
    if isinstance(profile, MenteeProfile) and profile.waiting_since is None:
        profile.waiting_since = person.created_at.date()
    profile.save()


def _set_languages(pairs: list[tuple[Draft, Person]]) -> None:
    wanted = [(draft.languages, person) for draft, person in pairs if draft.languages is not None]
    SpokenLanguage.everywhere.filter(person__in=[person for _languages, person in wanted]).delete()
    SpokenLanguage.everywhere.bulk_create(
        (
            SpokenLanguage(person=person, code=code, level=level)
            for languages, person in wanted
            for code, level in sorted(languages.items())
        ),
        batch_size=BATCH,
    )


def _link_avoided(branch_id: int, drafts: list[Draft]) -> None:
    told = [draft for draft in drafts if draft.avoid is not None]
    if not told:
        return
    ids = keys_by_file_id(branch_id)
    about = [ids[draft.row.id] for draft in told]
    wanted = {
        (ids[draft.row.id], ids[other])
        for draft in told
        for other in draft.avoid or ()
        if other in ids and ids[other] != ids[draft.row.id]
    }
    # What somebody said in words stands until it is taken back; a file does not undo it.
    said = NotToMeet.everywhere.filter(person__in=about, other__isnull=False)
    in_file = set(wanted)
    wanted |= set(said.values_list("person_id", "other_id"))
    Avoid.everywhere.filter(person__in=about).delete()
    Avoid.everywhere.bulk_create(
        (
            Avoid(person_id=person, other_id=other, by_wish=(person, other) not in in_file)
            for person, other in sorted(wanted)
        ),
        batch_size=BATCH,
    )
