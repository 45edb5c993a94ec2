"""`traboule rtof`: what it reports, what it refuses, and what the fund's own definition makes of it."""

import csv
import io
import json

import pytest
import yaml

from tests.kernel.exchange.small import CATEGORIES, RECORDS, WORKFLOW, good
from traboule.kernel.exchange.layout import wide_columns
from traboule.kernel.exchange.reading import read_specification

KINDS = {"required", "unique", "dimension", "date_after", "character_limit", "count_min",
         "national_insurance_number", "conditional"}  # fmt: skip


def write_definition(folder):
    (folder / "records").mkdir(parents=True)
    (folder / "categories").mkdir()
    for place, parts in (("records", RECORDS), ("categories", CATEGORIES)):
        for name, content in parts.items():
            (folder / place / f"{name}.yml").write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    (folder / "workflow.yml").write_text(yaml.safe_dump(WORKFLOW), "utf-8")
    return folder


@pytest.fixture
def spec(folder):
    return write_definition(folder / "spec")


def table(rows, columns=None):
    columns = columns or list(wide_columns(read_specification(RECORDS, CATEGORIES, WORKFLOW)))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


@pytest.fixture
def check(traboule, folder, spec):
    def ask(content, *words, code=0):
        (folder / "wide.csv").write_text(content, "utf-8")
        result = traboule("rtof", "check", "wide.csv", "--spec", spec, "--report", "r.json", *words)
        assert result.exit_code == code, result.stderr
        return json.loads((folder / "r.json").read_text("utf-8")), result

    return ask


def test_good_rows_end_with_0_and_counts(check):
    report, result = check(table([good(1), good(2)]))
    assert report["counts"] == {"total": 0, "by_record": {}, "by_field": {}, "by_rule": {}}
    assert report["rows"] == {"member": 2, "work": 2, "progress": 4}
    assert report["definition"] == {"records": 3, "fields": 16, "required": 13, "categories": 4}
    assert (report["violations"], report["not_checked"], result.stderr) == ([], [], "")
    assert result.stdout.splitlines()[-1] == "Violations: 0"


def test_violations_end_with_3_and_stand_in_the_report_with_row_field_rule_and_value(check):
    report, result = check(table([good(1), good(2, country="Norway", pay="")]), code=3)
    assert report["violations"] == [
        {
            "file": "wide.csv", "row": 3, "record": "member", "field": "country", "column": "country",
            "rule": "dimension", "value": "Norway",
            "expected": "one of: NO | FR | Prefer not to say (not “Norway”)",
        }
    ]  # fmt: skip
    assert report["counts"] == {
        "total": 1,
        "by_record": {"member": 1},
        "by_field": {"member.country": 1},
        "by_rule": {"dimension": 1},
    }
    assert report["empty"] == [{"record": "work", "field": "pay", "rows": 1, "required": False}]
    assert result.stderr == (
        "wide.csv:3:country: Norway: one of: NO | FR | Prefer not to say (not “Norway”)\n"
    )
    assert "rule dimension: violations 1" in result.stdout


def test_fields_that_nobody_knows_are_listed_and_not_filled_in(check):
    rows = [good(1), {"member_id": "M2", "name": "Omar"}]
    report, result = check(table(rows), code=3)
    lacking = ["country", "born", "arrived", "joined", "has_children"]
    assert [v["field"] for v in report["violations"]] == lacking
    assert [one["field"] for one in report["empty"] if one["required"]] == lacking
    assert report["absent"] == [
        {"record": "work", "people": 1, "required": ["member_id", "began", "helped_by"]},
        {"record": "progress", "people": 1, "required": ["member_id", "stage", "seen_on"]},
    ]
    assert "People without any work: 1" in result.stdout


def test_a_country_code_that_yaml_takes_for_no_is_read(check):
    report, _ = check(table([good(1, country="NO")]))
    assert report["counts"]["total"] == 0


def test_many_of_one_kind_are_counted_on_the_terminal_and_complete_in_the_report(check):
    report, result = check(table([good(n, pay="x") for n in range(1, 31)]), code=3)
    assert len(report["violations"]) == report["counts"]["total"] == 30
    assert len(result.stderr.splitlines()) == 21
    assert result.stderr.splitlines()[-1] == (
        "wide.csv:31:pay: x: no such cells; 10 more of this rule and field stand in the report"
    )


