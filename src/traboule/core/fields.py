"""Field declarations: each app says of each of its fields what personal data it holds and what becomes of it.

The record of processing is generated from them, and a test fails on a field that nobody declared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Basis(StrEnum):
    """Legal bases of article 6 GDPR that this software uses."""

    CONSENT = "consent"
    AGREEMENT = "agreement"
    LEGITIMATE_INTEREST = "legitimate_interest"
    LEGAL_DUTY = "legal_duty"


class Category(StrEnum):
    """What kind of data it is."""

    IDENTITY = "identity"
    CONTACT = "contact"
    WORK_LIFE = "work_life"
    PREFERENCE = "preference"
    FOLLOW_UP = "follow_up"
    SENSITIVE = "sensitive"
    ACCESS = "access"


class Retention(StrEnum):
    """When it goes."""

    LAST_CONTACT_2_YEARS = "last_contact_2_years"
    LOGIN_LIFETIME = "login_lifetime"
    PROOF_5_YEARS = "proof_5_years"
    APPLIED_OR_30_DAYS = "applied_or_30_days"
    SESSION_90_DAYS = "session_90_days"
    ACCOUNTS_10_YEARS = "accounts_10_years"


class Erasure(StrEnum):
    """What erasing a person does to it."""

    DELETE_ROW = "delete_row"
    BLANK = "blank"
    UNLINK = "unlink"


BASIS_LABELS = {
    Basis.CONSENT: _("Consent"),
    Basis.AGREEMENT: _("Agreement with the person"),
    Basis.LEGITIMATE_INTEREST: _("Legitimate interest"),
    Basis.LEGAL_DUTY: _("Legal duty"),
}
CATEGORY_LABELS = {
    Category.IDENTITY: _("Identity"),
    Category.CONTACT: _("Contact"),
    Category.WORK_LIFE: _("Working life"),
    Category.PREFERENCE: _("Wishes and preferences"),
    Category.FOLLOW_UP: _("Follow-up"),
    Category.SENSITIVE: _("Sensitive"),
    Category.ACCESS: _("Access and security"),
}
RETENTION_LABELS = {
    Retention.LAST_CONTACT_2_YEARS: _("Two years after the last contact"),
    Retention.LOGIN_LIFETIME: _("As long as the login exists"),
    Retention.PROOF_5_YEARS: _("Five years, as proof"),
    Retention.SESSION_90_DAYS: _(
        "90 days after the session; of people on file two years after the last contact"
    ),
    Retention.APPLIED_OR_30_DAYS: _("Until the import is applied, 30 days at most"),
    Retention.ACCOUNTS_10_YEARS: _("Ten years, as accounts must be kept"),
}
ERASURE_LABELS = {
    Erasure.DELETE_ROW: _("The row is deleted"),
    Erasure.BLANK: _("The value is emptied"),
    Erasure.UNLINK: _("The link to the person is cut"),
}


@dataclass(frozen=True, slots=True)
class Personal:
    """A field that says something about a person. ``readers`` are role codes."""

    purpose: str | Promise
    basis: Basis
    category: Category
    retention: Retention
    readers: tuple[str, ...]
    export_label: str | Promise
    erasure: Erasure


@dataclass(frozen=True, slots=True)
class NotPersonal:
    """A field that says nothing about a person, and why."""

    reason: str


Declaration = Personal | NotPersonal


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the record of processing."""

    model: str
    field: str
    personal: Personal


_declared: dict[tuple[str, str], Declaration] = {}


def declare(model: type[models.Model], fields: Mapping[str, Declaration]) -> None:
    """Declare fields of ``model`` by name. Raises ValueError for an unknown field or a second declaration."""
    known = {field.name for field in model._meta.local_fields} | {
        field.name for field in model._meta.local_many_to_many
    }
    for name, declaration in fields.items():
        key = (model._meta.label, name)
        if name not in known:
            raise ValueError(f"{model._meta.label} has no field {name}.")
        if key in _declared and _declared[key] != declaration:
            raise ValueError(f"{model._meta.label}.{name} is declared twice.")
        _declared[key] = declaration


def declare_alike(
    model: type[models.Model],
    names: Iterable[str],
    category: Category,
    purpose: str | Promise,
    *,
    readers: tuple[str, ...],
    basis: Basis = Basis.AGREEMENT,
    retention: Retention = Retention.LAST_CONTACT_2_YEARS,
    erasure: Erasure = Erasure.DELETE_ROW,
) -> None:
    """Declare several fields alike; in an export each bears its own name."""
    named: dict[str, Declaration] = {}
    for name in names:
        field: Any = model._meta.get_field(name)
        named[name] = Personal(purpose, basis, category, retention, readers, field.verbose_name, erasure)
    declare(model, named)


def declare_not_personal(model: type[models.Model], reason: str, *names: str) -> None:
    """Declare fields that hold nothing personal; without names, every field of ``model``."""
    fields = names or tuple(field.name for field in model._meta.local_fields)
    declare(model, {name: NotPersonal(reason) for name in fields})


def declaration_of(model: type[models.Model], field: str) -> Declaration | None:
    """Return what was declared of one field."""
    return _declared.get((model._meta.label, field))


def undeclared() -> list[str]:
    """Return ``app.Model.field`` for every field of the installed applications that nobody declared."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in _models()
        for field in _fields(model)
        if declaration_of(model, field.name) is None
    ]


def record_of_processing() -> list[Row]:
    """Return the record of processing (article 30 GDPR), by model and field."""
    return [
        Row(f"{model._meta.label}", field.name, found)
        for model in _models()
        for field in _fields(model)
        if isinstance(found := declaration_of(model, field.name), Personal)
    ]


def declared_models() -> Iterator[type[models.Model]]:
    """Yield every model whose fields are declared."""
    yield from _models()


def _models() -> Iterator[type[models.Model]]:
    # Groups, permissions and content types describe the software, not people.
    described = ("contenttypes", "auth")
    return (model for model in apps.get_models() if model._meta.app_label not in described)


def _fields(model: type[models.Model]) -> "Iterator[models.Field[Any, Any]]":
    """Yield the fields to declare: a surrogate key says nothing by itself."""
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        if not isinstance(field, models.AutoField | models.BigAutoField):
            yield field
