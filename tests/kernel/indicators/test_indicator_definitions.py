"""Definitions: each says one thing, has one fingerprint, and a wrong one is refused field by field."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.indicators import (
    SHIPPED,
    Among,
    Clock,
    Definition,
    DefinitionBroken,
    Grade,
    Measure,
    What,
    check,
    parse,
    problems,
)

shipped = st.sampled_from(list(SHIPPED.values()))

OTHERS: dict[str, Any] = {
    "name": "another",
    "version": 2,
    "measure": Measure.TOTAL,
    "what": What.SPENT,
    "among": Among.DUOS_REACHABLE,
    "clock": Clock.INTAKE,
    "months": 7,
    "author": "Anne",
    "decided_on": date(2027, 1, 1),
    "kinds": ("volunteering",),
    "min_days": 11,
    "min_months": 2,
    "grade": Grade.ADMINISTRATIVE,
    "floor": 6,
    "slack_days": 3,
    "against": 0.5001,
    "source": "somebody",
}


@pytest.mark.parametrize("definition", SHIPPED.values(), ids=SHIPPED)
def test_each_shipped_definition_can_be_used_and_read_back(definition: Definition) -> None:
    assert problems(definition) == ()
    assert parse(definition.plain).fingerprint == definition.fingerprint


def test_shipped_are_all_that_the_design_asks_for() -> None:
    asked = {
        "positive_outcome_from_start",
        "positive_outcome_from_end",
        "stable_job_from_start",
        "stable_job_from_end",
        "worked_90_days",
        "reach_six_months",
        "mentors_again",
        "days_to_match",
        "weekly_hours",
        "trained_before_first_duo",
        "follow_up_6_months",
        "follow_up_12_months",
        "follow_up_18_months",
        "satisfaction_of_mentees",
        "satisfaction_of_mentors",
        "cost_per_duo",
        "cost_per_outcome",
    }
    assert set(SHIPPED) - asked == {"matched_in_a_month", "matched_in_six_months"}
    assert asked <= set(SHIPPED)
    assert (SHIPPED["reach_six_months"].against, SHIPPED["mentors_again"].against) == (0.89, 0.8)


@given(shipped, st.sampled_from([entry.name for entry in fields(Definition)]))
def test_a_change_in_any_field_is_another_fingerprint(definition: Definition, name: str) -> None:
    changed = replace(definition, **{name: OTHERS[name]})
    assert (changed.fingerprint == definition.fingerprint) == (changed == definition)


def test_the_order_of_kinds_changes_nothing() -> None:
    one = SHIPPED["positive_outcome_from_end"]
    assert replace(one, kinds=tuple(reversed(one.kinds))).canonical == one.canonical


BROKEN = [
    ("positive_outcome_from_end", {"name": "Über 70 %"}, "name", "not_a_code"),
    ("positive_outcome_from_end", {"version": 0}, "version", "out_of_range"),
    ("positive_outcome_from_end", {"months": 0}, "months", "out_of_range"),
    ("positive_outcome_from_end", {"months": 61}, "months", "out_of_range"),
    ("positive_outcome_from_end", {"kinds": ()}, "kinds", "missing"),
    ("positive_outcome_from_end", {"kinds": ("a job",)}, "kinds", "not_a_code"),
    ("positive_outcome_from_end", {"among": Among.MENTORS}, "among", "does_not_fit"),
    ("positive_outcome_from_end", {"min_days": 90, "min_months": 3}, "min_days", "both_durations"),
    ("positive_outcome_from_end", {"floor": 2}, "floor", "out_of_range"),
    ("positive_outcome_from_end", {"author": "  "}, "author", "empty"),
    ("positive_outcome_from_end", {"against": 72.0}, "against", "out_of_range"),
    ("positive_outcome_from_end", {"against": float("nan")}, "against", "out_of_range"),
    ("worked_90_days", {"min_days": 0}, "min_days", "missing"),
    ("worked_90_days", {"measure": Measure.MEAN}, "min_days", "does_not_fit"),
    ("worked_90_days", {"min_days": 0, "min_months": 3}, "min_months", "does_not_fit"),
    ("days_to_match", {"measure": Measure.MEAN}, "measure", "does_not_fit"),
    ("mentors_again", {"clock": Clock.DUO_START}, "clock", "does_not_fit"),
    ("mentors_again", {"kinds": ("job",)}, "kinds", "does_not_fit"),
    ("mentors_again", {"grade": Grade.DOCUMENTED}, "grade", "does_not_fit"),
    ("satisfaction_of_mentors", {"kinds": ("coordinator",)}, "kinds", "does_not_fit"),
    ("weekly_hours", {"slack_days": 93}, "slack_days", "out_of_range"),
]


@pytest.mark.parametrize(("name", "change", "field", "code"), BROKEN)
def test_what_is_wrong_is_named(name: str, change: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(DefinitionBroken) as refused:
        check(replace(SHIPPED[name], **change))
    assert (field, code) in {(problem.field, problem.code) for problem in refused.value.problems}


def test_plain_values_that_cannot_be_read_are_all_named_at_once() -> None:
    raw = SHIPPED["reach_six_months"].plain
    raw |= {"clock": "christmas", "months": "six", "decided_on": "yesterday", "kinds": "job", "colour": "red"}
    del raw["author"]
    with pytest.raises(DefinitionBroken) as refused:
        parse(raw)
    found = {(problem.field, problem.code): problem.expected for problem in refused.value.problems}
    assert found["clock", "unreadable"] == "duo_start, duo_end, intake"
    assert {field for field, code in found if code == "unreadable"} == {
        "clock",
        "months",
        "decided_on",
        "kinds",
    }
    assert ("colour", "unknown_field") in found
    assert ("author", "missing") in found


def test_a_fraction_of_a_month_is_refused_and_not_cut() -> None:
    with pytest.raises(DefinitionBroken):
        parse(SHIPPED["reach_six_months"].plain | {"months": 6.5})
