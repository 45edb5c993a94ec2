"""RTOF: an export from a database of invented people, checked by ours and read back by PyPI rtofdata.

    .venv/bin/python -m benchmarks.rtof [people]

rtofdata stops at an empty date in CSV. So the wide file is cut by which dates people have: each part holds
only the columns of records that all of its people have. No cell is changed, and nothing of rtofdata. It reads
a column by the beginning of its name: columns whose name begins with the name of another field are taken for
that field. These are counted apart; every other cell must come back as it was written.
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.compare_pypi import environment  # noqa: E402 -- the folder must be importable first
from benchmarks.promises import Figure  # noqa: E402 -- the same
from traboule.cli.rtof_files import specification_in  # noqa: E402 -- the same
from traboule.kernel.exchange.checking import check  # noqa: E402 -- the same
from traboule.kernel.exchange.invented import invented  # noqa: E402 -- the same
from traboule.kernel.exchange.layout import (  # noqa: E402 -- the same
    Sheet,
    read_sheets,
    wide_columns,
    wide_table,
)
from traboule.kernel.exchange.specification import Specification, plain  # noqa: E402 -- the same

REQUIREMENT = "rtofdata==0.2.4"
AS_OF = date(2026, 1, 1)
# Records whose dates would have to fit those of the demo: nobody makes them up here.
NOT_MADE_UP = (
    "housing_entry",
    "housing_sustain",
    "_6month",
    "_12month",
    "housing_entry_date",
    "housing_entry_accommodation",
    "housing_sustainment_date",
    "housing_sustain_accommodation",
)
Rows = list[dict[str, str]]
SEEDS: dict[str, tuple[str, str, str]] = {
    "required": ("gender", "", "person"),
    "dimension": ("dispersal_area", "Atlantis", "person"),
    "date_after": ("housing_entry_date", "2001-01-01", "housing_entry"),
    "character_limit": ("occupation_goal", "x" * 256, "baseline"),
    "count_min": ("intermediate_employment_outcome_type", "training course, employability",
                  "employment_intermediate"),
    "national_insurance_number": ("ni_number", "QQ123456C", "baseline"),
    "unique": ("ni_number", "", "baseline"),
    "conditional": ("age_profile_of_dependants_uk", "", "baseline"),
}  # fmt: skip
"""A kind of rule → the field that breaks it in one row, with which value, in which record."""


def violations(specification: Specification, rows: Rows) -> list[tuple[int, str, str, str]]:
    """(row, record, field, rule) of everything that our check finds; rows count from 0."""
    header = list(wide_columns(specification))
    cells = [[row.get(name, "") for name in header] for row in rows]
    sheet = Sheet("wide", header, list(enumerate(cells)))
    found = check(specification, read_sheets(specification, [sheet]))
    return [(one.line, one.record, one.field, one.rule) for one in found.violations]


def seeded(specification: Specification, rows: Rows) -> tuple[list[str], list[str]]:
    """Kinds of rule that gave exactly their seeded error, and those that did not; all in one file."""
    changed, expected = [dict(row) for row in rows], []
    for line, (rule, (field, value, record)) in enumerate(SEEDS.items()):
        row = changed[line]
        if rule == "conditional":
            row["current_dependants_uk"] = "Yes"
        if rule == "unique":
            value = next(one["ni_number"] for one in changed[len(SEEDS) :] if one.get("ni_number"))
            expected.append((_line_of(changed, value, len(SEEDS)), record, field, rule))
        else:
            expected.append((line, record, field, rule))
        row[field] = value
    found = violations(specification, changed)
    good = [rule for one, rule in zip(expected, SEEDS, strict=True) if found.count(one) == 1]
    extra = [f"{one}" for one in found if one not in expected]
    return good, [*(rule for rule in SEEDS if rule not in good), *extra]


def _line_of(rows: Rows, number: str, since: int) -> int:
    """The second row with a number is blamed, in the order of the file."""
    return next(line for line, row in enumerate(rows) if line >= since and row.get("ni_number") == number)


def parts(specification: Specification, rows: Rows) -> Iterator[tuple[list[str], Rows]]:
    """The wide file cut by which records people have: no part has an empty date."""
    columns = wide_columns(specification)
    dates = [name for name, one in columns.items() if one.field.kind == "date"]
    groups: dict[tuple[str, ...], Rows] = defaultdict(list)
    for row in rows:
        groups[tuple(name for name in dates if row.get(name))].append(row)
    for held, people in groups.items():
        kept = {(columns[name].field.record, columns[name].turn) for name in held}
        always = {specification.top.id, "baseline"}
        names = [name for name, one in columns.items()
                 if (one.field.record, one.turn) in kept or one.field.record in always]  # fmt: skip
        yield names, people


def misread(specification: Specification) -> dict[str, str]:
    """Columns that begin with the name of another field: they are taken for it."""
    order = [one.id for one in specification.fields if not one.refers_to]
    found = {}
    for name, column in wide_columns(specification).items():
        first = next(other for other in order if plain(name).startswith(plain(other)))
        if first != column.field.id:
            found[name] = first
    return found


def read_back(folder: Path, specification: Specification, rows: Rows) -> dict[str, Any]:
    """Records and cells that rtofdata reads, beside those that were written."""
    python = environment("rtofdata", REQUIREMENT)
    with tempfile.TemporaryDirectory() as made:
        files = []
        for number, (names, people) in enumerate(parts(specification, rows)):
            files.append(Path(made) / f"part-{number:03}.csv")
            stream = io.StringIO()
            writer = csv.DictWriter(stream, names, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(people)
            files[-1].write_text(stream.getvalue(), "utf-8")
        words = [python, ROOT / "benchmarks" / "peers" / "rtofdata_read.py", folder, *files]
        answer = subprocess.run(words, check=True, capture_output=True, text=True)
    said = [json.loads(line) for line in answer.stdout.splitlines() if line.startswith("[")]
    theirs = _counts((record, tuple(map(str, key))) for record, key, *_ in said if record != "complaint")
    return {
        "files": len(files),
        "complaints": [one[2] for one in said if one[0] == "complaint"],
        "records": {name: [number, theirs.get(name, 0)] for name, number in _written(specification, rows)},
        "cells": _cells(specification, rows, said),
    }


def _counts(keys: Iterator[tuple[str, tuple[str, ...]]]) -> Counter[str]:
    return Counter(record for record, _key in set(keys))


def _written(specification: Specification, rows: Rows) -> Iterator[tuple[str, int]]:
    """Records that were written: those that hold anything beside their key."""
    header = list(wide_columns(specification))
    cells = [[row.get(name, "") for name in header] for row in rows]
    reading = read_sheets(specification, [Sheet("wide", header, list(enumerate(cells)))])
    found = Counter(entry.record.id for entry in reading.entries)
    yield from ((record.id, found[record.id]) for record in specification.records)


def _cells(specification: Specification, rows: Rows, said: Sequence[Any]) -> dict[str, Any]:
    """Cells that come back under their own field with their own value, and columns that do not."""
    theirs = {(record, str(key[0]), field, suffix or ""): value
              for record, key, field, value, suffix in said if record != "complaint" and key}  # fmt: skip
    columns, lost, same = wide_columns(specification), Counter[str](), 0
    owner = next(iter(columns))
    for row in rows:
        for name, column in columns.items():
            if column.field.is_key or not row.get(name):
                continue
            key = (column.field.record, row[owner], column.field.id, plain(column.turn))
            if theirs.get(key, "") == row[name][:10]:
                same += 1
            else:
                lost[name] += 1
    return {"same": same, "otherwise": dict(lost)}


def plain_rows(specification: Specification, people: int, *, complete: bool) -> Rows:
    """Invented people in the wide file."""
    rows = invented(specification, people, seed=0, as_of=AS_OF, complete=complete)
    header, cells = wide_table(specification, rows)
    return [dict(zip(header, row, strict=True)) for row in cells]


def measure(folder: Path, people: int = 5000) -> dict[str, Any]:
    """Everything about the invented cohort: violations, seeded errors, what rtofdata reads."""
    specification = specification_in(folder)
    rows = plain_rows(specification, people, complete=False)
    good, bad = seeded(specification, plain_rows(specification, 40, complete=True))
    return {
        "people": len(rows),
        "violations": len(violations(specification, rows)),
        "seeded": good,
        "seeded_otherwise": bad,
        "misread": misread(specification),
        **read_back(folder, specification, rows),
    }


def demo_cohort(folder: Path, branch: str = "lyon") -> dict[str, Any]:
    """The demo's mentees of one branch out of its database, with invented facts beside; then read back."""
    from tests.journeys.server import load

    specification = specification_in(folder)
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        var = load(place, 400, 2026)
        asked = ("--branch", branch, "--spec", str(folder))
        alone, _ = _traboule(place, var, "rtof", "export", *asked, "--out", "alone.csv", "--report", "a.json")
        _traboule(place, var, "rtof", "beside", *asked, "--out", "beside.csv")
        _fill(specification, place / "beside.csv")
        words = (*asked, "--beside", "beside.csv", "--out", "wide.csv", "--report", "r.json")
        code, said = _traboule(place, var, "rtof", "export", *words)
        checked, _ = _traboule(place, var, "rtof", "check", "wide.csv", "--spec", str(folder))
        report = json.loads((place / "r.json").read_text("utf-8")) if code == 0 else {"said": said[-500:]}
        with (place / "wide.csv").open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream)) if code == 0 else []
    return {
        "exit_without_beside": alone,
        "exit": code,
        "check": checked,
        "people": report.get("people"),
        "records": report.get("records"),
        "people_left_out": report.get("people_left_out"),
        "violations": len(report.get("violations", [0])),
        "said": report.get("said", ""),
        "read_back": read_back(folder, specification, rows) if rows else {},
    }


