"""Erasing one subject from every table, as the declarations of its fields say.

The walk is generic. A link to the subject that is declared DELETE_ROW takes the row away; UNLINK keeps the
row, because it counts, and points it to a stand-in; BLANK empties the link. Of a row that stays, the fields
that are declared BLANK are emptied; what hangs on it by a link that is declared personal is treated alike.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage
from django.db import models
from django.db.models.functions import Cast

from traboule.core.fields import Declaration, Erasure, Personal, declaration_of, declared_models
from traboule.core.models import AuditEntry, Link

ERASED = "[data erased]"  # where a table insists on a text
CHUNK = 500  # SQLite takes a limited number of values in one statement
# Keys of audit facts behind which the id of a subject stands.
SUBJECT_KEYS = frozenset({"person", "people", "mentor", "mentee", "other", "kept", "dropped", "subject"})

Key = Any


@dataclass(slots=True)
class Erased:
    """What was done: rows deleted and rows kept, by model, and the files to remove once it is committed."""

    deleted: dict[str, list[Key]] = field(default_factory=dict)
    kept: dict[str, list[Key]] = field(default_factory=dict)
    files: list[tuple[Storage, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows were touched."""
        return sum(map(len, self.deleted.values())) + sum(map(len, self.kept.values()))

    def touched(self) -> Iterator[tuple[str, Sequence[Key]]]:
        """Yield each model label with the keys that were deleted or kept."""
        yield from self.deleted.items()
        yield from self.kept.items()


def links_to(
    subject: type[models.Model],
) -> "Iterator[tuple[type[models.Model], models.ForeignKey[Any, Any]]]":
    """Yield every link of a declared model to ``subject``; logins are the caller's own matter."""
    for model in declared_models():
        if model._meta.label == settings.AUTH_USER_MODEL:
            continue
        for found in model._meta.local_fields:
            if isinstance(found, models.ForeignKey) and found.related_model is subject:
                yield model, found


def erase_subject(subject: type[models.Model], key: Key, stand_in: Callable[[], Key]) -> Erased:
    """Apply every declaration to what is linked to one row of ``subject``; the row itself is the caller's.

    ``stand_in`` returns the key of an empty row of ``subject`` to which rows that stay are pointed; it is
    asked only where one is needed. Must run in a transaction.
    """
    done = Erased()
    for model, link in links_to(subject):
        declared = declaration_of(model, link.name)
        keys = _keys(model, link, [key])
        if keys and isinstance(declared, Personal):
            _treat(model, keys, declared, done, subject)
            if declared.erasure is not Erasure.DELETE_ROW:
                empty = declared.erasure is Erasure.BLANK and link.null
                _update(model, keys, {link.attname: None if empty else stand_in()})
    _drop_links(done)
    return done


def forget_in_audit(scopes: Iterable[str], key: Key, about: Iterable[tuple[str, Key]] = ()) -> int:
    """Empty the facts of the entries about a subject, or that name it; the chain stays whole.

    ``about`` lists (subject_type, subject_id) whose entries are emptied whatever they say.
    """
    entries: Any = models.QuerySet(AuditEntry).filter(scope__in=list(scopes)).exclude(facts={})
    subjects = list(about)
    doomed = {
        pk
        for kind, number in subjects
        for pk in entries.filter(subject_type=kind, subject_id=str(number)).values_list("pk", flat=True)
    }
    naming = entries.annotate(said=Cast("facts", models.TextField())).filter(said__contains=str(key))
    doomed |= {pk for pk, facts in naming.values_list("pk", "facts") if names_subject(facts, key)}
    for some in _some(sorted(doomed)):
        # The door of the model is closed; the trigger in the database lets exactly this change through.
        models.QuerySet(AuditEntry).filter(pk__in=some).update(facts={}, salt="")
    return len(doomed)


def names_subject(facts: Any, key: Key, *, under: str = "") -> bool:
    """Say whether ``facts`` holds ``key`` behind one of the keys that name a subject."""
    if isinstance(facts, Mapping):
        return any(names_subject(value, key, under=name) for name, value in facts.items())
    if isinstance(facts, list):
        return any(names_subject(value, key, under=under) for value in facts)
    return under in SUBJECT_KEYS and str(facts) == str(key)


def erase_by_value(
    values: Iterable[str], subject: type[models.Model], *, until: datetime | None = None
) -> int:
    """Delete rows that bear one of ``values`` as an address and are linked to nobody; return how many.

    What was written after ``until`` stays: an address that long belonged to one may be another one's since.
    """
    wanted = sorted({value for value in values if value})
    count = 0
    for model in declared_models():
        names = [name for name in ("address", "email", "phone") if _deletes(model, name)]
        nobody = _linked_to_nobody(model, subject)
        # A row that could never be linked is about somebody else: a referee, a partner, a login.
        if not (names and wanted and nobody) or model._meta.label == settings.AUTH_USER_MODEL:
            continue
        bears = models.Q()
        for name in names:
            for value in wanted:
                bears |= models.Q(**{f"{name}__iexact": value})
        rows = model._base_manager.filter(bears, **nobody, **_written_by(model, until))
        found = Erased()
        _delete(model, list(rows.values_list("pk", flat=True)), found)
        count += found.rows
    return count


def _written_by(model: type[models.Model], until: datetime | None) -> dict[str, datetime]:
    names = {found.name for found in model._meta.local_fields}
    born = next((name for name in ("created_at", "made_at") if name in names), None)
    return {f"{born}__lte": until} if until is not None and born is not None else {}


