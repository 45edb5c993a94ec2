"""One duo and its end: for the team, and what waits for one of the two."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES, DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.endings.enums import ExtensionState
from traboule.apps.endings.models import (
    Certificate,
    ClosingTalk,
    EndWord,
    Extension,
    MentorChoice,
    WellBeing,
)
from traboule.apps.people.enums import ConsentPurpose, MenteeState, MentorState, Permission
from traboule.apps.people.models import Consent, Person
from traboule.apps.support.models import GatheringInvitation
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

M = TypeVar("M", bound=Model)
_DUO = ("duo__branch__organisation", "duo__mentee", "duo__mentor", "duo__started_by", "duo__coordinator")


def _behind(rows: "QuerySet[M]", subject_id: str, scope: int | None, *more: str) -> M | None:
    """The row that a link opens, if it is still there; the link itself gives the right."""
    if scope is None or not subject_id.isdigit():
        return None
    return rows.filter(pk=int(subject_id), duo__branch_id=scope).select_related(*_DUO, *more).first()


def word_behind(subject_id: str, scope: int | None) -> EndWord | None:
    """Return the question why it ended, of one side."""
    return _behind(EndWord.everywhere.all(), subject_id, scope, "person")


def extension_behind(subject_id: str, scope: int | None) -> Extension | None:
    """Return the question whether to go on."""
    return _behind(Extension.everywhere.all(), subject_id, scope, "asked_by")


def choice_behind(subject_id: str, scope: int | None) -> MentorChoice | None:
    """Return the question what a mentor does next."""
    return _behind(MentorChoice.everywhere.all(), subject_id, scope, "person")


def well_being_behind(subject_id: str, scope: int | None) -> WellBeing | None:
    """Return the question how a mentor is."""
    return _behind(WellBeing.everywhere.all(), subject_id, scope, "person")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whether there is any of these for one person, asked in one query."""

    word: bool = False
    extension: bool = False
    choice: bool = False
    well_being: bool = False
    papers: bool = False
    is_alumni: bool = False
    agreed: bool = False


def asked_after_a_duo(person_id: int) -> "dict[str, QuerySet[Any]]":
    """Return the rows behind ``Waiting``, for one query that asks which of them there are."""
    return {
        "word": words_to_say(person_id),
        "extension": extensions_to_answer(person_id),
        "choice": MentorChoice.everywhere.filter(person=person_id),
        "well_being": well_being_to_say(person_id),
        "papers": Certificate.everywhere.filter(person=person_id),
        "is_alumni": _alumni().filter(pk=person_id),
        "agreed": _agreed().filter(person=person_id),
    }


def waiting_for(person_id: int, asked: "dict[str, QuerySet[Any]]") -> Waiting:
    """Return what waits for a person, and whether they have left their last duo behind."""
    found = Person.everywhere.filter(pk=person_id).annotate(
        **{f"has_{name}": Exists(rows) for name, rows in asked.items()}
    )
    row = found.values(*(f"has_{name}" for name in asked)).first() or {}
    return Waiting(**{name: bool(row.get(f"has_{name}")) for name in asked})


def words_to_say(person_id: int) -> "QuerySet[EndWord]":
    """Return the questions why it ended that a person has not answered."""
    return EndWord.everywhere.filter(person=person_id, said_at=None).select_related("person", *_DUO)


def extensions_to_answer(person_id: int) -> "QuerySet[Extension]":
    """Return the questions whether to go on that wait for this person."""
    mine = Q(duo__mentee=person_id, mentee_says=None) | Q(duo__mentor=person_id, mentor_says=None)
    rows = Extension.everywhere.filter(mine, state=ExtensionState.ASKED)
    return rows.select_related("asked_by", *_DUO)


def choices_of(person_id: int) -> "QuerySet[MentorChoice]":
    """Return what a mentor was asked after each duo, the latest first."""
    rows = MentorChoice.everywhere.filter(person=person_id).order_by("-asked_at", "-pk")
    return rows.select_related("person", *_DUO)


def well_being_to_say(person_id: int) -> "QuerySet[WellBeing]":
    """Return the questions how a mentor is that wait for them, while the duo runs."""
    rows = WellBeing.everywhere.filter(
        person=person_id, answered_at=None, skipped_at=None, duo__state__in=OPEN_DUO_STATES
    )
    return rows.select_related("person", *_DUO)


def papers_of(person_id: int) -> list[Certificate]:
    """Return the certificates of a person, the latest first."""
    return list(Certificate.everywhere.filter(person=person_id).order_by("-issued_at", "-pk"))


@dataclass(frozen=True, slots=True)
class OfDuo:
    """What the team sees of the end of one duo."""

    talk: ClosingTalk | None
    extensions: list[Extension]
    words: list[EndWord]
    papers: list[Certificate]
    choice: MentorChoice | None
    well_being: list[WellBeing]
    gatherings: int


