"""Trainers of a branch, the link to their half-days, and the papers of a module."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions import tell
from traboule.apps.partners.models import Partner
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.apps.training.actions._shared import login_id, record
from traboule.apps.training.models import Module, ModuleMaterial, Trainer
from traboule.core.actors import Actor
from traboule.core.erasing import remove_files
from traboule.core.links import address_of, make_link, withdraw_links
from traboule.core.permissions import NotVisible, authorise
from traboule.core.scope import locked
from traboule.core.uploads import CheckedFile, put_in

AGENDA, SUBJECT = "training.agenda", "trainer"
AGENDA_DAYS = 180
MOST_MATERIALS = 20


class TooManyMaterials(ValueError):
    """A module has so many papers already that nobody finds the right one."""


@transaction.atomic
def add_trainer(
    *,
    branch: Branch,
    by: Actor,
    now: datetime,
    person: Person | None = None,
    name: str = "",
    partner: Partner | None = None,
    email: str = "",
    language: str = "fr",
) -> Trainer:
    """Add a trainer: a person of the branch (once), or a name, perhaps of a partner. Raises NotVisible."""
    authorise(by, Permission.TRAINING_WRITE, branch.pk)
    if (person and person.branch_id != branch.pk) or (partner and partner.branch_id != branch.pk):
        raise NotVisible
    locked(branch)
    if person is not None:
        found = Trainer.everywhere.filter(branch=branch, person=person).first()
        if found is not None:
            return found
        name, email, language = "", "", person.contact_language
    row = Trainer.everywhere.create(
        branch=branch,
        person=person,
        partner=partner,
        name=name.strip(),
        email=email,
        language=language,
        added_at=now,
    )
    record((SUBJECT, row.pk), branch.pk, "added", by, now, {"person": row.person_id})
    return row


@transaction.atomic
def drop_trainer(*, trainer: Trainer, by: Actor, now: datetime) -> None:
    """Take a trainer off the list; the half-days stay, without a name; the link opens nothing any more."""
    authorise(by, Permission.TRAINING_WRITE, trainer.branch_id)
    row = locked(trainer)
    withdraw_links(subject_type=SUBJECT, subject_id=row.pk, now=now)
    record((SUBJECT, row.pk), row.branch_id, "dropped", by, now, {})
    row.delete()


@transaction.atomic
def send_agenda(*, trainer: Trainer, by: Actor, now: datetime) -> str:
    """Make the link to the half-days of a trainer, send it where there is a way, and return its address."""
    authorise(by, Permission.TRAINING_WRITE, trainer.branch_id)
    secret = make_link(
        right=AGENDA,
        subject_type=SUBJECT,
        subject_id=trainer.pk,
        scope=trainer.branch_id,
        now=now,
        ends_at=now + timedelta(days=AGENDA_DAYS),
    )
    address = address_of(secret)
    if trainer.person is not None or trainer.email:
        tell(
            branch=trainer.branch,
            kind="training.agenda",
            event=f"agenda:{trainer.pk}:{now:%Y-%m-%d}",
            values={"first_name": trainer.first_name, "branch": trainer.branch.name, "link": address},
            by=by,
            now=now,
            person=trainer.person,
            address="" if trainer.person else trainer.email,
            language="" if trainer.person else trainer.language,
        )
    record((SUBJECT, trainer.pk), trainer.branch_id, "agenda_sent", by, now, {})
    return address


@transaction.atomic
def keep_material(
    *, module: Module, file: CheckedFile, about: str, by: Actor, now: datetime
) -> ModuleMaterial:
    """Keep a checked file with a module. Raises TooManyMaterials."""
    authorise(by, Permission.TRAINING_SET, module.branch_id)
    row = locked(module)
    if ModuleMaterial.everywhere.filter(module=row).count() >= MOST_MATERIALS:
        raise TooManyMaterials
    material = ModuleMaterial(module=row, about=about.strip(), added_by_id=login_id(by))
    put_in(material, file, now)
    material.save(force_insert=True)
    facts = {"module": row.pk, "kind": file.kind, "size": len(file.content)}
    record(("modulematerial", material.pk), row.branch_id, "kept", by, now, facts)
    return material


@transaction.atomic
def drop_material(*, material: ModuleMaterial, by: Actor, now: datetime) -> None:
    """Delete a paper of a module with its file."""
    branch_id = material.module.branch_id
    authorise(by, Permission.TRAINING_SET, branch_id)
    row = locked(material)
    record(("modulematerial", row.pk), branch_id, "dropped", by, now, {"module": row.module_id})
    files = [(row.file.storage, str(row.file.name))]
    row.delete()
    transaction.on_commit(partial(remove_files, files))
