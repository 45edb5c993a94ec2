"""The versioned rules:

shipped text, constants and hash agree; a bad file is refused with every problem at once.
"""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from traboule.kernel.matching import rules as module
from traboule.kernel.matching.rules import (
    DEFAULT_RULES,
    TERMS,
    TOTAL,
    OccupationScale,
    RulesError,
    Weights,
    rules_from_mapping,
)

SHIPPED = tomllib.loads(Path(module.__file__).with_name("rules.toml").read_text(encoding="utf-8"))


def problems_of(given: dict[str, object]) -> set[tuple[str, str]]:
    with pytest.raises(RulesError) as caught:
        rules_from_mapping(given)
    return {(problem.where, problem.code) for problem in caught.value.problems}


def with_weights(**changed: object) -> dict[str, object]:
    return {"weights": {**SHIPPED["weights"], **changed}}


def test_the_shipped_file_says_what_the_constants_say():
    assert rules_from_mapping(SHIPPED) == DEFAULT_RULES
    assert rules_from_mapping(SHIPPED).version == DEFAULT_RULES.version


def test_the_shipped_file_names_every_setting():
    assert set(SHIPPED["weights"]) == set(TERMS)
    assert set(SHIPPED["occupation"]) == {entry.name for entry in fields(OccupationScale)}


def test_the_default_weights_sum_to_100():
    weights = Weights()
    assert sum(getattr(weights, term) for term in TERMS) == TOTAL
    assert len(TERMS) == 10


def test_nothing_given_means_the_defaults():
    assert rules_from_mapping({}) == DEFAULT_RULES


def test_the_version_follows_the_content():
    other = rules_from_mapping(with_weights(travel=5.999, slots=5.001))
    assert other.version != DEFAULT_RULES.version
    assert other.version.startswith("2026.1+")
    assert other.weights.travel == 5_999


def test_every_problem_is_named_at_once():
    found = problems_of(
        {
            "version": "",
            "colour": {},
            "limits": {"min_level_mentee": "B7", "slots_full_count": 0, "max_km": 2.5, "nothing": 1},
            "occupation": {"same_code": 1.5, "other": True},
            "weights": {
                **SHIPPED["weights"],
                "travel": -1,
                "shoe_size": 3,
                "slots": "5",
                "needs": 1.00001,
            },
        }
    )
    assert found == {
        ("version", "text_expected"),
        ("colour", "unknown_key"),
        ("limits.min_level_mentee", "level_expected"),
        ("limits.slots_full_count", "at_least_one"),
        ("limits.max_km", "whole_number"),
        ("limits.nothing", "unknown_key"),
        ("occupation.same_code", "share_expected"),
        ("occupation.other", "number_expected"),
        ("weights.travel", "not_negative"),
        ("weights.shoe_size", "unknown_key"),
        ("weights.slots", "number_expected"),
        ("weights.needs", "three_decimals"),
    }


def test_weights_that_do_not_sum_to_100_are_refused():
    assert problems_of(with_weights(travel=7.0)) == {("weights", "sum_is_not_100")}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, [1]])
def test_a_weight_that_is_no_number_is_refused(value: object):
    assert problems_of(with_weights(travel=value)) == {("weights.travel", "number_expected")}


def test_some_weights_without_the_others_are_refused():
    found = problems_of({"weights": {"travel": 100}})
    assert found == {(f"weights.{term}", "missing") for term in TERMS if term != "travel"}


def test_a_table_that_is_no_table_is_refused():
    assert problems_of({"weights": 3, "limits": []}) == {
        ("weights", "table_expected"),
        ("limits", "table_expected"),
    }


def test_a_closer_occupation_is_never_worth_less():
    assert problems_of({"occupation": {"same_family": 0.1}}) == {("occupation", "closer_is_never_worth_less")}
    assert problems_of({"occupation": {"no_plan_other": 1.0, "no_plan_generalist": 0.0}})


def test_every_code_is_documented():
    found = problems_of({"version": 1, "weights": {"travel": 1}, "limits": {"max_km": -1}})
    assert {code for _, code in found} <= set(module.CODES)
