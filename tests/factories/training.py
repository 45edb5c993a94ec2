"""Modules, sittings, seats and screening. What a test depends on it says itself."""

from datetime import datetime, timedelta
from typing import Any

from tests.factories.people import NOW, TODAY, coordinator, mentor
from traboule.apps.applications.actions import references as asking
from traboule.apps.applications.actions import screening as acting
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application, Reference, SafeguardingCheck
from traboule.apps.applications.screening_enums import Document, Known, Trust
from traboule.apps.branches.models import Branch, ProgrammeVersion
from traboule.apps.people.enums import Channel, MentorState, Side
from traboule.apps.people.models import Person
from traboule.apps.training.enums import Presence, SessionKind
from traboule.apps.training.models import Attendance, Module, TrainingSession
from traboule.apps.training.shipped import SHIPPED
from traboule.core.actors import Actor


def modules(branch: Branch) -> list[Module]:
    """The eight shipped modules of a branch, under a version of the programme."""
    version, _is_new = ProgrammeVersion.objects.get_or_create(
        organisation=branch.organisation, valid_from="2025-01-01", defaults={"label": "1"}
    )
    found = list(Module.everywhere.filter(branch=branch, version=version))
    return found or Module.everywhere.bulk_create(
        Module(branch=branch, version=version, number=n, code=one.code, kind=one.kind)
        for n, one in enumerate(SHIPPED, 1)
    )


def sitting(
    branch: Branch, *, module: Module | None = None, starts_at: datetime = NOW, **fields: Any
) -> TrainingSession:
    """A sitting of three hours; without a module an exchange of practice."""
    boring: dict[str, Any] = {
        "kind": SessionKind.MODULE if module else SessionKind.EXCHANGE,
        "ends_at": starts_at + timedelta(hours=3),
        "place": "La Duchère",
    }
    return TrainingSession.everywhere.create(
        branch=branch, module=module, starts_at=starts_at, **(boring | fields)
    )


def seat(session: TrainingSession, person: Person, presence: Presence = Presence.PRESENT) -> Attendance:
    """A seat, by default of somebody who came."""
    return Attendance.everywhere.create(
        session=session,
        person=person,
        seat=Attendance.everywhere.filter(session=session).count() + 1,
        presence=presence,
        enrolled_at=NOW,
        noted_at=None if presence == Presence.PLANNED else NOW,
    )


def candidate(branch: Branch, **fields: Any) -> Person:
    """A mentor under way: not trained, with a complete profile."""
    return mentor(branch, **({"state": MentorState.NEW, "trained_on": None} | fields))


def accepted(person: Person) -> Application:
    """An accepted application as mentor."""
    return Application.everywhere.create(
        branch=person.branch,
        person=person,
        side=Side.MENTOR,
        state=ApplicationState.ACCEPTED,
        started_at=NOW,
        saved_at=NOW,
        sent_at=NOW,
        decided_at=NOW,
        moved_at=NOW,
    )


def reference(person: Person, by: Actor | None = None, **fields: Any) -> Reference:
    """A reference that was asked for by mail."""
    given: dict[str, Any] = {"referee": "Jeanne Roux", "channel": Channel.EMAIL, "address": "j@example.org"}
    actor = by or coordinator(person.branch)
    return asking.ask_reference(person=person, by=actor, **({"now": NOW} | given | fields))


def approved_check(person: Person, by: Actor, second: Actor, now: datetime = NOW) -> SafeguardingCheck:
    """A check that was asked for, seen and looked at twice, all on one day."""
    check = acting.ask_check(person=person, by=by, now=now)
    check = acting.note_check(check=check, seen_on=now.date(), issued_on=now.date(), by=by, now=now)
    return acting.approve_check(check=check, by=second, now=now)


def complete(person: Person, by: Actor) -> Person:
    """Everything that is asked of a mentor before somebody declares them ready."""
    accepted(person)
    acting.note_identity(person=person, document=Document.ID_CARD, seen_on=TODAY, by=by, now=NOW)
    for _ in range(2):
        asking.answer_reference(
            reference=reference(person, by), known=Known.OVER_FIVE, trust=Trust.YES, by=by, now=NOW
        )
    approved_check(person, by, coordinator(person.branch))
    for module in modules(person.branch):
        seat(sitting(person.branch, module=module, starts_at=NOW - timedelta(days=module.number)), person)
    return person
