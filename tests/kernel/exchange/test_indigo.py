"""project.json: what is known stands in it, in the standard's shape; what is not known is left out."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.exchange.indigo import (
    Metric,
    ProjectError,
    Result,
    Source,
    Stage,
    Status,
    Unit,
    project,
    project_bytes,
)
from traboule.kernel.exchange.schema import mismatches

JOB = Metric(
    "job12", "A job of three months or more, within 12 months after the start (version 2)",
    target_population="Newcomers of 18 to 33", people_targeted=120, unit=Unit.INDIVIDUAL,
    target="70 of 100", validation_method="Contract seen", data_source="Contracts", sources=("s1",),
)  # fmt: skip
WHOLE = Result(Stage.INTERIM, date(2025, 1, 1), date(2025, 12, 31), engaged=118, positive=71, sources=("s1",))
OF_JOB = Result(Stage.FINAL, date(2025, 1, 1), date(2025, 12, 31), metric="job12", achieved="71 of 101 known")
PAPER = Source("s1", "Board report", "Report", publication_date=date(2026, 2, 1))

VALUE = {"type": "object", "properties": {"value": {"type": "string"}}}
SCHEMA = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"$ref": "#/definitions/text", "title": "Name"},
        "sources": {"type": "array", "minItems": 1, "items": {"type": "object", "properties": {
            "id": {"type": "string"}}}},
        "rows": {"type": "array", "items": {"type": "object", "properties": {
            "count": {"type": "number"},
            "kind": {"type": "string", "enum": ["a", "b"]},
            "day": {"type": "string", "pattern": "^[0-9]{4}$", "patternHint": "YYYY"},
            "source_ids": {"type": "string", "references-data-key": "/id", "references-data-list": "/sources",
                           "references-datas-seperator": ","},
        }}},
    },
    "definitions": {"text": VALUE},
}  # fmt: skip


def made(**changes):
    return project(
        **{"name": "Duos of Lyon", "metrics": [JOB], "results": [WHOLE, OF_JOB], "sources": [PAPER]} | changes
    )


def reasons(**changes):
    with pytest.raises(ProjectError) as refused:
        made(**changes)
    return [(one.which, one.code) for one in refused.value.reasons]


def test_metrics_results_and_sources_stand_in_the_standard_s_shape():
    document = made(status=Status.PUBLIC)
    assert list(document) == ["status", "name", "outcome_metrics", "results", "sources"]
    (metric,) = document["outcome_metrics"]
    assert metric["targeted_number_of_service_users_or_beneficiaries_total"] == {"value": 120}
    assert metric["unit_type_of_targeted_service_users_or_beneficiaries"] == {"value": "Individual"}
    whole, job = document["results"]
    assert whole == {
        "result_level": {"value": "Project level"},
        "result_type": {"value": "Interim"},
        "period": {"start_date": {"value": "2025-01-01"}, "end_date": {"value": "2025-12-31"}},
        "number_engaged_in_impact_bond": {"value": 118},
        "number_with_positive_social_outcomes": {"value": 71},
        "source_ids": "s1",
    }
    assert (job["outcome_metric_id"], job["result_level"]) == ({"value": "job12"}, {"value": "Outcome level"})


def test_unknown_is_left_out_and_zero_stays():
    (result,) = made(results=[Result(Stage.INTERIM, date(2025, 1, 1), date(2025, 2, 1), positive=0)])[
        "results"
    ]
    assert result["number_with_positive_social_outcomes"] == {"value": 0}
    assert "number_engaged_in_impact_bond" not in result
    assert "sources" not in made(sources=[], metrics=[], results=[])


def test_equal_projects_give_equal_bytes():
    one = project_bytes(made(others={"transactions": [], "investments": []}))
    assert one == project_bytes(made(others={"investments": [], "transactions": []}))
    assert json.loads(one) == made(others={"investments": [], "transactions": []})
    assert one.endswith(b"}\n")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": " "}, ("project", "name_missing")),
        ({"metrics": [JOB, JOB]}, ("metric job12", "id_twice")),
        ({"metrics": [Metric("a,b", "x")], "results": []}, ("metric a,b", "id_with_comma")),
        ({"metrics": [Metric("", "x")], "results": []}, ("metric", "id_missing")),
        ({"metrics": [Metric("a", " ")], "results": []}, ("metric a", "definition_missing")),
        ({"metrics": [Metric("a", "x", unit=Unit.OTHER)], "results": []},
         ("metric a", "unit_description_missing")),
        ({"metrics": [Metric("a", "x", people_targeted=-1)], "results": []}, ("metric a", "negative")),
        ({"metrics": []}, ("result 2", "metric_unknown")),
        ({"sources": []}, ("result 1", "source_unknown")),
        ({"results": [Result(Stage.FINAL, date(2025, 2, 1), date(2025, 1, 1))]},
         ("result 1", "period_backwards")),
        ({"results": [Result(Stage.FINAL, date(2025, 1, 1), date(2025, 2, 1), metric="job12", engaged=3)]},
         ("result 1", "people_at_project_level_only")),
        ({"results": [Result(Stage.FINAL, date(2025, 1, 1), date(2025, 2, 1), engaged=3, positive=4)]},
         ("result 1", "more_positive_than_engaged")),
        ({"results": [Result(Stage.FINAL, date(2025, 1, 1), date(2025, 2, 1), positive=-4)]},
         ("result 1", "negative")),
        ({"others": {"results": []}}, ("project", "part_twice")),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_by_name(changes, expected):
    assert expected in reasons(**changes)


def test_all_reasons_come_at_once():
    assert len(reasons(name="", metrics=[], sources=[])) == 3


# --- the check against a schema ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "place", "wants"),
    [
        ({}, "/name", "required"),
        ({"name": "x"}, "/name", "object"),
        ({"name": {"value": 3}}, "/name/value", "string"),
        ({"name": {}, "title": 1}, "/title", "a property of the schema"),
        ({"name": {}, "sources": []}, "/sources", "at least 1"),
        ({"name": {}, "rows": [{"count": True}]}, "/rows/0/count", "number"),
        ({"name": {}, "rows": [{}, {"kind": "c"}]}, "/rows/1/kind", "a | b"),
        ({"name": {}, "rows": [{"day": "25"}]}, "/rows/0/day", "YYYY"),
        ({"name": {}, "sources": [{"id": "x"}], "rows": [{"source_ids": "x, y"}]},
         "/rows/0/source_ids", "id in sources"),
    ],
)  # fmt: skip
def test_each_departure_from_a_schema_is_named_with_its_place(document, place, wants):
    assert [(one.place, one.wants) for one in mismatches(document, SCHEMA)] == [(place, wants)]


def test_a_keyword_that_cannot_be_checked_is_not_passed_over():
    with pytest.raises(KeyError, match="oneOf"):
        mismatches({"name": {}}, SCHEMA | {"oneOf": []})


@pytest.fixture
def standard(outside_data):
    return json.loads((outside_data / "indigo" / "project.json").read_text("utf-8"))


@pytest.mark.outside_data
def test_the_document_keeps_the_schema_of_the_standard(standard):
    assert mismatches(made(status=Status.PRIVATE), standard) == []
    full = Result(Stage.FINAL, date(2025, 1, 1), date(2025, 6, 30), achieved="a", description="b", notes="c",
                  engaged=1, positive=0, validators=("Cour des comptes",), sources=("s1",))  # fmt: skip
    other = Metric("m2", "Firms", unit=Unit.OTHER, unit_description="firm", notes="n")
    paper = Source("s1", "x", "Website", "https://example.org", date(2026, 1, 1))
    assert mismatches(made(results=[full], metrics=[JOB, other], sources=[paper]), standard) == []
    assert [one.wants for one in mismatches(made(sources=[Source("s1", "x", "Rumour")]), standard)] != []


@pytest.mark.outside_data
def test_whatever_the_builder_lets_through_keeps_the_schema(standard):
    @given(
        st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), st.tuples(st.dates(), st.dates()), st.text()
    )
    def keeps(counts, days, text):
        result = Result(Stage.INTERIM, min(days), max(days), engaged=max(counts), positive=min(counts),
                        description=text)  # fmt: skip
        assert mismatches(made(results=[result]), standard) == []

    keeps()
