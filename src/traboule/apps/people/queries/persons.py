"""People of a branch: the list and one person's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MenteeState, MentorState, Permission, Side
from traboule.apps.people.models import (
    Avoid,
    Consent,
    MenteeProfile,
    MentorProfile,
    Note,
    NotToMeet,
    Person,
)
from traboule.apps.people.validators import fold
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotVisible, authorise
from traboule.core.remember import remembered

HISTORY_SHOWN = 20


def people_list(
    *,
    actor: Actor,
    branch: Branch,
    kind: str | None = None,
    state: str | None = None,
    text: str = "",
    commune: str = "",
    language: str = "",
    waiting: date | None = None,
    archived: bool = False,
) -> models.QuerySet[Person]:
    """Return the people of a branch, who waits longest first, then by name.

    ``kind`` is mentor or mentee; ``state`` a state of that side; ``text`` looks in names, place, contacts and
    file ids, without accents and case; ``waiting`` keeps mentees in the pool since that day or before.
    Each person comes with ``mentor`` and ``mentee`` loaded, ``languages`` prefetched, ``in_pool_since`` and
    ``open_step_on``, the date of its first open step.
    """
    authorise(actor, Permission.PEOPLE_SEE, branch.pk)
    rows = Person.objects.visible_to(actor).filter(
        branch=branch, archived_at__isnull=not archived, merged_into=None
    )
    if kind == Side.MENTOR:
        rows = rows.filter(mentor__isnull=False)
    elif kind == Side.MENTEE:
        rows = rows.filter(mentee__isnull=False)
    if state:
        rows = rows.filter(Q(mentor__state=state) | Q(mentee__state=state))
    for word in fold(text).split():
        rows = rows.filter(search_key__contains=word)
    if commune:
        rows = rows.filter(commune_code=commune)
    if language:
        rows = rows.filter(languages__code=language)
    if waiting is not None:
        rows = rows.filter(mentee__state=MenteeState.POOL, mentee__waiting_since__lte=waiting)
    return _for_list(rows)


def _for_list(rows: models.QuerySet[Person]) -> models.QuerySet[Person]:
    open_step = (
        Note.everywhere.filter(person=OuterRef("pk"), done_at=None, next_step_on__isnull=False)
        .order_by("next_step_on")
        .values("next_step_on")[:1]
    )
    in_pool = models.Case(
        models.When(mentee__state=MenteeState.POOL, then=F("mentee__waiting_since")), default=None
    )
    return (
        rows.select_related("mentor", "mentee")
        .prefetch_related("languages")
        .annotate(open_step_on=Subquery(open_step), in_pool_since=in_pool)
        .order_by(
            Coalesce("in_pool_since", models.Value(date.max), output_field=models.DateField()),
            "last_name",
            "first_name",
            "pk",
        )
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people of a branch stand where (archived ones apart)."""

    mentors: dict[str, int]
    mentees: dict[str, int]
    archived: int


def counts(*, actor: Actor, branch: Branch) -> Counts:
    """Count the people of a branch by side and state."""
    authorise(actor, Permission.PEOPLE_SEE, branch.pk)
    here = Q(person__branch=branch, person__archived_at=None)
    mentors = dict(_by_state(MentorProfile.everywhere.filter(here)))
    mentees = dict(_by_state(MenteeProfile.everywhere.filter(here)))
    return Counts(
        mentors={state: mentors.get(state, 0) for state in MentorState.values},
        mentees={state: mentees.get(state, 0) for state in MenteeState.values},
        archived=Person.everywhere.filter(branch=branch, archived_at__isnull=False, merged_into=None).count(),
    )


def _by_state(rows: models.QuerySet[Any]) -> Iterable[tuple[str, int]]:
    counted = rows.values("state").annotate(number=models.Count("pk")).order_by("state")
    return [(row["state"], row["number"]) for row in counted]


def communes_of(*, actor: Actor, branch: Branch) -> list[tuple[str, str]]:
    """Return (code, name) of the communes where people of the branch live, by name: choices of a filter."""
    authorise(actor, Permission.PEOPLE_SEE, branch.pk)
    return remembered(branch.pk, "communes", lambda: _communes(branch))


def _communes(branch: Branch) -> list[tuple[str, str]]:
    rows = Person.everywhere.filter(branch=branch, archived_at=None).exclude(commune_code="")
    return sorted(rows.values_list("commune_code", "commune_name").distinct(), key=lambda pair: fold(pair[1]))


def languages_of(*, actor: Actor, branch: Branch) -> list[str]:
    """Return the codes of the languages spoken in the branch: choices of a filter."""
    authorise(actor, Permission.PEOPLE_SEE, branch.pk)
    rows = Person.everywhere.filter(branch=branch, archived_at=None, languages__isnull=False)
    spoken = rows.values_list("languages__code", flat=True).distinct()
    return remembered(branch.pk, "languages", lambda: sorted(spoken))


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of a person shows; notes only if the reader may see them, history when asked for."""

    person: Person
    mentor: MentorProfile | None
    mentee: MenteeProfile | None
    avoids: list[Person]
    unnamed: list[str]
    notes: list[Note]
    open_steps: list[Note]
    consents: list[Consent]
    history: models.QuerySet[AuditEntry]


def find_person(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.PEOPLE_SEE
) -> Person:
    """Return one person of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    person = (
        Person.objects.visible_to(actor, permission)
        .select_related("mentor", "mentee", "branch")
        .prefetch_related("languages")
        .annotate(has_unnamed=Exists(NotToMeet.everywhere.filter(person=OuterRef("pk"), other=None)))
        .filter(branch=branch, pk=pk)
        .first()
    )
    if person is None:
        raise NotVisible
    return person


def find_note(*, actor: Actor, branch: Branch, pk: int) -> Note:
    """Return one note about a person of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.NOTES_SEE, branch.pk)
    note = (
        Note.objects.visible_to(actor).select_related("person").filter(person__branch=branch, pk=pk).first()
    )
    if note is None:
        raise NotVisible
    return note


def person_page(*, actor: Actor, branch: Branch, pk: int) -> PersonPage:
    """Return the page of one person. Raises NotVisible (404), NotAllowed (403)."""
    person = find_person(actor=actor, branch=branch, pk=pk)
    notes: list[Note] = []
    if actor.may(Permission.NOTES_SEE, branch.pk):
        notes = list(Note.everywhere.filter(person=person).select_related("author", "step_owner", "done_by"))
    avoiding = Avoid.everywhere.filter(person=person).select_related("other")
    unnamed = NotToMeet.everywhere.filter(person=person, other=None).values_list("words", flat=True)
    has_unnamed = getattr(person, "has_unnamed", True)
    history = audit.entries(branch.pk).filter(subject_type="person", subject_id=str(person.pk))
    return PersonPage(
        person=person,
        mentor=getattr(person, "mentor", None),
        mentee=getattr(person, "mentee", None),
        avoids=[row.other for row in avoiding],
        unnamed=list(unnamed) if has_unnamed else [],
        notes=notes,
        open_steps=[note for note in notes if note.next_step and note.done_at is None],
        consents=list(Consent.everywhere.filter(person=person).order_by("-given_at")),
        history=history[:HISTORY_SHOWN],
    )
