"""Every field of every table says whether it holds personal data (trust P1)."""

import pytest
from django.apps import apps
from django.db import models

from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.core import fields
from traboule.core.fields import (
    Basis,
    Category,
    Erasure,
    NotPersonal,
    Personal,
    Retention,
    declaration_of,
    declare,
    record_of_processing,
    undeclared,
)


def test_no_field_is_left_undeclared() -> None:
    assert undeclared() == []


def test_a_field_that_nobody_declared_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    left = {key: value for key, value in fields._declared.items() if key != ("people.Person", "phone")}
    monkeypatch.setattr(fields, "_declared", left)
    assert undeclared() == ["people.Person.phone"]


def test_the_record_of_processing_has_a_row_for_each_personal_field() -> None:
    rows = {(row.model, row.field): row.personal for row in record_of_processing()}
    phone = rows["people.Person", "phone"]
    assert (phone.basis, phone.category) == (Basis.AGREEMENT, Category.CONTACT)
    assert phone.retention is Retention.LAST_CONTACT_2_YEARS
    assert ("branches.Branch", "name") not in rows
    assert len(rows) > 60


def test_every_declaration_is_complete_and_its_readers_are_roles() -> None:
    for row in record_of_processing():
        assert str(row.personal.purpose).strip(), row
        assert str(row.personal.export_label).strip(), row
        assert row.personal.readers, row
        assert set(row.personal.readers) <= set(Role.values), row


def test_what_is_not_personal_says_why() -> None:
    found = [value for value in fields._declared.values() if isinstance(value, NotPersonal)]
    assert found
    assert all(len(value.reason) > 5 for value in found)


def test_names_contacts_and_free_text_are_never_declared_harmless() -> None:
    telling = {"first_name", "last_name", "email", "phone", "text", "reason", "birth_date", "search_key"}
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.name in telling and model._meta.app_label not in ("account", "auth"):
                assert isinstance(declaration_of(model, field.name), Personal), (model, field.name)


def test_every_link_to_a_person_or_a_login_is_declared_personal() -> None:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            related = field.related_model
            if isinstance(related, type) and related._meta.label in ("people.Person", "people.Login"):
                found = declaration_of(model, field.name)
                assert isinstance(found, Personal), f"{model._meta.label}.{field.name}"


def test_every_code_of_a_declaration_has_its_words() -> None:
    for codes, labels in (
        (Basis, fields.BASIS_LABELS),
        (Category, fields.CATEGORY_LABELS),
        (Retention, fields.RETENTION_LABELS),
        (Erasure, fields.ERASURE_LABELS),
    ):
        assert set(labels) == set(codes)


def test_an_unknown_field_and_a_second_opinion_are_refused() -> None:
    with pytest.raises(ValueError, match="has no field"):
        declare(Person, {"nationality": NotPersonal("no such thing")})
    with pytest.raises(ValueError, match="declared twice"):
        declare(Person, {"phone": NotPersonal("surely not")})


def test_nationality_origin_and_religion_are_nowhere() -> None:
    forbidden = ("nationality", "origin", "religion", "ethnic", "photo", "health")
    names = [field.name for model in apps.get_models() for field in model._meta.local_fields]
    assert [name for name in names if any(word in name for word in forbidden)] == []
    assert issubclass(Person, models.Model)
