"""`traboule rtof export` and `beside`, `traboule indigo`: from the database into a file, or not at all."""

import csv
import io
import json
from datetime import timedelta

import pytest
import yaml

from tests.factories import outcomes as tell
from tests.factories import people as make
from tests.factories import support as app
from tests.factories.people import TODAY
from traboule.apps.outcomes.actions.decisions import verify_outcome
from traboule.apps.outcomes.models import Outcome
from traboule.apps.outcomes.queries.rtof import pseudonym
from traboule.apps.people.enums import Role
from traboule.apps.people.models import MenteeProfile
from traboule.core.models import AuditEntry

pytestmark = pytest.mark.django_db
KEY = {"type": "string", "primary_key": "true", "validation": {"required": "true"}}
LINK = KEY | {"foreign_keys": [{"record": "person", "field": "unique_id"}]}
NEEDED = {"validation": {"required": "true"}}
RECORDS = {
    "person": {
        "unique_id": KEY,
        "first_name": {"type": "string", **NEEDED},
        "gender": {"type": "categorical", "validation": {"required": "true", "dimension": "gender"}},
        "dispersal_area": {"type": "string", **NEEDED},
        "date_started_service": {"type": "monthyear", **NEEDED},
    },
    "employment_entry": {
        "unique_id": LINK,
        "date_employment_entry": {
            "type": "date", "validation": {"required": "true", "date_after": "date_started_service"},
        },
        "wage_employment_entry": {"type": "integer", **NEEDED},
    },
}  # fmt: skip


@pytest.fixture
def spec(folder):
    place = folder / "spec"
    (place / "records").mkdir(parents=True)
    (place / "categories").mkdir()
    for name, fields in RECORDS.items():
        (place / "records" / f"{name}.yml").write_text(yaml.safe_dump({"fields": fields}), "utf-8")
    words = ["Woman", "Man", "Other", "Prefer not to say"]
    (place / "categories" / "gender.yml").write_text(yaml.safe_dump(words), "utf-8")
    steps = [{"records": [{"id": name} for name in RECORDS]}]
    (place / "workflow.yml").write_text(yaml.safe_dump([{"name": "In", "steps": steps}]), "utf-8")
    return place


@pytest.fixture
def lyon():
    return make.branch(name="Lyon", slug="lyon")


@pytest.fixture
def duo(lyon):
    return app.duo(lyon, started_on=TODAY - timedelta(days=100))


