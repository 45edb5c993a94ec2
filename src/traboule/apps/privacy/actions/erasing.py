"""Erasing a person: every app's handler, then the declarations, then the person; one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from django.db import models, transaction

from traboule.apps.people.enums import MenteeState, MentorState, Permission
from traboule.apps.people.models import MenteeProfile, MentorProfile, Person
from traboule.apps.people.queries.twins import merged_away
from traboule.apps.privacy import rules
from traboule.apps.privacy.actions.requests import AlreadyAnswered, answer_request
from traboule.apps.privacy.enums import Answer, EraseReason
from traboule.apps.privacy.models import ErasureEntry, LegalHold, RightsRequest, StandIn
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.erasing import Erased, erase_by_value, erase_subject, forget_in_audit, remove_files
from traboule.core.models import Link
from traboule.core.permissions import authorise
from traboule.core.registry import ON_ERASE, STILL_OPEN


class ErasureRefused(ValueError):
    """Something stands in the way: an open duo or proposal, a legal hold. ``codes`` names it."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


@transaction.atomic
def erase_on_request(*, request: RightsRequest, by: Actor, now: datetime) -> ErasureEntry:
    """Answer a request with the erasure of who asked it. Raises AnswerIncomplete, ErasureRefused."""
    person = request.person
    if person is None:
        raise AlreadyAnswered
    answer_request(request=request, answer=Answer.DONE, by=by, now=now)
    return erase_person(person=person, by=by, now=now, reason=EraseReason.ASKED)


@transaction.atomic
def erase_person(*, person: Person, by: Actor, now: datetime, reason: EraseReason) -> ErasureEntry:
    """Erase everything that is held about ``person`` and return the line of the ledger.

    Rows go, are emptied or lose their link as their fields declare; what counts stays, without anybody in it.
    Who is in the ledger already and gone is not erased twice. Raises ErasureRefused; NotVisible, NotAllowed.
    """
    authorise(by, Permission.RIGHTS_ANSWER, person.branch_id)
    row = (
        Person.everywhere.select_for_update(of=("self",))
        .select_related("branch")
        .filter(pk=person.pk)
        .first()
    )
    if row is None:
        return ErasureEntry.everywhere.get(number=person.pk)
    codes = in_the_way(row.pk, now)
    if codes and reason is not EraseReason.REPLAY:
        raise ErasureRefused(codes)
    twins = merged_away(row.pk)
    # Before the handlers: they may ask why somebody is erased. Each record of the person has its line, so
    # that an older copy brings none of them back.
    entry = [_enter(number, row, reason, now) for number in (*(twin.pk for twin in twins), row.pk)][-1]
    until = row.last_contact_at if entry.reason == EraseReason.RETENTION else None
    done, rows = _empty(row, twins, until, now)
    audit.record(
        by=by,
        now=now,
        branch_id=row.branch_id,
        verb="person.erased",
        subject_type="person",
        subject_id=row.pk,
        facts={"reason": reason, "rows": rows},
    )
    Person.everywhere.filter(pk=row.pk).delete()
    transaction.on_commit(partial(remove_files, done.files))
    return entry


def _enter(number: int, row: Person, reason: EraseReason, now: datetime) -> ErasureEntry:
    fields = {"branch": row.branch, "reason": reason, "erased_at": now}
    return ErasureEntry.everywhere.get_or_create(number=number, defaults=fields)[0]


def _empty(row: Person, twins: Sequence[Person], until: datetime | None, now: datetime) -> tuple[Erased, int]:
    """Run the handlers and the declarations; return what was done and how many rows that touched."""
    keys = [twin.pk for twin in twins]
    Person.everywhere.filter(pk__in=keys).update(merged_into=row)  # a twin of a twin goes along
    shared = Person.everywhere.exclude(pk__in=[row.pk, *keys])
    values = {value for one in (row, *twins) for value in (one.email, one.phone) if value}
    alone = [value for value in sorted(values) if not _is_shared(shared, value)]
    for handler in ON_ERASE:
        handler(row.pk, now)
    done = erase_subject(Person, row.pk, _stand_in_for(row, now))
    rows = done.rows + erase_by_value(alone, Person, until=until)
    for number in keys:
        forget_in_audit(("", audit.scope_name(row.branch_id)), number)
    _forget(row, done)
    return done, rows


def replay_ledger(*, by: Actor, now: datetime) -> int:
    """Erase again whoever came back with an older copy of the database; return how many that were.

    A hold or a duo of that older day does not bring anybody back.
    """
    numbers = ErasureEntry.everywhere.values_list("number", flat=True)
    back = Person.everywhere.filter(pk__in=list(numbers))
    count = 0
    for person in back:
        erase_person(person=person, by=by, now=now, reason=EraseReason.REPLAY)
        count += 1
    return count


def in_the_way(person_id: int, now: datetime) -> list[str]:
    """Return the codes of what stands in the way of erasing."""
    codes = sorted({code for handler in STILL_OPEN for code in handler(person_id)} & rules.BLOCKING)
    held = LegalHold.everywhere.filter(person_id=person_id, lifted_at=None, until__gte=now.date())
    return [*codes, *([rules.LEGAL_HOLD] if held.exists() else [])]


def _is_shared(others: models.QuerySet[Person], value: str) -> bool:
    return others.filter(email__iexact=value).exists() or others.filter(phone=value).exists()


def _forget(row: Person, done: Erased) -> None:
    scopes = ("", audit.scope_name(row.branch_id))
    about = [("person", row.pk)]
    for label, keys in done.deleted.items():
        about += [(label.rpartition(".")[2].lower(), key) for key in keys]
    forget_in_audit(scopes, row.pk, about)
    Link.objects.filter(subject_type="person", subject_id=str(row.pk)).delete()


def _stand_in_for(row: Person, now: datetime) -> Callable[[], int]:
    """Return a function that makes the stand-in the first time that it is asked."""
    made: list[int] = []
    sides = [
        model for model in (MentorProfile, MenteeProfile) if model.everywhere.filter(person=row).exists()
    ]

    def stand_in() -> int:
        if not made:
            made.append(_make_stand_in(row, sides, now))
        return made[0]

    return stand_in


def _make_stand_in(row: Person, sides: Sequence[type[MentorProfile | MenteeProfile]], now: datetime) -> int:
    """Make an empty person of the same branch; of the dates only the month stays, and the sides."""
    since = _month(row.created_at)
    away = max(since, _month(now))
    empty = Person(branch=row.branch, created_at=since, last_contact_at=since, archived_at=away)
    empty.save(force_insert=True)
    StandIn.everywhere.create(person=empty)
    for model in sides:
        model.everywhere.create(
            person=empty, state=MenteeState.LEFT if model is MenteeProfile else MentorState.LEFT
        )
    return empty.pk


def _month(moment: datetime) -> datetime:
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
