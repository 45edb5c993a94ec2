"""Plants a unique string in every text field of every row that is linked to one person, in every app.

Rows are made from the fields of the model alone. A model whose constraints this cannot guess is made by hand
in the test; one that is missing there fails it.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.db import DatabaseError, connection, models, transaction

from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.people.models import Login, Person
from traboule.core.erasing import links_to

CANARY = "Kanarienvogel"


class Planter:
    """Makes one row of each model that is linked to ``person`` and has none yet."""

    def __init__(self, person: Person, login: Login) -> None:
        self.person, self.login = person, login
        self.count = 0
        self.not_planted: list[str] = []

    def canary(self, length: int | None) -> str:
        self.count += 1
        return f"{CANARY}{self.count}"[: length or 100]

    def plant_all(self, by_hand: dict[str, Callable[[], Any]]) -> None:
        for model, link in links_to(Person):
            if model._meta.label in by_hand:
                by_hand[model._meta.label]()
            elif not self.is_in(model) and self.plant(model, link.name) is None:
                self.not_planted.append(f"{model._meta.label}.{link.name}")
        self.fill_texts()

    def is_in(self, model: type[models.Model]) -> bool:
        links = [link for other, link in links_to(Person) if other is model]
        return any(model._base_manager.filter(**{link.attname: self.person.pk}).exists() for link in links)

    def plant(self, model: type[models.Model], link: str = "") -> models.Model | None:
        for with_empty in (False, True):
            try:
                with transaction.atomic():
                    row = model(**self.values(model, link, with_empty=with_empty))
                    row.save(force_insert=True)
                    return row
            except (DatabaseError, ValueError):
                continue
        return None

    def values(self, model: type[models.Model], link: str, *, with_empty: bool) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field in model._meta.local_fields:
            if isinstance(field, models.AutoField | models.BigAutoField):
                continue
            if field.name != link and with_empty and (field.null or field.has_default()):
                continue
            found[field.name] = self.value(field, link)
        return found

    def value(self, field: Any, link: str) -> Any:
        if isinstance(field, models.ForeignKey):
            return self.linked(field, link)
        if field.choices:
            return next(iter(dict(field.flatchoices)))
        if isinstance(field, models.EmailField):
            return f"{self.canary(None).lower()}@example.org"
        if isinstance(field, models.CharField | models.TextField | models.FileField):
            return self.canary(field.max_length)
        if isinstance(field, models.DateTimeField):
            return NOW
        plain = {
            models.DateField: TODAY,
            models.TimeField: time(9),
            models.JSONField: {"words": self.canary(None)},
        }
        for kind, value in plain.items():
            if isinstance(field, kind):
                return value
        return False if isinstance(field, models.BooleanField) else 1

    def linked(self, field: Any, link: str) -> Any:
        model = field.related_model
        if model is Person:
            return self.person if field.name == link else another(self.person)
        if model is Login:
            return self.login
        if model is Branch:
            return self.person.branch
        return model._base_manager.first() or self.plant(model, link_of(model))

    def fill_texts(self) -> None:
        """Fill the free texts that were left empty; values of a list, codes and numbers stay."""
        for model, link in links_to(Person):
            rows = model._base_manager.filter(**{link.attname: self.person.pk})
            for field in model._meta.local_fields:
                if is_free_text(field):
                    for row in rows.filter(**{field.name: ""}):
                        self.try_to_set(row, field)

    def try_to_set(self, row: models.Model, field: Any) -> None:
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(
                    **{field.name: self.canary(field.max_length)}
                )
        except DatabaseError:
            pass  # a constraint wants it empty in this state


def is_free_text(field: Any) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique


def link_of(model: type[models.Model]) -> str:
    return next((f.name for f in model._meta.local_fields if f.related_model is Person), "")


def another(person: Person) -> Person:
    found = Person.everywhere.filter(branch=person.branch).exclude(pk=person.pk).first()
    assert found is not None, "make a second person first"
    return found


def dump() -> str:
    """Every cell of every table, as text."""
    parts: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names from the database itself
            parts += [str(said(cell)) for row in cursor.fetchall() for cell in row]
    return "\n".join(parts)


def said(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date | datetime) else cell
