"""What is written down about a talk: readers first, drafts that survive, two views apart."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.applications.actions._moves import move
from traboule.apps.applications.actions.errors_judging import (
    NotBothFinished,
    NotesChanged,
    NotesFinished,
    NotTheAssessor,
    TalkIsOver,
)
from traboule.apps.applications.actions.talks import hold_key, plan_key, record
from traboule.apps.applications.actions.wishes import open_wish_step
from traboule.apps.applications.enums_judging import JudgingStep, TalkState
from traboule.apps.applications.models import Talk, TalkNotes
from traboule.apps.applications.models.talks import SCALES
from traboule.apps.applications.queries.guides import guide_of_notes
from traboule.apps.applications.queries.talk_profile import only_other
from traboule.apps.applications.queries.talks import len_wished
from traboule.apps.applications.talk_guide import ANSWER_LENGTH
from traboule.apps.messages.actions import tell
from traboule.apps.people.actions import correct_person
from traboule.apps.people.actions.avoiding import TooManyWishes, say_not_to_meet
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.enums import Permission, Readers
from traboule.apps.people.models import Login, MenteeProfile, MentorProfile, Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.links import address_of, make_link
from traboule.core.permissions import NotAllowed, authorise
from traboule.core.scope import locked

READ_TALK = "read_talk"
FIELDS = frozenset({"answers", "gender_wish", "would_not_meet", "can_wait_until", "profile", *SCALES})
RANK_DECIDE, RANK_SECOND = 30, 50
READ_FOR = timedelta(days=30)


@transaction.atomic
def start_notes(*, talk: Talk, readers: Readers, by: Actor, now: datetime) -> TalkNotes:
    """Begin to write, after choosing who reads it. Whoever comes second to a talk forms a second view.

    Beginning twice returns what is there. Raises TalkIsOver, NotTheAssessor (a third one).
    """
    authorise(by, Permission.TALKS_WRITE, talk.branch_id)
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise NotAllowed(Permission.TALKS_WRITE)
    row = locked(talk)
    notes = list(TalkNotes.everywhere.filter(talk=row))
    mine = next((each for each in notes if each.assessor_id == by.id), None)
    if mine is not None:
        return mine
    if row.state not in (TalkState.PLANNED, TalkState.HELD):
        raise TalkIsOver
    if len(notes) >= 2 or (notes and row.second_id not in (None, by.id, notes[0].assessor_id)):
        raise NotTheAssessor
    if notes and row.second_id is None:
        row.second_id = by.id
        row.save(update_fields=["second"])
    made = TalkNotes.everywhere.create(
        talk=row, assessor_id=by.id, readers=readers, started_at=now, saved_at=now
    )
    record(row, "talk.notes_started", by, now, {"notes": made.pk, "readers": readers})
    return made


@transaction.atomic
def save_notes(
    *, notes: TalkNotes, fields: Mapping[str, Any], revision: int, by: Actor, now: datetime
) -> TalkNotes:
    """Save a draft, as often as one likes: a draft is the author's own and leaves no trace in the audit log.

    Raises NotesChanged (saved elsewhere since ``revision``), NotesFinished, NotTheAssessor.
    """
    row = _own(notes, by)
    held, before = row.revision, _words_of(row)
    _fill(row, fields, now)
    # The page saves by itself while its author presses a button: the same words twice are one version.
    if held != revision and _words_of(row) != before:
        raise NotesChanged(held)
    row.save()
    return row


@transaction.atomic
def finish_notes(*, notes: TalkNotes, by: Actor, now: datetime) -> TalkNotes:
    """Close the notes: the talk counts as held, the wishes go to the person's page.

    With one assessor the five scales go there too; with two they wait until both views are brought together.
    Raises NotesFinished, NotTheAssessor.
    """
    row = _own(notes, by)
    talk = locked(row.talk)
    row.finished_at = row.saved_at = now
    row.save(update_fields=["finished_at", "saved_at"])
    _hold(talk, by, now)
    others = list(TalkNotes.everywhere.filter(talk=talk).exclude(pk=row.pk))
    person = talk.application.person
    alone = len_wished(talk, [row, *others]) == 1
    if person is not None:
        _write_down(person, row, with_scales=alone, by=by, now=now)
    record(talk, "talk.notes_finished", by, now, {"notes": row.pk})
    if row.readers == Readers.SHARED:
        _share(row, talk, by, now)
    if not alone:
        _next_of_two(talk, row, others, by, now)
    return row


@transaction.atomic
def agree_scales(*, talk: Talk, values: Mapping[str, int], by: Actor, now: datetime) -> Talk:
    """Write the values that both assessors agreed on to the person's page. Raises NotBothFinished."""
    authorise(by, Permission.TALKS_WRITE, talk.branch_id)
    row = locked(talk)
    done = TalkNotes.everywhere.filter(talk=row, finished_at__isnull=False).count()
    if done < 2:
        raise NotBothFinished
    chosen = {name: int(values[name]) for name in SCALES if values.get(name) is not None}
    if any(not 1 <= value <= 5 for value in chosen.values()):
        raise ValueError("a scale goes from 1 to 5")
    row.agreed_at = now
    row.save(update_fields=["agreed_at"])
    if row.application.person is not None:
        correct_person(person=row.application.person, fields=chosen, by=by, now=now)
    close_steps(branch=row.branch, key=_agree_key(row), by=by, now=now)
    record(row, "talk.agreed", by, now, {"scales": chosen})
    return row