def test_a_dash_as_report_goes_to_standard_output(traboule, folder, spec):
    result = traboule("rtof", "check", "-", "--spec", spec, "--report", "-", stdin=table([good(1)]).encode())
    assert json.loads(result.stdout)["files"][0]["file"] == "<stdin>"


def test_unknown_columns_are_ignored_with_one_warning(check):
    report, result = check("hobby,shoe," + table([good(1)]).replace("\nM1", "\nx,y,M1"))
    assert report["files"][0]["unknown_columns"] == ["hobby", "shoe"]
    assert result.stderr == (
        "wide.csv:1:-: hobby shoe: warning: only columns of this table; these are ignored\n"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "columns of the definition; this file has none of them"),
        (table([good(1)]).replace("born,", "Member-ID,"), "each column once"),
        (table([good(1)]) + "M2,too,short\n", "cells, as many as there are columns"),
    ],
)
def test_files_that_are_no_such_table_are_refused_and_nothing_is_written(
    traboule, folder, spec, content, said
):
    (folder / "wide.csv").write_text(content, "utf-8")
    result = traboule("rtof", "check", "wide.csv", "--spec", spec, "--report", "r.json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert said in result.stderr
    assert not (folder / "r.json").exists()


def test_a_definition_that_cannot_be_read_is_refused_with_every_fault(traboule, folder, spec):
    (folder / "wide.csv").write_text(table([good(1)]), "utf-8")
    for words in (("wide.csv", "--spec", folder), ("wide.csv", "--spec", folder / "nowhere")):
        assert traboule("rtof", "check", *words).exit_code == 3
    (spec / "categories" / "help.yml").write_text("- a: [", "utf-8")
    result = traboule("rtof", "check", "wide.csv", "--spec", spec)
    assert result.exit_code == 3
    assert "help.yml:1:-: (empty): a file in YAML" in result.stderr
    (spec / "categories" / "help.yml").write_text("[]", "utf-8")
    (spec / "categories" / "country.yml").write_text("- FR\n- FR\n", "utf-8")
    result = traboule("rtof", "check", "wide.csv", "--spec", spec)
    assert (result.exit_code, len(result.stderr.splitlines())) == (3, 2)


def test_yaml_that_would_make_objects_makes_none(traboule, folder, spec):
    (folder / "wide.csv").write_text(table([good(1)]), "utf-8")
    (spec / "categories" / "help.yml").write_text("!!python/object/apply:os.mkdir [made]", "utf-8")
    result = traboule("rtof", "check", "wide.csv", "--spec", spec)
    assert result.exit_code == 3
    assert not (folder / "made").exists()


def test_a_file_that_is_read_is_never_written_over(traboule, folder, spec):
    (folder / "wide.csv").write_text(table([good(1)]), "utf-8")
    for words in (("check", "--report"), ("wide", "--out")):
        result = traboule("rtof", words[0], "wide.csv", "--spec", spec, words[1], "wide.csv")
        assert result.exit_code == 2
    assert traboule("rtof", "check", "wide.csv", "./wide.csv", "--spec", spec).exit_code == 2
    assert (folder / "wide.csv").read_text("utf-8") == table([good(1)])


def test_invented_people_go_through_every_form_and_come_back_the_same(traboule, folder, spec):
    made = ("--spec", spec, "--people", "40", "--seed", "2", "--as-of", "2026-01-01", "--partial")
    for name in ("wide.csv", "wide.xlsx"):
        assert traboule("rtof", "invent", *made, "--out", name).exit_code == 0
        assert traboule("rtof", "check", name, "--spec", spec).exit_code == 0
    assert traboule("rtof", "records", "wide.xlsx", "--spec", spec, "--out", "single").exit_code == 0
    names = sorted((folder / "single").glob("*.csv"))
    assert [path.stem for path in names] == ["member", "progress", "work"]
    for path in names:
        assert traboule("rtof", "check", path, "--spec", spec).exit_code == 0
    assert traboule("rtof", "check", *names, "--spec", spec).exit_code == 0
    again = traboule("rtof", "wide", *names, "--spec", spec)
    assert again.stdout == (folder / "wide.csv").read_text("utf-8")


def test_joining_two_rows_for_one_person_is_refused(traboule, folder, spec):
    (folder / "wide.csv").write_text(table([good(1), good(1)]), "utf-8")
    result = traboule("rtof", "wide", "wide.csv", "--spec", spec, "--out", "joined.csv")
    assert result.exit_code == 3
    assert "one row for each person and turn" in result.stderr
    assert not (folder / "joined.csv").exists()


# --- the fund's own definition ----------------------------------------------------------------------------


def change(path, line, **cells):
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[line - 2] |= {name: cell for name, cell in cells.items() if name in rows[0]}
    path.write_text(table(rows, list(rows[0])), "utf-8")
    return rows


SEEDS = {
    "required": ("gender", "", "person"),
    "dimension": ("dispersal_area", "Atlantis", "person"),
    "date_after": ("housing_entry_date", "2001-01-01", "housing_entry"),
    "character_limit": ("occupation_goal", "x" * 256, "baseline"),
    "count_min": (
        "intermediate_employment_outcome_type", "training course, employability", "employment_intermediate"
    ),
    "national_insurance_number": ("ni_number", "QQ123456C", "baseline"),
    "unique": ("ni_number", None, "baseline"),
    "conditional": ("age_profile_of_dependants_uk", "", "baseline"),
}  # fmt: skip


@pytest.mark.outside_data
@pytest.mark.parametrize("rule", sorted(KINDS))
def test_each_kind_of_rule_of_the_fund_fires_on_a_seeded_bad_row(traboule, folder, outside_data, rule):
    spec = outside_data / "rtof"
    made = ("--spec", spec, "--people", "30", "--as-of", "2026-01-01", "--out", "wide.csv")
    assert traboule("rtof", "invent", *made).exit_code == 0
    field, value, record = SEEDS[rule]
    if rule == "unique":
        rows = change(folder / "wide.csv", 2)
        value = next(row["ni_number"] for row in rows if row["ni_number"])
    change(folder / "wide.csv", 31, current_dependants_uk="Yes", age_profile_of_dependants_uk="0-4")
    change(folder / "wide.csv", 31, **{field: value})
    result = traboule("rtof", "check", "wide.csv", "--spec", spec, "--report", "r.json")
    assert result.exit_code == 3
    report = json.loads((folder / "r.json").read_text("utf-8"))
    found = [(v["row"], v["record"], v["field"], v["rule"], v["value"]) for v in report["violations"]]
    assert found == [(31, record, field, rule, value)]


@pytest.mark.outside_data
def test_the_fund_s_definition_is_read_whole_and_a_cohort_of_5000_breaks_no_rule(
    traboule, folder, outside_data
):
    spec = outside_data / "rtof" / "data"
    made = ("--spec", spec, "--people", "5000", "--as-of", "2026-01-01", "--out", "wide.csv")
    assert traboule("rtof", "invent", *made).exit_code == 0
    result = traboule("rtof", "check", "wide.csv", "--spec", spec, "--report", "r.json")
    assert result.exit_code == 0
    report = json.loads((folder / "r.json").read_text("utf-8"))
    assert report["definition"] == {"records": 9, "fields": 76, "required": 55, "categories": 24}
    assert set(report["rows"].values()) == {5000, 15000}
    assert report["counts"]["total"] == 0
    # The definition compares a date with date_of_birth, which none of its records has.
    assert [(one["field"], one["needs"], one["reason"]) for one in report["not_checked"]] == [
        ("date_arrived_in_uk", "date_of_birth", "no such field")
    ]


@pytest.mark.outside_data
def test_the_nine_files_of_single_records_are_accepted_alone_and_together(traboule, folder, outside_data):
    spec = outside_data / "rtof"
    made = ("--spec", spec, "--people", "120", "--as-of", "2026-01-01", "--partial", "--out", "wide.csv")
    assert traboule("rtof", "invent", *made).exit_code == 0
    assert traboule("rtof", "records", "wide.csv", "--spec", spec, "--out", "nine").exit_code == 0
    names = sorted((folder / "nine").glob("*.csv"))
    assert len(names) == 9
    for words in ([name] for name in names), [names]:
        for files in words:
            result = traboule("rtof", "check", *files, "--spec", spec)
            assert result.exit_code == 0, result.stderr
    assert traboule("rtof", "wide", *names, "--spec", spec).stdout == (folder / "wide.csv").read_text("utf-8")
