"""Two records of one human become one, and can be separated again exactly as they were (ADR 0009)."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from traboule.apps.people.actions import _rows as rows
from traboule.apps.people.actions._writing import refresh_search_key
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import MenteeProfile, MentorProfile, NotSamePerson, Person, PersonMerge
from traboule.apps.people.queries.differences import DROPPED, PERSON_CHOICES, differences
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.models import Link
from traboule.core.permissions import authorise
from traboule.core.registry import ON_MERGE, ON_UNMERGE, STILL_OPEN
from traboule.core.scope import locked

DERIVED = ("search_key", "same_name", "same_birth", "same_phone", "same_email")
# What a later day may change on the kept record without standing in the way of separating the two.
LENIENT = frozenset({*DERIVED, "last_contact_at"})


class CannotMerge(ValueError):
    """The two records cannot become one; ``code`` says why, ``model`` names the table of a clash."""

    def __init__(self, code: str, model: str = "") -> None:
        super().__init__(f"{code} {model}".strip())
        self.code = code
        self.model = model


class AlreadyMerged(ValueError):
    """Somebody was faster; ``merge`` says who, when and into which record."""

    def __init__(self, merge: PersonMerge | None) -> None:
        super().__init__("already merged")
        self.merge = merge


class CannotUnmerge(ValueError):
    """Something changed since; ``model`` and ``field`` name it ("" for the whole row)."""

    def __init__(self, model: str, field: str = "") -> None:
        super().__init__(f"{model}.{field}")
        self.model = model
        self.field = field


@transaction.atomic
def merge_people(
    *, kept: Person, dropped: Person, choices: Mapping[str, str], by: Actor, now: datetime
) -> PersonMerge:
    """Make two records of one human one: what hangs on ``dropped`` hangs on ``kept``, ``dropped`` is hidden.

    ``choices`` says of each name in ``queries.differences`` which value stays ("kept" or "dropped"); what it
    leaves out follows ``Difference.stays``. Raises CannotMerge, AlreadyMerged; NotVisible or NotAllowed.
    """
    authorise(by, Permission.PEOPLE_MERGE, kept.branch_id)
    authorise(by, Permission.PEOPLE_MERGE, dropped.branch_id)
    kept, dropped = _locked_pair(kept, dropped)
    _refuse(kept, dropped)
    changes = _ask_later_apps(kept, dropped, by, now)
    chosen = _chosen(kept, dropped, choices)
    changes += _join_profiles(kept, dropped, chosen)
    try:
        changes += rows.point_rows(frm=dropped.pk, to=kept.pk)
    except rows.Clash as clash:
        raise CannotMerge("clash", clash.model) from None
    changes += _join_persons(kept, dropped, chosen, now)
    changes += _withdraw_links(dropped, now)
    merge = PersonMerge.everywhere.create(
        branch_id=kept.branch_id,
        kept=kept,
        dropped=dropped,
        changes=changes,
        merged_at=now,
        merged_by_id=_login(by),
    )
    _note("person.merged", kept, dropped, Counter(change["do"] for change in changes), by, now)
    return merge


@transaction.atomic
def unmerge(*, merge: PersonMerge, by: Actor, now: datetime) -> PersonMerge:
    """Separate two records again: every row is as it was. What was added since stays with ``kept``.

    Raises CannotUnmerge, naming what changed since; nothing is written then. Doing it twice changes nothing.
    """
    authorise(by, Permission.PEOPLE_MERGE, merge.branch_id)
    kept, dropped = _locked_pair(merge.kept, merge.dropped)
    merge = locked(merge)
    if merge.undone_at is not None:
        return merge
    if kept.merged_into_id is not None:
        raise CannotUnmerge(Person._meta.label, "merged_into")
    for change in reversed(merge.changes):
        try:
            rows.take_back(change, LENIENT)
        except rows.Clash as clash:
            raise CannotUnmerge(clash.model, clash.field) from None
    _derive_again(kept, merge.changes)
    merge.undone_at, merge.undone_by_id = now, _login(by)
    merge.save(update_fields=["undone_at", "undone_by"])
    _note("person.unmerged", kept, dropped, Counter(), by, now)
    for tell_again in ON_UNMERGE:
        tell_again((kept.pk, dropped.pk), by, now)
    return merge


@transaction.atomic
def say_not_same(*, first: Person, second: Person, by: Actor, now: datetime) -> NotSamePerson:
    """Remember that two records are two people; saying it twice changes nothing. Raises CannotMerge."""
    authorise(by, Permission.PEOPLE_MERGE, first.branch_id)
    authorise(by, Permission.PEOPLE_MERGE, second.branch_id)
    if first.pk == second.pk:
        raise CannotMerge("same_record")
    low, high = sorted((first, second), key=lambda person: person.pk)
    said, is_new = NotSamePerson.everywhere.get_or_create(
        first=low, second=high, defaults={"said_by_id": _login(by), "said_at": now}
    )
    if is_new:
        _note("person.not_same", low, high, Counter(), by, now)
    return said


def forget_merges(person_id: int, now: datetime) -> None:
    """Delete what was kept for separating records of somebody who is erased (registry: ON_ERASE)."""
    PersonMerge.everywhere.filter(Q(kept_id=person_id) | Q(dropped_id=person_id)).delete()


def _locked_pair(kept: Person, dropped: Person) -> tuple[Person, Person]:
    """Lock both in the order of their ids, so that two who merge crosswise do not wait for each other."""
    if kept.pk == dropped.pk:
        raise CannotMerge("same_record")
    held = {person.pk: locked(person) for person in sorted((kept, dropped), key=lambda person: person.pk)}
    return held[kept.pk], held[dropped.pk]


def _refuse(kept: Person, dropped: Person) -> None:
    if kept.branch_id != dropped.branch_id:
        raise CannotMerge("other_branch")
    if kept.merged_into_id is not None or dropped.merged_into_id is not None:
        found = PersonMerge.everywhere.filter(dropped__in=(kept, dropped), undone_at=None)
        raise AlreadyMerged(found.select_related("merged_by", "kept").first())
    if kept.archived_at is not None:
        raise CannotMerge("archived")
    if _engaged(kept) and _engaged(dropped):
        raise CannotMerge("both_engaged")


def _engaged(person: Person) -> bool:
    return any(code for still_open in STILL_OPEN for code in still_open(person.pk))


def _ask_later_apps(kept: Person, dropped: Person, by: Actor, now: datetime) -> list[rows.Change]:
    """Let the apps settle what cannot stand twice, and note what they changed."""
    if not len(ON_MERGE):
        return []
    ids = (kept.pk, dropped.pk)
    before = rows.snapshot(ids)
    for handler in ON_MERGE:
        handler(kept.pk, dropped.pk, by, now)
    return rows.changes_between(before, rows.snapshot(ids))


def _chosen(kept: Person, dropped: Person, choices: Mapping[str, str]) -> set[str]:
    """Return the names whose value comes from the dropped record."""
    return {
        row.name
        for row in differences(kept, dropped)
        if row.differs and choices.get(row.name, row.stays) == DROPPED
    }


def _join_profiles(kept: Person, dropped: Person, chosen: set[str]) -> list[rows.Change]:
    """Where both have a profile of one side, the kept one takes what was chosen; the other is set aside."""
    changes: list[rows.Change] = []
    for model, side in ((MentorProfile, "mentor"), (MenteeProfile, "mentee")):
        mine = model.everywhere.select_for_update().filter(person=kept).first()
        theirs = model.everywhere.select_for_update().filter(person=dropped).first()
        if mine is None or theirs is None:
            continue
        before = rows.values_of(mine)
        taken = {name.partition(".")[2] for name in chosen if name.startswith(f"{side}.")}
        if _engaged(dropped):  # whoever is in a duo stays in it
            taken |= {"state", "paused_until"}
        for name in taken:
            setattr(mine, name, getattr(theirs, name))
        _keep_dates_in_order(mine)
        changes += rows.set_aside(theirs)
        mine.save()
        if (after := rows.values_of(mine)) != before:
            changes.append(rows.set_change(model._meta.label, mine.pk, before, after))
    return changes


def _keep_dates_in_order(profile: Any) -> None:
    """An end that lies before the start that was chosen beside it says nothing any more."""
    for start, end in (("waiting_since", "can_wait_until"), ("available_from", "available_until")):
        first, last = getattr(profile, start, None), getattr(profile, end, None)
        if first and last and last < first:
            setattr(profile, end, None)


def _join_persons(kept: Person, dropped: Person, chosen: set[str], now: datetime) -> list[rows.Change]:
    was = {person.pk: rows.values_of(person) for person in (kept, dropped)}
    for name in chosen & set(PERSON_CHOICES):
        for field in PERSON_CHOICES[name]:
            setattr(kept, field, getattr(dropped, field))
    if kept.external_id and kept.external_id == dropped.external_id:
        dropped.external_id = ""
    kept.last_contact_at = max(kept.last_contact_at, dropped.last_contact_at)
    refresh_search_key(kept)
    dropped.archived_at = dropped.archived_at or max(now, dropped.created_at)
    dropped.merged_into = kept
    changes = []
    for person in (dropped, kept):  # the file id is free before somebody else takes it
        person.save()
        changes.append(rows.set_change(Person._meta.label, person.pk, was[person.pk], rows.values_of(person)))
    return changes


def _withdraw_links(dropped: Person, now: datetime) -> list[rows.Change]:
    """Links of messages that opened the hidden record open nothing any more."""
    changes = []
    for link in Link.objects.filter(subject_type="person", subject_id=str(dropped.pk), withdrawn_at=None):
        before = rows.values_of(link)
        link.withdrawn_at = now
        link.save(update_fields=["withdrawn_at"])
        changes.append(rows.set_change(Link._meta.label, link.pk, before, rows.values_of(link)))
    return changes


def _derive_again(kept: Person, changes: list[rows.Change]) -> None:
    """Where the kept record was corrected since, its search key follows what it holds now."""
    mine = next(c for c in changes if c["model"] == Person._meta.label and c["pk"] == kept.pk)
    person = Person.everywhere.get(pk=kept.pk)
    now = rows.values_of(person)
    if any(now[name] != mine["fields"][name][0] for name in DERIVED if name in mine["fields"]):
        refresh_search_key(person)
        person.save(update_fields=[*DERIVED])


def _login(by: Actor) -> int | None:
    return by.id if by.kind is ActorKind.LOGIN else None


def _note(verb: str, kept: Person, other: Person, counts: Counter[str], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=kept.branch_id,
        verb=verb,
        subject_type="person",
        subject_id=kept.pk,
        facts={"other": other.pk, "rows": dict(counts)},
    )
