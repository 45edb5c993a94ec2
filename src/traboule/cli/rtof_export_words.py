"""The answer of `traboule rtof export`: who went, who stayed and why, and which fields are empty and why."""

import gettext
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from traboule.cli.exits import CATALOGUES
from traboule.kernel.exchange.layout import wide_columns
from traboule.kernel.exchange.own import KEPT
from traboule.kernel.exchange.specification import Specification
from traboule.tables.messages import gettext_noop

if TYPE_CHECKING:
    from traboule.kernel.exchange.leaving import Beside, Leaving
    from traboule.kernel.exchange.own import Taken

PEOPLE: Final = gettext_noop("People: %(written)s written, %(out)s left out, of %(people)s")
RECORD: Final = gettext_noop("%(record)s: %(rows)s written, %(out)s left out")
PERSON_OUT: Final = gettext_noop("%(people)s people left out: %(field)s of %(record)s is required, not known")
RECORD_OUT: Final = gettext_noop("%(rows)s records %(record)s left out: %(field)s is required, not known")
NOT_KEPT: Final = gettext_noop("%(field)s: left empty %(cells)s times because Traboule does not keep it")
NOT_WRITTEN: Final = gettext_noop("%(field)s: left empty %(cells)s times because nobody wrote it down")
VIOLATIONS: Final = gettext_noop("Violations: %(violations)s")
NOTHING: Final = gettext_noop("Nothing was written.")


def empty_fields(specification: Specification, found: "Leaving") -> Iterator[dict[str, Any]]:
    """Columns that are empty where their record is written, how often, and why."""
    cells: Counter[tuple[str, str, str]] = Counter()
    for entry in found.reading.entries:
        for one in entry.record.fields:
            if not one.refers_to and not entry.values.get(one.id):
                cells[entry.record.id, entry.turn, one.id] += 1
    for name, column in wide_columns(specification).items():
        number = cells[column.field.record, column.turn, column.field.id]
        if number:
            why = "nobody wrote it down" if name in KEPT else "Traboule does not keep it"
            yield {"field": name, "record": column.field.record, "cells": number, "because": why}


def report_bytes(
    specification: Specification,
    found: "Leaving",
    people: "Sequence[Taken]",
    further: "Beside | None",
    period: tuple[date | None, date],
) -> bytes:
    """Everything as JSON: counts only, no identifier of anybody but those of the wide file in violations."""
    known = {one.reference for one in people}
    content = {
        "period": [period[0].isoformat() if period[0] else None, period[1].isoformat()],
        "people": {"found": found.people, "written": len(found.rows)},
        "records": dict(found.checked.rows),
        "people_left_out": list(_lacks(found.people_out)),
        "records_left_out": list(_lacks(found.records_out)),
        "what_lacks": list(_lacks(found.lacks)),
        "left_empty": list(empty_fields(specification, found)),
        "beside": None if further is None else {
            "people": len(further.facts),
            "not_in_this_period": sum(reference not in known for reference in further.facts),
        },
        "violations": [
            {"row": one.line, "record": one.record, "field": one.field, "rule": one.rule, "value": one.value}
            for one in found.violations
        ],
    }  # fmt: skip
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _lacks(counted: Counter[tuple[str, str, str]]) -> Iterator[dict[str, Any]]:
    for (record, turn, name), number in sorted(counted.items(), key=lambda one: (-one[1], one[0])):
        yield {"record": record, "turn": turn, "field": name, "times": number}


def in_words(specification: Specification, found: "Leaving") -> str:
    """What went and what stayed, a line each, in the language of the terminal."""
    say = gettext.translation("django", CATALOGUES, fallback=True).gettext
    written, out = len(found.rows), sum(found.people_out.values())
    lines = [say(PEOPLE) % {"written": written, "out": out, "people": found.people}]
    stayed: Counter[str] = Counter()
    for (name, _turn, _field), number in found.records_out.items():
        stayed[name] += number
    for record in specification.records:
        figures = {"record": record.id, "rows": found.checked.rows[record.id], "out": stayed[record.id]}
        lines.append(say(RECORD) % figures)
    lines += [say(PERSON_OUT) % {"people": one["times"], **one} for one in _lacks(found.people_out)]
    lines += [say(RECORD_OUT) % {"rows": one["times"], **one} for one in _lacks(found.records_out)]
    for one in empty_fields(specification, found):
        lines.append(say(NOT_WRITTEN if one["field"] in KEPT else NOT_KEPT) % one)
    lines.append(say(VIOLATIONS) % {"violations": len(found.violations)})
    if found.violations or not found.rows:
        lines.append(say(NOTHING))
    return "".join(f"{line}\n" for line in lines)
