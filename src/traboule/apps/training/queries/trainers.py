"""Trainers, their half-days with who comes, and the papers of modules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.apps.training.models import Attendance, Module, ModuleMaterial, Trainer, TrainingSession
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

MOST_AGENDA = 20


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One half-day as its trainer reads it: who comes by first name, and the papers."""

    session: TrainingSession
    names: list[str]
    materials: list[ModuleMaterial]


def trainers_of(*, actor: Actor, branch: Branch, now: datetime) -> list[Trainer]:
    """Return the trainers of a branch, each with ``coming``: how many half-days they lead next."""
    authorise(actor, Permission.TRAINING_SEE, branch.pk)
    ahead = Q(sessions_led__ends_at__gte=now, sessions_led__cancelled_at=None)
    rows = Trainer.everywhere.filter(branch=branch).select_related("person", "partner")
    found = rows.annotate(coming=Count("sessions_led", filter=ahead))
    return sorted(found, key=lambda row: (row.said_name.casefold(), row.pk))


def find_trainer(*, actor: Actor, branch: Branch, pk: int) -> Trainer:
    """Return one trainer. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.TRAINING_SEE, branch.pk)
    row = (
        Trainer.everywhere.filter(branch=branch, pk=pk).select_related("person", "partner", "branch").first()
    )
    if row is None:
        raise NotVisible
    return row


def trainer_behind(pk: str, branch_id: int | None) -> Trainer | None:
    """Return the trainer that a link is about, if still there."""
    if not pk.isdigit():
        return None
    rows = Trainer.everywhere.filter(pk=int(pk), branch_id=branch_id or 0)
    return rows.select_related("person", "branch").first()


def agenda_of(trainer: Trainer, now: datetime) -> list[AgendaLine]:
    """Return the half-days that a trainer leads next, soonest first."""
    seats = Attendance.everywhere.select_related("person").order_by("person__first_name", "pk")
    rows = TrainingSession.everywhere.filter(led_by=trainer, ends_at__gte=now, cancelled_at=None)
    sessions = list(
        rows.select_related("module", "room__venue")
        .prefetch_related(Prefetch("attendances", queryset=seats))
        .order_by("starts_at", "pk")[:MOST_AGENDA]
    )
    papers = materials_of(row.module_id for row in sessions)
    return [
        AgendaLine(
            row,
            [seat.person.first_name or "–" for seat in row.attendances.all()],
            papers.get(row.module_id or 0, []),
        )
        for row in sessions
    ]


def materials_of(modules: Iterable[int | None]) -> dict[int, list[ModuleMaterial]]:
    """Return the papers of modules, by module."""
    found: dict[int, list[ModuleMaterial]] = {}
    for row in ModuleMaterial.everywhere.filter(module__in={key for key in modules if key}):
        found.setdefault(row.module_id, []).append(row)
    return found


def find_material(*, actor: Actor, branch: Branch, module: int, pk: int) -> ModuleMaterial:
    """Return one paper of a module. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.TRAINING_SEE, branch.pk)
    rows = ModuleMaterial.everywhere.filter(module__branch=branch, module=module, pk=pk)
    row = rows.select_related("module").first()
    if row is None:
        raise NotVisible
    return row


def material_for_mentor(person: Person, pk: int) -> ModuleMaterial | None:
    """Return a paper if ``person`` has or had a seat in a half-day of its module."""
    enrolled = Q(module__sessions__attendances__person=person, module__sessions__cancelled_at=None)
    return ModuleMaterial.everywhere.filter(enrolled, pk=pk).distinct().first()


def material_for_trainer(trainer: Trainer, pk: int) -> ModuleMaterial | None:
    """Return a paper if ``trainer`` leads or led a half-day of its module."""
    rows = ModuleMaterial.everywhere.filter(module__sessions__led_by=trainer, pk=pk)
    return rows.distinct().first()


def papers_of_mentor(person: Person) -> list[tuple[Module, list[ModuleMaterial]]]:
    """Return the papers of the modules in which a mentor has or had a seat, in the order of the modules."""
    seats = Attendance.everywhere.filter(
        person=person, session__module__isnull=False, session__cancelled_at=None
    )
    modules = Module.everywhere.filter(pk__in=seats.values("session__module")).order_by("number")
    papers = materials_of(modules.values_list("pk", flat=True))
    return [(module, papers[module.pk]) for module in modules if module.pk in papers]
