"""Access (article 15 GDPR): one archive, readable and machine-readable, in the person's language."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext

from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.exporting import Hiding, Section, plain, rows_of_others, sections_of
from traboule.core.languages import interface
from traboule.core.permissions import authorise
from traboule.core.registry import ON_EXPORT

# Rows that say something of another person's wish: whom somebody else would rather not meet.
BELONGS_TO_OTHERS = (("people.Avoid", "other"), ("people.NotToMeet", "other"))

_STYLE = (
    "body{font:1.1rem/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem;color:#20242e;"
    "background:#fdfaf3}table{border-collapse:collapse;width:100%;margin-block:.5rem 1.5rem}"
    "th,td{text-align:start;vertical-align:top;padding:.3rem .5rem;border-block-end:1px solid #e6dfd0;"
    "overflow-wrap:anywhere}th{width:35%;font-weight:600}"
)


@transaction.atomic
def export_person(*, person: Person, by: Actor, now: datetime) -> bytes:
    """Return a ZIP with ``index.html`` and ``data.json``: everything that is held about ``person``.

    Other people are a word, the team is "the team"; their names are hidden in texts too.
    """
    authorise(by, Permission.RIGHTS_ANSWER, person.branch_id)
    language = interface(person.contact_language)
    with translation.override(language):
        hiding = _hiding(person)
        sections = sections_of(Person, person.pk, hiding, leave_out=BELONGS_TO_OTHERS)
        sections += _from_handlers(person, hiding)
        content = _archive(person, sections, language, now)
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb="person.exported",
        subject_type="person",
        subject_id=person.pk,
        facts={"sections": len(sections), "rows": sum(len(section.rows) for section in sections)},
    )
    return content


def _hiding(person: Person) -> Hiding:
    other, team = gettext("another person"), gettext("the team")
    hiding = Hiding(("people.Person", person.pk), {"people.Person": other, "people.Login": team})
    names = ("first_name", "last_name", "email", "phone", "external_id")
    beside = Person.everywhere.filter(pk__in=rows_of_others(Person, person.pk))
    for row in beside.values_list(*names):
        hiding.add(row, other)
    for name, email in Login.objects.exclude(person=person).values_list("name", "email"):
        hiding.add((name, email, *(part for part in name.split() if len(part) > 2)), team)
    hiding.never([str(getattr(person, name)) for name in names])
    return hiding


def _from_handlers(person: Person, hiding: Hiding) -> list[Section]:
    """What the apps add by hand; each mapping of labels to plain values, or to lists of rows."""
    sections = []
    for handler in ON_EXPORT:
        for title, value in dict(handler(person.pk)).items():
            rows: Sequence[Any] = value if isinstance(value, list) else [value]
            said = [row if isinstance(row, Mapping) else {str(title): row} for row in rows]
            cleaned = [{str(key): hiding.clean(_deep(part)) for key, part in row.items()} for row in said]
            sections.append(Section("", str(title), cleaned))
    return [section for section in sections if section.rows]


def _deep(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _deep(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_deep(part) for part in value]
    return plain(value)


def _archive(person: Person, sections: Sequence[Section], language: str, now: datetime) -> bytes:
    data = {
        "made_at": now.isoformat(),
        "language": language,
        "sections": [{"model": s.code, "title": s.title, "rows": s.rows} for s in sections],
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", _page(person, sections, language))
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
    return buffer.getvalue()


def _page(person: Person, sections: Sequence[Section], language: str) -> str:
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    title = gettext("What we hold about you")
    lede = gettext("This file is yours. Other people are not named in it.")
    body = format_html_join("", "<h2>{}</h2>{}", ((section.title, _tables(section)) for section in sections))
    return format_html(
        '<!doctype html><html lang="{}" dir="{}"><meta charset="utf-8"><title>{}</title><style>{}</style>'
        "<h1>{}</h1><p><bdi>{}</bdi></p><p>{}</p>{}</html>",
        *(language, direction, title, SafeString(_STYLE), title, person.display_name, lede, body),
    )


def _tables(section: Section) -> SafeString:
    return format_html_join(
        "",
        "<table>{}</table>",
        (
            (
                format_html_join(
                    "", "<tr><th>{}</th><td>{}</td></tr>", ((k, _said(v)) for k, v in row.items())
                ),
            )
            for row in section.rows
        ),
    )


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
