"""What is held about one subject, read through the declarations: labels and plain values, others hidden.

The walk is that of ``core.erasing``: rows with a link to the subject, and what hangs on them. A link to
somebody else becomes a word; names and addresses of others are hidden in texts too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from traboule.core.erasing import children_of, links_to
from traboule.core.fields import Personal, declaration_of

Plain = Any
# Keys and secrets say nothing about a person and would open doors.
SECRETS = frozenset({"password", "session_key", "session_data", "data", "salt", "search_key", "digest"})
SHORTEST_HIDDEN = 2  # a name of one letter would hide half a text
CHUNK = 5_000
# Models that no copy of anybody's data holds by itself: an app that withholds one answers by a handler.
_withheld: set[str] = set()


def withhold(*models_kept_back: type[models.Model]) -> None:
    """Keep rows of these models out of every copy: they speak of several people at once."""
    _withheld.update(model._meta.label for model in models_kept_back)


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one model."""

    code: str
    title: str
    rows: list[dict[str, Plain]]


@dataclass(slots=True)
class Hiding:
    """Who is hidden behind which word: ``links`` by model label, ``words`` by what a text holds.

    ``subject`` is (model label, key): never hidden, and not said in each row either.
    """

    subject: tuple[str, Any]
    links: Mapping[str, str]
    words: dict[str, str] = field(default_factory=dict)

    def add(self, values: Iterable[str], word: str) -> None:
        """Hide ``values`` wherever a text holds them."""
        for value in values:
            if len(value.strip()) >= SHORTEST_HIDDEN:
                self.words.setdefault(value.strip(), word)

    def never(self, values: Iterable[str]) -> None:
        """Show ``values``: they are the subject's own."""
        own = {value.strip().casefold() for value in values}
        self.words = {value: word for value, word in self.words.items() if value.casefold() not in own}

    def clean(self, value: Plain) -> Plain:
        """Return ``value`` with the words of others replaced, inside lists and mappings too."""
        if isinstance(value, str):
            return (
                self._pattern().sub(lambda found: self._word(found.group()), value) if self.words else value
            )
        if isinstance(value, list):
            return [self.clean(part) for part in value]
        if isinstance(value, dict):
            return {key: self.clean(part) for key, part in value.items()}
        return value

    def _word(self, found: str) -> str:
        folded = {value.casefold(): word for value, word in self.words.items()}
        return folded[found.casefold()]

    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def sections_of(
    subject: type[models.Model], key: Any, hiding: Hiding, *, leave_out: Iterable[tuple[str, str]] = ()
) -> list[Section]:
    """Return what is linked to one row of ``subject``, a section for each model, in the order of the apps.

    ``leave_out`` lists (model label, link) whose rows belong to the other person.
    """
    left_out = set(leave_out)
    found: dict[type[models.Model], dict[Any, models.Model]] = {subject: {}}
    for model, link in links_to(subject):
        if (model._meta.label, link.name) not in left_out and model._meta.label not in _withheld:
            _read(model, {link.attname: key}, found)
    _read(subject, {"pk": key}, found)
    return [
        Section(
            model._meta.label, str(model._meta.verbose_name), [_row(row, hiding) for row in rows.values()]
        )
        for model, rows in found.items()
        if rows
    ]


def rows_of_others(subject: type[models.Model], key: Any) -> set[Any]:
    """Return the keys of other rows of ``subject`` that stand beside this one in some row."""
    others: set[Any] = set()
    for model, link in links_to(subject):
        beside = [more for _, more in links_to(subject) if more.model is model and more.name != link.name]
        for more in beside:
            rows = model._base_manager.filter(**{link.attname: key}).exclude(**{more.attname: None})
            others |= set(rows.values_list(more.attname, flat=True))
    return others - {key}


def plain(value: Any) -> Plain:
    """Return a value as JSON has it: dates as ISO 8601."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _read(
    model: type[models.Model],
    wanted: Mapping[str, Any],
    found: dict[type[models.Model], dict[Any, models.Model]],
) -> None:
    known = found.setdefault(model, {})
    fresh = [row for row in model._base_manager.filter(**wanted) if row.pk not in known]
    known.update({row.pk: row for row in fresh})
    _read_children(model, [row.pk for row in fresh], found)


def _read_children(
    model: type[models.Model], keys: Sequence[Any], found: dict[type[models.Model], dict[Any, models.Model]]
) -> None:
    for child, link in children_of(model):
        if not keys or not isinstance(declaration_of(child, link.name), Personal):
            continue
        if child._meta.label in _withheld:
            continue
        loose = _links_to_subject_are_empty(child, found)
        for start in range(0, len(keys), CHUNK):
            _read(child, {f"{link.attname}__in": keys[start : start + CHUNK], **loose}, found)


def _links_to_subject_are_empty(
    child: type[models.Model], found: Mapping[type[models.Model], Any]
) -> dict[str, None]:
    """A child that is linked to a subject itself was read by that link, or is about somebody else."""
    subject = next(iter(found))
    return {
        link.attname: None
        for link in child._meta.local_fields
        if isinstance(link, models.ForeignKey) and link.related_model is subject
    }


def _row(row: models.Model, hiding: Hiding) -> dict[str, Plain]:
    said: dict[str, Plain] = {}
    for found in row._meta.local_fields:
        declared = declaration_of(type(row), found.name)
        if not isinstance(declared, Personal) or found.name in SECRETS:
            continue
        value = _value(row, found, hiding)
        if value not in (None, "", [], {}):
            said[str(declared.export_label)] = value
    return said


def _value(row: models.Model, found: "models.Field[Any, Any]", hiding: Hiding) -> Plain:
    value = getattr(row, found.attname)
    if isinstance(found, models.ForeignKey):
        related = found.related_model._meta.label if isinstance(found.related_model, type) else ""
        is_other = value is not None and (related, value) != hiding.subject
        return hiding.links.get(related) if is_other else None
    if found.choices and value not in (None, ""):
        return str(getattr(row, f"get_{found.name}_display")())
    return hiding.clean(plain(value) if not isinstance(found, models.FileField) else str(value))