def _own(notes: TalkNotes, by: Actor) -> TalkNotes:
    authorise(by, Permission.TALKS_WRITE, notes.talk.branch_id)
    row = locked(notes)
    if by.kind is not ActorKind.LOGIN or row.assessor_id != by.id:
        raise NotTheAssessor
    if row.finished_at is not None:
        raise NotesFinished
    return row


def _words_of(row: TalkNotes) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}


def _fill(row: TalkNotes, fields: Mapping[str, Any], now: datetime) -> None:
    unknown = sorted(set(fields) - FIELDS)
    if unknown:
        raise KeyError(", ".join(unknown))
    known = {question.code for question in guide_of_notes(row)}
    for name, value in fields.items():
        if name == "answers":
            kept = {code: str(text)[:ANSWER_LENGTH] for code, text in value.items() if code in known}
            row.answers = {**row.answers, **kept}
        elif name == "profile":
            row.profile = only_other(row, value)
        else:
            setattr(row, name, value)
    row.revision += 1
    row.saved_at = now


def _hold(talk: Talk, by: Actor, now: datetime) -> None:
    if talk.state == TalkState.PLANNED:
        talk.state, talk.closed_at = TalkState.HELD, now
        talk.save(update_fields=["state", "closed_at"])
        record(talk, "talk.held", by, now, {})
    for key in (hold_key(talk), plan_key(talk)):
        close_steps(branch=talk.branch, key=key, by=by, now=now)
    if talk.application.state not in ("sent", "talk_planned"):
        return
    move(talk.application, "hold_talk", by=by, now=now)
    open_step(
        branch=talk.branch,
        kind=JudgingStep.TO_DECIDE,
        key=f"{JudgingStep.TO_DECIDE}:{talk.application_id}",
        person=talk.application.person,
        owner=talk.host,
        rank=RANK_DECIDE,
        due_on=local_day(now, talk.branch.timezone) + timedelta(days=3),
        subject_type="application",
        subject_id=talk.application_id,
        by=by,
        now=now,
    )


def _write_down(person: Person, row: TalkNotes, *, with_scales: bool, by: Actor, now: datetime) -> None:
    fields: dict[str, Any] = {}
    if row.gender_wish:
        fields["gender_wish"] = row.gender_wish
    if with_scales:
        # A value that somebody wrote before is not overwritten: the page of the talk offers the new one.
        empty = {name for name in SCALES if getattr(person, name) is None}
        fields |= {name: row.scales[name] for name in empty if row.scales[name] is not None}
    if _may_wait_until(person, row.can_wait_until):
        fields["can_wait_until"] = row.can_wait_until
    if fields:
        correct_person(person=person, fields=fields, by=by, now=now)
    _write_wish(person, row.would_not_meet, by, now)
    touch(person.pk, now)


def _write_wish(person: Person, words: str, by: Actor, now: datetime) -> None:
    """A full name becomes a pair that is never proposed; other words wait for somebody of the team."""
    if not words.strip():
        return
    try:
        wish = say_not_to_meet(person=person, words=words, by=by, now=now)
    except TooManyWishes:
        open_wish_step(person=person, by=by, now=now)
        return
    if wish.other_id is None:
        open_wish_step(person=person, by=by, now=now)


def _may_wait_until(person: Person, until: date | None) -> bool:
    if until is None:
        return False
    mentee = MenteeProfile.everywhere.filter(person=person).first()
    if mentee is not None:
        return (mentee.waiting_since or date.min) <= until
    return MentorProfile.everywhere.filter(person=person).exists()


def _share(row: TalkNotes, talk: Talk, by: Actor, now: datetime) -> None:
    """Whoever may read what is written about them gets a link to it."""
    secret = make_link(
        right=READ_TALK,
        subject_type="talk_notes",
        subject_id=row.pk,
        scope=talk.branch_id,
        now=now,
        ends_at=now + READ_FOR,
    )
    person = talk.application.person
    values = {
        "first_name": (person.first_name or person.display_name) if person else "",
        "host": str(row.assessor),
        "branch": talk.branch.name,
        "link": address_of(secret),
    }
    event = f"talk_notes:{row.pk}"
    tell(
        branch=talk.branch,
        kind="talk.notes_shared",
        event=event,
        values=values,
        person=person,
        by=by,
        now=now,
    )


def _next_of_two(talk: Talk, row: TalkNotes, others: list[TalkNotes], by: Actor, now: datetime) -> None:
    """After the first view the second is awaited; after the second, both are brought together."""
    both = bool(others) and all(each.finished_at is not None for each in others)
    waits_for = talk.second_id if row.assessor_id != talk.second_id else talk.host_id
    kind = JudgingStep.TALK_TO_AGREE if both else JudgingStep.TALK_SECOND
    if both:
        close_steps(branch=talk.branch, key=f"{JudgingStep.TALK_SECOND}:{talk.pk}", by=by, now=now)
    open_step(
        branch=talk.branch,
        kind=kind,
        key=_agree_key(talk) if both else f"{kind}:{talk.pk}",
        person=talk.application.person,
        owner=talk.host if both else _login(waits_for),
        rank=RANK_SECOND,
        due_on=local_day(now, talk.branch.timezone) + timedelta(days=2),
        subject_type="talk",
        subject_id=talk.pk,
        by=by,
        now=now,
    )


def _agree_key(talk: Talk) -> str:
    return f"{JudgingStep.TALK_TO_AGREE}:{talk.pk}"


def _login(pk: int | None) -> Login | None:
    return Login.objects.filter(pk=pk).first() if pk is not None else None