def asked_of_ending(duo: Duo) -> "dict[str, QuerySet[Any]]":
    """Return the rows behind ``OfDuo``, for one query that asks which of them there are."""
    rows: dict[str, QuerySet[Any]] = {
        "talk": ClosingTalk.everywhere.filter(duo=duo.pk),
        "extensions": Extension.everywhere.filter(duo=duo.pk).select_related("asked_by"),
        "well_being": WellBeing.everywhere.filter(duo=duo.pk),
    }
    if duo.state == DuoState.CLOSED:
        rows |= {
            "words": EndWord.everywhere.filter(duo=duo.pk).select_related("said_by", "person"),
            "papers": Certificate.everywhere.filter(duo=duo.pk),
            "choice": MentorChoice.everywhere.filter(duo=duo.pk),
        }
    return rows


def ending_of(duo: Duo, there: Mapping[str, bool]) -> OfDuo:
    """Return what ``there`` is (by the names of ``asked_of_ending``); the caller may see the duo."""
    found = {name: list(rows) for name, rows in asked_of_ending(duo).items() if there.get(name)}
    return OfDuo(
        talk=next(iter(found.get("talk", [])), None),
        extensions=found.get("extensions", []),
        words=found.get("words", []),
        papers=found.get("papers", []),
        choice=next(iter(found.get("choice", [])), None),
        well_being=found.get("well_being", []),
        gatherings=_gatherings(duo) if found.get("well_being") else 0,
    )


def _gatherings(duo: Duo) -> int:
    came = GatheringInvitation.everywhere.filter(person=duo.mentor_id, presence="came")
    return came.filter(gathering__starts_at__date__gte=duo.started_on).count()


def find_talk(*, actor: Actor, branch: Branch, duo_id: int) -> ClosingTalk:
    """Return the closing talk of a duo. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.DUOS_WRITE, branch.pk)
    rows = ClosingTalk.objects.visible_to(actor, Permission.DUOS_WRITE)
    return _found(rows.filter(duo__branch=branch, duo_id=duo_id))


def find_choice(*, actor: Actor, branch: Branch, duo_id: int) -> MentorChoice:
    """Return what the mentor was asked after a duo. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.DUOS_WRITE, branch.pk)
    rows = MentorChoice.objects.visible_to(actor, Permission.DUOS_WRITE)
    return _found(rows.filter(duo__branch=branch, duo_id=duo_id).select_related("person"))


def find_word(*, actor: Actor, branch: Branch, duo_id: int, side: str) -> EndWord:
    """Return what one side is asked about the end. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.DUOS_WRITE, branch.pk)
    rows = EndWord.objects.visible_to(actor, Permission.DUOS_WRITE)
    return _found(rows.filter(duo__branch=branch, duo_id=duo_id, side=side).select_related("person"))


def find_extension(*, actor: Actor, branch: Branch, pk: int) -> Extension:
    """Return one wish to go on. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.DUOS_WRITE, branch.pk)
    rows = Extension.objects.visible_to(actor, Permission.DUOS_WRITE)
    return _found(rows.filter(duo__branch=branch, pk=pk).select_related("asked_by"))


def _found(rows: "QuerySet[M]") -> M:
    found = rows.select_related(*_DUO).first()
    if found is None:
        raise NotVisible
    return found


def _alumni() -> "QuerySet[Person]":
    """Who was in a duo, is in none, and waits for none: the state is read, and nothing is written for it."""
    theirs = Duo.everywhere.filter(Q(mentee=OuterRef("pk")) | Q(mentor=OuterRef("pk"))).order_by()
    waits = Q(mentee__state__in=(MenteeState.POOL, MenteeState.MATCHED)) | Q(mentor__state=MentorState.POOL)
    rows = Person.everywhere.filter(Exists(theirs.filter(state=DuoState.CLOSED)), archived_at=None)
    return rows.exclude(waits).exclude(Exists(theirs.filter(state__in=OPEN_DUO_STATES)))


def _agreed() -> "QuerySet[Consent]":
    return Consent.everywhere.filter(purpose=ConsentPurpose.ALUMNI, withdrawn_at=None)


@dataclass(frozen=True, slots=True)
class Alumni:
    """How many were in a duo and are in none; those who agreed to be asked, by name."""

    number: int
    agreed: tuple[Person, ...]


def alumni_of(*, actor: Actor, branch: Branch) -> Alumni:
    """Return the alumni of a branch."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    rows = _alumni().filter(branch=branch)
    agreed = rows.filter(pk__in=_agreed().values("person")).select_related("mentee", "mentor")
    return Alumni(rows.count(), tuple(agreed.order_by("last_name", "first_name", "pk")))
