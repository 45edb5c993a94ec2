"""The strict check: each kind of rule fires on a bad row, once, with its place; good rows are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.exchange.small import checked, good, said, sheet, specification
from traboule.kernel.exchange.specification import RULES
from traboule.kernel.exchange.values import is_insurance_number, items, moment

BAD = {
    "required": ("name", "", "member", "name", "required"),
    "dimension": ("country", "no", "member", "country", "dimension"),
    "dimension of a list": ("helped_by", "CV, Cooking", "work", "helped_by", "dimension"),
    "date_after": ("began", "2021-03-20", "work", "began", "date_after"),
    "date_after in the same record": ("joined", "2021-03-01", "member", "joined", "date_after"),
    "date_after another year": ("arrived", "1997-12", "member", "arrived", "date_after"),
    "character_limit": ("name", "Amina-Marie", "member", "name", "character_limit"),
    "count_min": ("helped_by", "CV, CV", "work", "helped_by", "count_min"),
    "national_insurance_number": ("ni", "AB 123456 C", "member", "ni", "national_insurance_number"),
    "conditional": ("children", "", "member", "children", "conditional"),
    "type integer": ("pay", "12.5", "work", "pay", "type"),
    "type date": ("began", "01/05/2021", "work", "began", "type"),
    "type of a day that is none": ("seen_on_start", "2021-02-30", "progress", "seen_on", "type"),
    "type year": ("born", "98", "member", "born", "type"),
    "type list": ("helped_by", 'CV, "Talks', "work", "helped_by", "type"),
    "another turn": ("stage_start", "3 month", "progress", "stage", "dimension"),
}


def test_good_rows_break_nothing():
    found = checked(sheet([good(1), good(2), good(3, has_children="no", children="")]))
    assert said(found) == []
    assert found.rows == {"member": 3, "progress": 6, "work": 3}
    assert found.unchecked == []


def test_the_small_definition_has_every_kind_of_rule():
    kinds = {rule.name for one in specification().fields for rule in one.rules}
    assert kinds == (RULES | {"conditional"}) - {"notnull", "notblank"}
    assert len(kinds) == 8


@pytest.mark.parametrize("case", BAD)
def test_a_bad_cell_is_told_once_with_its_place(case):
    column, value, record, field, rule = BAD[case]
    found = checked(sheet([good(1), good(2, **{column: value}), good(3)]))
    assert said(found) == [("wide.csv", 3, record, field, rule, value)]
    assert found.violations[0].column == column
    assert (found.by_record(), found.by_rule()) == ({record: 1}, {rule: 1})
    assert found.by_field() == {f"{record}.{field}": 1}


def test_a_number_that_somebody_has_already_is_told_whatever_its_last_letter():
    found = checked(sheet([good(1), good(2), good(3, ni="AB000001D")]))
    assert said(found) == [("wide.csv", 4, "member", "ni", "unique", "AB000001D")]
    assert dict(found.violations[0].params) == {"file": "wide.csv", "line": 2}


def test_a_person_twice_is_told_once_not_for_each_record():
    found = checked(sheet([good(1), good(1, ni="")]))
    assert said(found) == [("wide.csv", 3, "member", "member_id", "unique", "M1")]


def test_a_person_twice_is_compared_with_the_dates_of_the_own_row():
    late = {"arrived": "2023-03", "joined": "2023-04-01", "began": "2023-05-01",
            "seen_on_start": "2023-05-01", "seen_on_3month": "2023-08-01"}  # fmt: skip
    found = checked(sheet([good(1, **late), good(1, ni="")]))
    assert found.by_rule() == {"unique": 1}


def test_an_empty_identifier_is_told_once_not_for_each_record():
    found = checked(sheet([good(1, member_id="")]))
    assert said(found) == [("wide.csv", 2, "member", "member_id", "required", "")]


def test_the_same_person_comes_several_times_by_turn_but_not_twice_in_one_turn():
    header = ["member_id", "stage", "seen_on"]
    turns = [dict(zip(header, row.split(), strict=True)) for row in
             ("M1 Start 2021-04-01", "M1 Start 2021-05-01", "M2 Start 2021-04-01")]  # fmt: skip
    turns.insert(1, {"member_id": "M1", "stage": "3 month", "seen_on": "2021-07-01"})
    found = checked(sheet(turns, "progress.csv", header))
    assert said(found) == [("progress.csv", 4, "progress", "member_id", "unique", "M1")]


def test_a_record_of_nobody_is_told_if_people_are_given():
    work = sheet([{"member_id": "M9", "began": "2021-05-01", "helped_by": "CV, Maths"}], "work.csv",
                 ["member_id", "began", "helped_by", "pay"])  # fmt: skip
    member = sheet([good(1)], "member.csv", list(good())[:9])
    found = checked(member, work)
    assert [(one.field, one.rule) for one in found.violations] == [
        ("member_id", "foreign_key"),
        ("began", "date_after"),
    ]
    assert {one.sheet for one in found.violations} == {"work.csv"}


def test_without_people_the_rules_that_need_them_are_named_as_not_asked():
    found = checked(sheet([good(9)], "work.csv", ["member_id", "began", "helped_by", "pay"]))
    assert said(found) == []
    assert [(one.field, one.rule, one.needs) for one in found.unchecked] == [
        ("member_id", "foreign_key", "member"),
        ("began", "date_after", "member"),
    ]


def test_a_missing_column_is_a_missing_value_in_each_row():
    header = [name for name in good() if name != "country"]
    found = checked(sheet([good(1), good(2)], header=header))
    assert [(one.line, one.field, one.rule, one.column) for one in found.violations] == [
        (2, "country", "required", ""),
        (3, "country", "required", ""),
    ]


def test_a_record_not_reached_is_not_there_and_a_half_filled_one_is_told_field_by_field():
    nothing = dict.fromkeys(("began", "helped_by", "pay"), "")
    assert said(checked(sheet([good(1, **nothing)]))) == []
    assert checked(sheet([good(1, **nothing), good(2)])).absent == {"work": 1, "progress": 0}
    found = checked(sheet([good(1, **nothing | {"pay": "12"})]))
    assert [(one.field, one.rule) for one in found.violations] == [
        ("began", "required"),
        ("helped_by", "required"),
    ]


def test_unknown_stays_unknown_and_is_counted():
    found = checked(sheet([good(1, country="", pay=""), good(2, pay="")]))
    assert (found.empty[("member", "country")], found.empty[("work", "pay")]) == (1, 2)
    assert found.by_rule() == {"required": 1}


def test_a_wrong_date_is_not_blamed_again_by_those_that_come_after():
    found = checked(sheet([good(1, joined="20/03/2021")]))
    assert [(one.field, one.rule) for one in found.violations] == [("joined", "type")]
    found = checked(sheet([good(1, joined="")]))
    assert [(one.field, one.rule) for one in found.violations] == [("joined", "required")]


def test_a_choice_that_is_nearly_right_is_named():
    found = checked(sheet([good(1, country="Prefer Not to Say")]))
    assert found.violations[0].code == "rtof_choice_near"
    assert dict(found.violations[0].params)["choice"] == "Prefer not to say"


@pytest.mark.parametrize(
    ("one", "other", "after"),
    [
        (("2021-03", "monthyear"), ("2021-03", "monthyear"), False),
        (("2021-04", "monthyear"), ("2021-03", "monthyear"), True),
        (("2021-02", "monthyear"), ("2021-01", "monthyear"), True),
        (("2021-03-01", "date"), ("2021-03", "monthyear"), False),
        (("2021-03-02", "date"), ("2021-03", "monthyear"), True),
        (("2021-03", "monthyear"), ("2021-03-15", "date"), True),
        (("2021-03", "monthyear"), ("2021-04-01", "date"), False),
        (("2021-01", "monthyear"), ("2021", "year"), True),
        (("2020-12-31", "date"), ("2021", "year"), False),
        (("2021", "year"), ("2021", "year"), False),
    ],
)
def test_after_means_later_as_exactly_as_both_are_known(one, other, after):
    assert moment(*one).is_after(moment(*other)) is after


@pytest.mark.parametrize("number", ["AB123456C", "AB123456", "CE000000D"])
def test_insurance_numbers_in_their_form(number):
    assert is_insurance_number(number)


@pytest.mark.parametrize(
    "number",
    ["ab123456c", "AB123456E", "DA123456A", "AO123456A", "BG123456A", "TN123456A", "AB12345C", "AB123456CC",
     "AB١٢٣٤٥٦C"],
)  # fmt: skip
def test_no_insurance_numbers(number):
    assert not is_insurance_number(number)


@given(st.lists(st.sampled_from(["CV", "Talks, long", 'a "b"', "x y"]), min_size=1, max_size=4))
def test_a_list_is_read_as_it_was_written(wanted):
    from traboule.kernel.exchange.layout import written

    field = next(one for one in specification().fields if one.kind == "list")
    assert items(written(field, wanted)) == wanted


columns = st.sampled_from(sorted(good()))


@given(st.lists(st.tuples(st.integers(0, 3), columns, st.text(max_size=12)), max_size=6))
def test_no_cell_however_odd_breaks_the_check_or_is_blamed_on_another_row(changes):
    rows = [good(number) for number in range(4)]
    for number, column, text in changes:
        rows[number][column] = text
    found = checked(sheet(rows))
    changed = {number + 2 for number, *_ in changes}
    assert {one.line for one in found.violations if one.rule != "unique"} <= changed
    assert sum(found.by_rule().values()) == sum(found.by_field().values()) == len(found.violations)
