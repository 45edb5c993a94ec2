"""Rows as plain values: which hang on a person, what changed between two looks, how each change is undone.

Works on the models themselves, so that a table of an app that comes later is merged like the others.
A change is a mapping that JSON can hold:
``{"do": "set", "model", "pk", "fields": {name: [before, after]}}`` (pk as it is afterwards),
``{"do": "aside", "model", "pk", "fields": {name: value}}`` (the row is deleted),
``{"do": "made", "model", "pk", "fields": {name: value}}`` (the row is new; it stays if it lived on since).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction

from traboule.apps.people.models import NotSamePerson, Person, PersonMerge
from traboule.core.models import Link
from traboule.core.registry import HANGS_ON

Change = dict[str, Any]
Snapshot = dict[tuple[str, Any], dict[str, Any]]
# They say who was merged with whom, and stay as they are.
_RECORDS = (PersonMerge,)


class Clash(Exception):
    """The row cannot be written: ``model`` and ``field`` say which."""

    def __init__(self, model: str, field: str) -> None:
        super().__init__(f"{model}.{field}")
        self.model = model
        self.field = field


def pointing_fields() -> Iterator[tuple[type[models.Model], "models.ForeignKey[Any, Any]"]]:
    """Yield every field of every app that points to a person, in the order of the installed apps."""
    for model in apps.get_models(include_auto_created=True):
        if model in _RECORDS or model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_fields:
            if (
                isinstance(field, models.ForeignKey)
                and field.remote_field.model is Person
                and model is not Person
            ):
                yield model, field


def snapshot(ids: Iterable[int]) -> Snapshot:
    """Return every row that hangs on these people, and the people themselves, as plain values."""
    people = sorted(set(ids))
    found: Snapshot = {}
    for person in Person._base_manager.filter(pk__in=people):
        found[Person._meta.label, person.pk] = values_of(person)
    for model, field in pointing_fields():
        for row in model._base_manager.filter(**{f"{field.name}__in": people}):
            found[model._meta.label, row.pk] = values_of(row)
    for link in Link.objects.filter(subject_type="person", subject_id__in=[str(pk) for pk in people]):
        found[Link._meta.label, link.pk] = values_of(link)
    for hangs in HANGS_ON:
        for further in hangs(people):
            found |= {(row._meta.label, row.pk): values_of(row) for row in further}
    return found


def changes_between(before: Snapshot, after: Snapshot) -> list[Change]:
    """Return what happened between two looks, as changes; rows out of reach are read again."""
    changes = []
    for (label, pk), values in before.items():
        now = after.get((label, pk)) or _read_again(label, pk)
        if now is None:
            changes.append({"do": "aside", "model": label, "pk": pk, "fields": values})
        elif now != values:
            changes.append(set_change(label, pk, values, now))
    changes += [
        {"do": "made", "model": label, "pk": pk, "fields": values}
        for (label, pk), values in after.items()
        if (label, pk) not in before
    ]
    return changes


def set_change(label: str, pk: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    """Return the change from one set of values to another."""
    fields = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    return {"do": "set", "model": label, "pk": pk, "fields": fields}


def values_of(row: models.Model) -> dict[str, Any]:
    """Return the columns of a row, exact, as JSON can hold them."""
    return {field.attname: _plain(field, getattr(row, field.attname)) for field in row._meta.concrete_fields}


def _plain(field: "models.Field[Any, Any]", value: Any) -> Any:
    if isinstance(field, models.JSONField) or value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        row = field.model()
        setattr(row, field.attname, value)
        return field.value_to_string(row)
    return (
        str(value)
        if isinstance(value, str | Decimal | UUID | timedelta)
        else str(field.get_prep_value(value))
    )


def live(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return plain values as the columns take them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: _live(fields[name], value) for name, value in values.items() if name in fields}


def _live(field: "models.Field[Any, Any]", value: Any) -> Any:
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def _read_again(label: str, pk: Any) -> dict[str, Any] | None:
    row = apps.get_model(label)._base_manager.filter(pk=pk).first()
    return None if row is None else values_of(row)


# --- pointing rows to somebody else -----------------------------------------------------------------------


def point_rows(*, frm: int, to: int) -> list[Change]:
    """Point every row of one person to another; what its table forbids is set aside. Raises Clash."""
    changes: list[Change] = []
    for model, field in pointing_fields():
        keys = list(
            model._base_manager.filter(**{field.attname: frm}).order_by("pk").values_list("pk", flat=True)
        )
        if not keys:
            continue
        if model is not NotSamePerson and _moved(model, keys, field, to):
            changes += [_pointed(model, field, pk, frm, to) for pk in keys]
            continue
        for pk in keys:
            changes += _point_one(model, field, pk, frm, to)
    return changes


def _point_one(model: type[models.Model], field: Any, pk: Any, frm: int, to: int) -> list[Change]:
    if _moved(model, [pk], field, to):
        return [_pointed(model, field, pk, frm, to)]
    if field.remote_field.on_delete is models.PROTECT:  # a fact (a duo, a proposal), never thrown away
        raise Clash(model._meta.label, field.name)
    row = model._base_manager.get(pk=pk)
    if field.one_to_one and has_dependents(row):  # a way to sign in stays where it is, with the hidden record
        return []
    return set_aside(row)


def _moved(model: type[models.Model], keys: list[Any], field: Any, to: int) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=keys).update(**{field.attname: to})
    except IntegrityError:
        return False
    return True


def _pointed(model: type[models.Model], field: Any, pk: Any, frm: int, to: int) -> Change:
    return {
        "do": "set",
        "model": model._meta.label,
        "pk": to if field.primary_key else pk,
        "fields": {field.attname: [frm, to]},
    }


def has_dependents(row: models.Model) -> bool:
    """Say whether rows of other tables point to this one."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in _relations(row)
    )


