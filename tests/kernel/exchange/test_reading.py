"""Reading a definition: typed or as text, every fault at once, nothing passed over."""

from copy import deepcopy

import pytest

from tests.kernel.exchange.small import CATEGORIES, RECORDS, WORKFLOW, specification
from traboule.kernel.exchange.reading import read_specification
from traboule.kernel.exchange.specification import SpecificationError


def faults(change):
    records, categories = deepcopy(RECORDS), deepcopy(CATEGORIES)
    change(records, categories)
    with pytest.raises(SpecificationError) as refused:
        read_specification(records, categories, WORKFLOW)
    return [(fault.place, fault.value, fault.code) for fault in refused.value.faults]


def validation(records, name, record="member"):
    return records[record]["fields"][name]["validation"]


def test_records_come_in_the_order_of_the_workflow_the_person_first():
    assert [record.id for record in specification().records] == ["member", "work", "progress"]


def test_scalars_may_be_typed_or_text():
    typed = deepcopy(RECORDS)
    for record in typed.values():
        for field in record["fields"].values():
            for name, value in field["validation"].items():
                if value == "true":
                    field["validation"][name] = True
                elif str(value).isdecimal():
                    field["validation"][name] = int(value)
            field["primary_key"] = field.get("primary_key") == "true"
    assert specification(typed) == specification()


def test_a_rule_that_names_a_field_nobody_has_is_a_gap_and_said():
    records = deepcopy(RECORDS)
    validation(records, "arrived")["date_after"] = "date_of_birth"
    ((field, rule),) = specification(records).gaps
    assert (field.id, rule.kind, rule.argument) == ("arrived", "date_after", "date_of_birth")


def test_a_condition_may_hold_brackets_and_commas():
    records = deepcopy(RECORDS)
    said = "one_of(has_children, ['No, not (yet)', 'yes'])"
    validation(records, "children")["conditional"][0]["expression"] = said
    (rule,) = specification(records).named("children").rules
    assert rule.when[0].values == ("No, not (yet)", "yes")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda r, c: c["country"].append(False), ("categories/country", "False", "spec_text")),
        (lambda r, c: c["country"].append("FR"), ("categories/country", "FR", "spec_twice")),
        (lambda r, c: c.update(country=[]), ("categories/country", "", "spec_list")),
        (lambda r, c: c.pop("help"), ("records/work: helped_by", "help", "spec_category")),
        (lambda r, c: validation(r, "name").update(shout="true"),
         ("records/member: name", "shout", "spec_rule")),
        (lambda r, c: validation(r, "name").update(required="ja"),
         ("records/member: name", "ja", "spec_switch")),
        (lambda r, c: validation(r, "name").update(character_limit="x"),
         ("records/member: name", "x", "spec_number")),
        (lambda r, c: r["member"]["fields"]["name"].update(type="blob"),
         ("records/member: name", "blob", "spec_kind")),
        (lambda r, c: r["work"]["fields"].update(born=r["work"]["fields"]["pay"]),
         ("records/work: born", "member: born", "spec_twice")),
        (lambda r, c: validation(r, "children")["conditional"][0].update(expression="all_of(name, ['x'])"),
         ("records/member: children", "all_of(name, ['x'])", "spec_condition")),
        (lambda r, c: validation(r, "children")["conditional"][0].update(expression="one_of(pay, ['1'])"),
         ("records/member: children", "pay", "spec_reference")),
        (lambda r, c: r["work"].update(fields={}), ("records/work", "", "spec_fields")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_definition_is_named(change, expected):
    assert expected in faults(change)


def test_all_faults_come_at_once():
    def change(records, categories):
        categories["country"] = []
        validation(records, "name")["required"] = "ja"
        validation(records, "children")["conditional"][0]["expression"] = "?"

    assert [code for _, _, code in faults(change)] == ["spec_list", "spec_switch", "spec_condition"]


def test_without_any_record_there_is_no_definition():
    with pytest.raises(SpecificationError):
        read_specification({}, {})