def read(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def beside(folder, *rows):
    header = "id,dispersal_area,wage_employment_entry\n"
    (folder / "more.csv").write_text(header + "".join(f"{row}\n" for row in rows), "utf-8")
    return "more.csv"


def exported(traboule, spec, *words):
    asked = ("--branch", "lyon", "--spec", spec, "--out", "wide.csv", "--report", "r.json")
    return traboule("rtof", "export", *asked, *words)


def test_a_person_goes_out_under_a_pseudonym_with_what_is_known_and_it_is_written_down(
    traboule, folder, spec, lyon, duo
):
    person = duo.mentee
    job = tell.told(person, starts_on=TODAY - timedelta(days=40), contract="permanent")
    verify_outcome(outcome=job, by=make.coordinator(lyon), now=tell.NOW)
    more = beside(folder, f"{person.external_id},Oldham,12")
    result = exported(traboule, spec, "--beside", more)
    assert result.exit_code == 0, result.stderr
    assert read(folder / "wide.csv") == [{
        "unique_id": pseudonym(lyon.pk, person.pk), "first_name": person.first_name,
        "gender": "Prefer not to say", "dispersal_area": "Oldham",
        "date_started_service": f"{duo.started_on:%Y-%m}",
        "date_employment_entry": (TODAY - timedelta(days=40)).isoformat(), "wage_employment_entry": "12",
    }]  # fmt: skip
    assert person.external_id not in (folder / "wide.csv").read_text("utf-8")
    entry = AuditEntry.objects.get(verb="rtof.exported")
    assert (entry.scope, entry.facts["people"]) == (str(lyon.pk), 1)
    assert traboule("rtof", "check", "wide.csv", "--spec", spec).exit_code == 0


def test_who_lacks_a_required_fact_stays_and_nothing_is_written_where_nobody_is_left(
    traboule, folder, spec, duo
):
    result = exported(traboule, spec)
    assert result.exit_code == 3
    assert "1 people left out: dispersal_area of person is required, not known" in result.stdout
    assert not (folder / "wide.csv").exists()
    report = json.loads((folder / "r.json").read_text("utf-8"))
    assert report["people"] == {"found": 1, "written": 0}
    assert report["people_left_out"] == [
        {"record": "person", "turn": "", "field": "dispersal_area", "times": 1}
    ]
    assert not AuditEntry.objects.filter(verb="rtof.exported").exists()


def test_what_only_was_told_is_not_claimed_and_a_record_without_its_wage_stays(
    traboule, folder, spec, lyon, duo
):
    job = tell.told(duo.mentee, starts_on=TODAY - timedelta(days=40), contract="permanent")
    more = beside(folder, f"{duo.mentee.external_id},Oldham,")
    assert exported(traboule, spec, "--beside", more).exit_code == 0
    assert read(folder / "wide.csv")[0]["date_employment_entry"] == ""
    verify_outcome(outcome=job, by=make.coordinator(lyon), now=tell.NOW)
    assert exported(traboule, spec, "--beside", more).exit_code == 0
    report = json.loads((folder / "r.json").read_text("utf-8"))
    lacks = [(one["record"], one["field"], one["times"]) for one in report["records_left_out"]]
    assert lacks == [("employment_entry", "wage_employment_entry", 1)]
    assert read(folder / "wide.csv")[0]["date_employment_entry"] == ""


def test_an_error_in_the_file_beside_is_told_with_its_place_and_nothing_is_written(
    traboule, folder, spec, lyon, duo
):
    job = tell.told(duo.mentee, starts_on=TODAY - timedelta(days=40), contract="permanent")
    verify_outcome(outcome=job, by=make.coordinator(lyon), now=tell.NOW)
    result = exported(traboule, spec, "--beside", beside(folder, f"{duo.mentee.external_id},Oldham,twelve"))
    assert result.exit_code == 3
    assert "wage_employment_entry: twelve: a whole number" in result.stderr
    assert not (folder / "wide.csv").exists()
    twice = exported(traboule, spec, "--beside", beside(folder, "7,Oldham,1", "7,Bury,2"))
    assert (twice.exit_code, "more.csv:3:id: 7: each id once" in twice.stderr) == (3, True)


def test_the_period_is_that_of_the_start(traboule, folder, spec, duo):
    more = beside(folder, f"{duo.mentee.external_id},Oldham,")
    later = (duo.started_on + timedelta(days=1)).isoformat()
    assert exported(traboule, spec, "--beside", more, "--from", later).exit_code == 3
    assert exported(traboule, spec, "--beside", more, "--from", duo.started_on.isoformat()).exit_code == 0


def test_a_login_needs_the_right_to_export_people_and_another_branch_is_not_there(
    traboule, folder, spec, lyon, duo
):
    more = beside(folder, f"{duo.mentee.external_id},Oldham,")
    make.login(Role.FUNDER, lyon, email="funder@example.org")
    make.login(Role.COORDINATOR, lyon, email="ana@example.org")
    make.login(Role.COORDINATOR, make.branch(slug="lille"), email="else@example.org")
    refused = exported(traboule, spec, "--beside", more, "--as", "funder@example.org")
    assert (refused.exit_code, "people.export" in refused.stderr) == (3, True)
    assert exported(traboule, spec, "--as", "else@example.org").exit_code == 2
    assert exported(traboule, spec, "--as", "nobody@example.org").exit_code == 2
    assert not (folder / "wide.csv").exists()
    assert exported(traboule, spec, "--beside", more, "--as", "ana@example.org").exit_code == 0
    assert AuditEntry.objects.get(verb="rtof.exported").actor_kind == "login"


def test_a_file_that_cannot_be_written_leaves_no_entry_in_the_log(traboule, folder, spec, duo, monkeypatch):
    def full(contents):
        raise OSError(28, "No space left on device", "wide.csv")

    more = beside(folder, f"{duo.mentee.external_id},Oldham,")
    monkeypatch.setattr("traboule.tables.writing.write_all", full)
    assert exported(traboule, spec, "--beside", more).exit_code == 1
    assert not AuditEntry.objects.filter(verb="rtof.exported").exists()


def test_the_file_to_fill_has_a_row_for_each_and_a_column_for_each_fact_that_lacks(
    traboule, folder, spec, duo
):
    done = traboule("rtof", "beside", "--branch", "lyon", "--spec", spec, "--out", "fill.csv")
    assert done.exit_code == 0, done.stderr
    rows = read(folder / "fill.csv")
    assert [row["id"] for row in rows] == [duo.mentee.external_id]
    assert {"gender", "dispersal_area", "wage_employment_entry"} <= set(rows[0])
    assert "first_name" not in rows[0]


def test_joined_records_of_one_human_go_out_once(traboule, folder, spec, lyon, duo):
    other = make.mentee(lyon)
    type(other).everywhere.filter(pk=other.pk).update(merged_into=duo.mentee, archived_at=other.created_at)
    assert MenteeProfile.everywhere.count() == 2
    more = beside(folder, f"{duo.mentee.external_id},Oldham,", f"{other.external_id},Bury,")
    assert exported(traboule, spec, "--beside", more).exit_code == 0
    assert len(read(folder / "wide.csv")) == 1


# --- project.json ------------------------------------------------------------------------------------------


TEXT = {"type": "object", "properties": {"value": {"type": "string"}}}
SCHEMA = {"type": "object", "properties": {"name": TEXT}}


def test_a_project_that_does_not_fit_the_schema_is_not_written(traboule, folder, lyon):
    (folder / "schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    asked = ("--branch", "lyon", "--schema", "schema.json", "--out", "project.json")
    result = traboule("indigo", *asked)
    assert result.exit_code == 3
    assert "project/outcome_metrics" in result.stderr
    assert not (folder / "project.json").exists()
    assert not AuditEntry.objects.filter(verb="indigo.exported").exists()
    (folder / "schema.json").write_text("no json", "utf-8")
    assert traboule("indigo", *asked).exit_code == 3


@pytest.mark.outside_data
def test_a_branch_s_results_make_a_project_that_the_standard_takes(traboule, folder, outside_data, lyon):
    for number in range(8):
        duo = app.duo(lyon, started_on=TODAY - timedelta(days=600))
        if number % 2:
            tell.told(duo.mentee, starts_on=duo.started_on + timedelta(days=30), contract="permanent")
    assert Outcome.everywhere.count() == 4
    schema = outside_data / "indigo" / "project.json"
    asked = ("--branch", "lyon", "--schema", schema, "--out", "project.json", "--as-of", TODAY.isoformat())
    result = traboule("indigo", *asked, "--name", "Duos of Lyon")
    assert result.exit_code == 0, result.stderr
    found = json.loads((folder / "project.json").read_text("utf-8"))
    assert found["name"] == {"value": "Duos of Lyon"}
    whole = found["results"][0]
    assert whole["number_engaged_in_impact_bond"] == {"value": 8}
    # Four of eight: a number under five is not told.
    assert "number_with_positive_social_outcomes" not in whole
    assert AuditEntry.objects.filter(verb="indigo.exported").count() == 1
    (folder / "more.json").write_text(json.dumps({"results": []}), "utf-8")
    assert traboule("indigo", *asked, "--with", "more.json").exit_code == 3