def remove_files(files: Iterable[tuple[Storage, str]]) -> None:
    """Remove files from their storage; one that is gone already is no trouble."""
    for storage, name in files:
        storage.delete(name)


def blank_value(found: "models.Field[Any, Any]") -> Any:
    """Return what stands in an emptied field: nothing, else its default, else a mark."""
    if found.null:
        return None
    if found.has_default():
        return found.get_default()
    if isinstance(found, models.CharField | models.TextField | models.FileField):
        return "" if found.blank else ERASED[: found.max_length or len(ERASED)]
    if isinstance(found, models.BooleanField):
        return False
    if isinstance(found, models.JSONField):
        return {}
    if isinstance(found, models.IntegerField | models.FloatField | models.DecimalField):
        return 0
    raise ValueError(f"{found} cannot be emptied: declare it UNLINK or DELETE_ROW.")


def _treat(
    model: type[models.Model], keys: list[Key], declared: Personal, done: Erased, subject: type[models.Model]
) -> None:
    """Delete rows, or empty what is declared BLANK in them and go on to what hangs on them."""
    if declared.erasure is Erasure.DELETE_ROW:
        _delete(model, keys, done)
        return
    done.kept.setdefault(model._meta.label, []).extend(keys)
    _blank(model, keys, done)
    for child, link in children_of(model):
        said = declaration_of(child, link.name)
        if isinstance(said, Personal):
            loose = _linked_to_nobody(child, subject)
            hanging = [
                k for k in _keys(child, link, keys, **loose) if k not in done.kept.get(child._meta.label, ())
            ]
            if hanging:
                _treat(child, hanging, said, done, subject)


def _delete(model: type[models.Model], keys: list[Key], done: Erased) -> None:
    if not keys:
        return
    for child, link in children_of(model):
        rule = link.remote_field.on_delete
        hanging = _keys(child, link, keys)
        if not hanging or rule is models.SET_NULL:
            continue
        if link.null and rule is not models.CASCADE:
            _update(child, hanging, {link.attname: None})
        else:
            _delete(child, hanging, done)
    _gather_files(model, keys, done)
    done.deleted.setdefault(model._meta.label, []).extend(keys)
    for some in _some(keys):
        model._base_manager.filter(pk__in=some).delete()


def _blank(model: type[models.Model], keys: list[Key], done: Erased) -> None:
    values = {}
    for found in model._meta.local_fields:
        said = declaration_of(model, found.name)
        if not _is(said, Erasure.BLANK) or isinstance(found, models.ForeignKey):
            continue
        if found.unique:
            for key in keys:
                _update(model, [key], {found.name: f"erased-{key}"})
        else:
            values[found.name] = _emptied(found)
    if any(isinstance(model._meta.get_field(name), models.FileField) for name in values):
        _gather_files(model, keys, done)
    if values:
        _update(model, keys, values)


def _emptied(found: "models.Field[Any, Any]") -> Any:
    """What an emptied field holds; a mark stands only where something was written."""
    value = blank_value(found)
    if not isinstance(value, str) or value == "" or found.has_default():
        return value
    nothing = models.When(**{found.name: ""}, then=models.Value(""))
    return models.Case(nothing, default=models.Value(value))


def _gather_files(model: type[models.Model], keys: list[Key], done: Erased) -> None:
    for found in model._meta.local_fields:
        if isinstance(found, models.FileField):
            names = model._base_manager.filter(pk__in=keys).exclude(**{found.name: ""})
            done.files += [(found.storage, name) for name in names.values_list(found.name, flat=True)]


def _drop_links(done: Erased) -> None:
    """Links in messages that open what is gone or emptied open nothing any more."""
    for label, keys in done.touched():
        kind = label.rpartition(".")[2].lower()
        for some in _some(keys):
            Link.objects.filter(subject_type=kind, subject_id__in=[str(key) for key in some]).delete()


def children_of(
    model: type[models.Model],
) -> "Iterator[tuple[type[models.Model], models.ForeignKey[Any, Any]]]":
    """Yield every link of another model to ``model``."""
    for relation in model._meta.related_objects:
        child: Any = relation.related_model
        if isinstance(relation.field, models.ForeignKey) and not child._meta.auto_created:
            yield child, relation.field


def _keys(model: type[models.Model], link: Any, keys: Sequence[Key], **more: Any) -> list[Key]:
    found: list[Key] = []
    for some in _some(keys):
        rows = model._base_manager.filter(**{f"{link.attname}__in": some}, **more)
        found += rows.values_list("pk", flat=True)
    return found


def _some(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _update(model: type[models.Model], keys: Sequence[Key], values: Mapping[str, Any]) -> None:
    for some in _some(keys):
        model._base_manager.filter(pk__in=some).update(**values)


def _linked_to_nobody(model: type[models.Model], subject: type[models.Model]) -> dict[str, None]:
    return {
        link.attname: None
        for link in model._meta.local_fields
        if isinstance(link, models.ForeignKey) and link.related_model is subject
    }


def _deletes(model: type[models.Model], name: str) -> bool:
    return _is(declaration_of(model, name), Erasure.DELETE_ROW)


def _is(declared: Declaration | None, erasure: Erasure) -> bool:
    return isinstance(declared, Personal) and declared.erasure is erasure