def _traboule(place: Path, var: Path, *words: str) -> tuple[int, str]:
    from tests.journeys.server import TRABOULE, environment

    more = {"DJANGO_SETTINGS_MODULE": "traboule.config.settings.demo", "LANGUAGE": "en"}
    done = subprocess.run(
        [TRABOULE, *words],
        cwd=place,
        env=environment(var) | more,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr or done.stdout


def _fill(specification: Specification, path: Path) -> None:
    """Invented facts for what the programme does not keep; a person came and was let stay years ago."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    facts = plain_rows(specification, len(rows), complete=True)
    for row, fact in zip(rows, facts, strict=True):
        row |= {name: fact[name] for name in row if name in fact and not name.endswith(NOT_MADE_UP)}
        row |= {"date_arrived_in_uk": "2016-03", "date_asylum_status_granted": "2018-05"}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def is_good(found: Mapping[str, Any]) -> bool:
    """No violation, each seeded error alone, equal counts, and nothing else misread than we know of."""
    return (
        not found["violations"]
        and not found["seeded_otherwise"]
        and not found["complaints"]
        and all(ours == theirs for ours, theirs in found["records"].values())
        and set(found["cells"]["otherwise"]) <= _known(found["misread"])
    )


def row(folder: Path) -> Figure:
    """The row of the results: both cohorts in one sentence."""
    try:
        environment("rtofdata", REQUIREMENT)
    except subprocess.CalledProcessError as error:
        return Figure(
            f"NOT MEASURED: PyPI is out of reach, {REQUIREMENT} cannot be installed ({error})", ok=False
        )
    found, demo = measure(folder), demo_cohort(folder)
    records = sum(ours for ours, _theirs in found["records"].values())
    people = demo["people"] or {"written": 0, "found": 0}
    text = (
        f"{found['people']:,} people: {found['violations']} violations, {records:,} records read back by "
        f"rtofdata from {found['files']} files cut where dates are empty; {len(found['seeded'])} of 8 seeded "
        f"errors alone; it takes {len(found['misread'])} columns for others; demo: {people['written']} of "
        f"{people['found']} written with invented facts beside, {demo['violations']} violations, none without"
    )
    back = demo["read_back"].get("records", {})
    ok = is_good(found) and demo["check"] == 0 and bool(people["written"]) and bool(back)
    ok = ok and demo["exit_without_beside"] == 3 and all(ours == theirs for ours, theirs in back.values())
    return Figure(text, ok, {"invented": found, "demo": demo})


def _known(misread: Mapping[str, str]) -> set[str]:
    """A column that is taken for another field also writes over that one."""
    return {*misread, *misread.values()}


if __name__ == "__main__":
    place = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT.parent / "shared" / "data" / "rtof"
    result = measure(place, int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    sys.exit(0 if is_good(result) else 1)
