"""The answer of `traboule rtof check`: report.json, a summary, and violations in the terminal's language."""

import gettext
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from traboule.cli.exits import CATALOGUES
from traboule.kernel.exchange.checking import Checked, Unchecked, Violation
from traboule.kernel.exchange.layout import Reading
from traboule.kernel.exchange.specification import Specification
from traboule.tables.errors import Problem, Severity
from traboule.tables.messages import gettext_noop

MOST_TOLD: Final = 20  # violations of one rule by one field that are told one by one
DEFINITION: Final = gettext_noop(
    "Definition: %(records)s records, %(fields)s fields, %(required)s required, %(categories)s categories"
)
RECORD: Final = gettext_noop("%(record)s: rows %(rows)s, violations %(violations)s")
FIELD: Final = gettext_noop("field %(field)s: violations %(violations)s")
RULE: Final = gettext_noop("rule %(rule)s: violations %(violations)s")
ABSENT: Final = gettext_noop("People without any %(record)s: %(people)s")
UNKNOWN: Final = gettext_noop("Required and empty: %(cells)s cells in %(fields)s fields")
TOTAL: Final = gettext_noop("Violations: %(violations)s")


def problems(checked: Checked) -> Iterator[Problem]:
    """Violations as problems of the house, the first twenty of each rule and field, then how many more."""
    told: Counter[tuple[str, str, str, str]] = Counter()
    last: dict[tuple[str, str, str, str], Violation] = {}
    for one in checked.violations:
        kind = (one.sheet, one.record, one.field, one.rule)
        told[kind] += 1
        last[kind] = one
        if told[kind] <= MOST_TOLD:
            yield _problem(one, one.code, one.params)
    for kind, number in told.items():
        if number > MOST_TOLD:
            yield _problem(last[kind], "rtof_more", (("more", number - MOST_TOLD),))


def _problem(one: Violation, code: str, params: tuple[tuple[str, str | int], ...]) -> Problem:
    return Problem(one.sheet, one.line, one.column or one.field, one.value, code, params)


def not_asked(checked: Checked) -> Iterator[Problem]:
    """Rules that nobody could check, as warnings."""
    for one in checked.unchecked:
        code = "rtof_gap" if one.is_gap else "rtof_not_given"
        params = (("needs", one.needs), ("rule", one.rule))
        yield Problem(f"records/{one.record}", 1, one.field, "", code, params, Severity.WARNING)


def report_bytes(specification: Specification, reading: Reading, checked: Checked) -> bytes:
    """report.json: every violation, counts by record, field and rule, what is empty, what was not asked."""
    content = {
        "definition": _definition(specification),
        "files": [
            {"file": name, "records": records, "unknown_columns": reading.strangers[name]}
            for name, records in reading.records.items()
        ],
        "rows": {record.id: checked.rows[record.id] for record in specification.records},
        "counts": {
            "total": len(checked.violations),
            "by_record": checked.by_record(),
            "by_field": checked.by_field(),
            "by_rule": checked.by_rule(),
        },
        "violations": [_violation(one) for one in checked.violations],
        "empty": _empty(specification, checked),
        "absent": _absent(specification, checked),
        "not_checked": [_unchecked(one) for one in checked.unchecked],
    }
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _definition(specification: Specification) -> dict[str, int]:
    return {
        "records": len(specification.records),
        "fields": len(specification.fields),
        "required": sum(one.is_required for one in specification.fields),
        "categories": specification.categories,
    }


def _violation(one: Violation) -> dict[str, Any]:
    return {
        "file": one.sheet,
        "row": one.line,
        "record": one.record,
        "field": one.field,
        "column": one.column,
        "rule": one.rule,
        "value": one.value,
        "expected": _problem(one, one.code, one.params).expected(),
    }


def _empty(specification: Specification, checked: Checked) -> list[dict[str, Any]]:
    """Fields without a value: unknown is said, never filled in."""
    return [
        {"record": one.record, "field": one.id, "rows": number, "required": one.is_required}
        for one in specification.fields
        if (number := checked.empty[(one.record, one.id)])
    ]


def _absent(specification: Specification, checked: Checked) -> list[dict[str, Any]]:
    """Records that people do not have, with the fields that are therefore unknown."""
    return [
        {"record": record.id, "people": people, "required": [f.id for f in record.fields if f.is_required]}
        for record in specification.records
        if (people := checked.absent[record.id])
    ]


def _unchecked(one: Unchecked) -> dict[str, Any]:
    reason = "no such field" if one.is_gap else "record not given"
    return {"record": one.record, "field": one.field, "rule": one.rule, "needs": one.needs, "reason": reason}


def in_words(specification: Specification, checked: Checked) -> str:
    """A handful of lines: the definition, each record, and each field and rule that was broken."""
    say = gettext.translation("django", CATALOGUES, fallback=True).gettext
    records, total = checked.by_record(), len(checked.violations)
    lines = [say(DEFINITION) % _definition(specification)]
    for record in specification.records:
        if rows := checked.rows[record.id]:
            figures = {"record": record.id, "rows": rows, "violations": records.get(record.id, 0)}
            lines.append(say(RECORD) % figures)
    lines += [say(FIELD) % {"field": name, "violations": n} for name, n in checked.by_field().items()]
    lines += [say(RULE) % {"rule": name, "violations": n} for name, n in checked.by_rule().items()]
    unknown = [one for one in _empty(specification, checked) if one["required"]]
    if unknown:
        lines.append(say(UNKNOWN) % {"cells": sum(one["rows"] for one in unknown), "fields": len(unknown)})
    lines += [say(ABSENT) % one for one in _absent(specification, checked)]
    return "".join(f"{line}\n" for line in [*lines, say(TOTAL) % {"violations": total}])
