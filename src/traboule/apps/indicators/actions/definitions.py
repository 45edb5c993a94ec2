"""A new version of a definition: decided once, for the whole programme, with its reason."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from traboule.apps.branches.models import Organisation
from traboule.apps.indicators.models import DefinitionVersion
from traboule.apps.indicators.queries.definitions import in_force
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise
from traboule.kernel.indicators import Definition, parse


class NoSuchDefinition(LookupError):
    """There is no definition of this name."""


class DefinitionChanged(Exception):
    """Somebody decided another version in the meantime; carries it."""

    def __init__(self, current: Definition) -> None:
        super().__init__(current.label)
        self.current = current


class NothingChanged(Exception):
    """The new wording says what the one in force says."""


def drafted(current: Definition, fields: Mapping[str, Any], *, author: str, day: date) -> Definition:
    """Return the next version of a definition with some fields otherwise, as the kernel reads it.

    Raises DefinitionBroken, which names every field that cannot stand, and NothingChanged.
    """
    said = {**current.plain, **fields}
    found = parse({**said, "version": current.version + 1, "author": author, "decided_on": day})
    plain, before = found.plain, current.plain
    if all(plain[name] == before[name] for name in plain if name not in ("version", "author", "decided_on")):
        raise NothingChanged
    return found


@transaction.atomic
def decide_version(
    *, name: str, base: int, fields: Mapping[str, Any], why: str, day: date, by: Actor, now: datetime
) -> DefinitionVersion:
    """Put the next version of a definition in force from ``day`` on; it was made from version ``base``.

    What was issued keeps the definition that it carries. Raises NoSuchDefinition, DefinitionChanged,
    NothingChanged, DefinitionBroken, NotVisible, NotAllowed.
    """
    authorise(by, Permission.FIGURES_SET, None)
    current = in_force().get(name)
    if current is None:
        raise NoSuchDefinition(name)
    if current.version != base:
        raise DefinitionChanged(current)
    found = drafted(current, fields, author=author_name(), day=day)
    try:
        with transaction.atomic():
            row = DefinitionVersion.objects.create(
                name=name,
                version=found.version,
                definition=found.plain,
                fingerprint=found.fingerprint,
                decided_on=day,
                why=why,
                decided_by_id=by.id if by.kind is ActorKind.LOGIN else None,
                decided_at=now,
            )
    except IntegrityError as error:  # somebody decided the same version a moment ago
        raise DefinitionChanged(in_force()[name]) from error
    audit.record(
        by=by,
        now=now,
        branch_id=None,
        verb="definition.decided",
        subject_type="definitionversion",
        subject_id=row.pk,
        facts={"name": name, "version": row.version, "fingerprint": row.fingerprint, "before": base},
    )
    return row


def author_name() -> str:
    """Return who decides in the definition itself: the association, no person."""
    return Organisation.objects.values_list("name", flat=True).first() or "Traboule"