def _relations(row: models.Model) -> Iterator[Any]:
    for relation in row._meta.related_objects:
        if not relation.many_to_many:
            yield relation


def set_aside(row: models.Model) -> list[Change]:
    """Delete a row and whatever hangs on it, the leaves first, and keep them all as plain values."""
    changes: list[Change] = []
    for relation in _relations(row):
        for leaf in relation.related_model._base_manager.filter(**{relation.field.name: row}):
            if relation.field.null:
                changes += _cut(leaf, relation.field)
            else:
                changes += set_aside(leaf)
    changes.append({"do": "aside", "model": row._meta.label, "pk": row.pk, "fields": values_of(row)})
    type(row)._base_manager.filter(pk=row.pk)._raw_delete(using=row._state.db or "default")
    return changes


def _cut(leaf: models.Model, field: Any) -> list[Change]:
    before = values_of(leaf)[field.attname]
    type(leaf)._base_manager.filter(pk=leaf.pk).update(**{field.attname: None})
    return [
        {"do": "set", "model": leaf._meta.label, "pk": leaf.pk, "fields": {field.attname: [before, None]}}
    ]


# --- back again -------------------------------------------------------------------------------------------


def take_back(change: Change, lenient: frozenset[str]) -> None:
    """Undo one change; fields in ``lenient`` keep what they became since. Raises Clash if it cannot be."""
    model = apps.get_model(change["model"])
    if change["do"] == "aside":
        _put_back(model, change)
    elif change["do"] == "made":
        _unmake(model, change)
    else:
        _set_back(model, change, lenient if model is Person else frozenset())


def _unmake(model: type[models.Model], change: Change) -> None:
    """Delete what the merge made, unless it is a fact by now: a message that left, a step that was done."""
    row = model._base_manager.filter(pk=change["pk"]).first()
    if row is not None and (not change["fields"] or values_of(row) == change["fields"]):
        row.delete()


def _put_back(model: type[models.Model], change: Change) -> None:
    try:
        with transaction.atomic():
            model(**live(model, change["fields"])).save_base(raw=True, force_insert=True)
    except IntegrityError:
        raise Clash(change["model"], "") from None


def _set_back(model: type[models.Model], change: Change, lenient: frozenset[str]) -> None:
    row = model._base_manager.filter(pk=change["pk"]).first()
    if row is None:
        raise Clash(change["model"], "")
    now = values_of(row)
    back = {}
    for name, (before, after) in change["fields"].items():
        if now[name] == after:
            back[name] = before
        elif name not in lenient:
            raise Clash(change["model"], name.removesuffix("_id"))
    if not back:
        return
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=change["pk"]).update(**live(model, back))
    except IntegrityError:
        raise Clash(change["model"], next(iter(back)).removesuffix("_id")) from None
