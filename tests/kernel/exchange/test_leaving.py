"""What lacks a required fact stays here, counted with the reason; what is wrong is no gap."""

from tests.kernel.exchange.small import CATEGORIES, RECORDS, WORKFLOW, good
from traboule.kernel.exchange.layout import Sheet
from traboule.kernel.exchange.leaving import beside, joined, leaving
from traboule.kernel.exchange.reading import read_specification

SPEC = read_specification(RECORDS, CATEGORIES, WORKFLOW)


def test_whole_people_go_with_all_records():
    found = leaving(SPEC, [good(1), good(2)])
    assert (len(found.rows), found.people, found.violations) == (2, 2, [])
    assert not found.people_out
    assert not found.records_out
    assert found.checked.rows == {"member": 2, "work": 2, "progress": 4}


def test_a_person_without_a_required_fact_stays_and_is_counted_once_under_the_first_one():
    found = leaving(SPEC, [good(1), good(2, country="", born="")])
    assert [row[0] for row in found.rows] == ["M1"]
    assert sum(found.people_out.values()) == 1
    assert found.people_out == {("member", "", "country"): 1}
    assert set(found.lacks) >= {("member", "", "country"), ("member", "", "born")}


def test_a_record_without_a_required_fact_stays_and_the_person_goes():
    found = leaving(SPEC, [good(1, began="")])
    assert len(found.rows) == 1
    assert found.checked.rows == {"member": 1, "progress": 2}
    assert found.records_out == {("work", "", "began"): 1}
    assert not found.people_out


def test_one_turn_that_lacks_a_date_leaves_the_other_turn_where_it_is():
    row = good(1)
    later = next(name for name in row if name.startswith("seen_on") and name.endswith("3month"))
    found = leaving(SPEC, [row | {later: ""}])
    assert found.checked.rows["progress"] == 1
    assert found.records_out == {("progress", "3 month", "seen_on"): 1}


def test_what_is_wrong_is_not_left_out_and_stands_among_the_violations():
    found = leaving(SPEC, [good(1), good(2, country="Norway")])
    assert [(one.line, one.field, one.rule) for one in found.violations] == [(3, "country", "dimension")]
    assert not found.people_out


def test_a_field_that_the_definition_does_not_know_is_not_written():
    found = leaving(SPEC, [good(1, shoe_size="39")])
    assert "shoe_size" not in found.header
    assert len(found.rows) == 1


def test_a_file_beside_fills_gaps_and_changes_nothing_that_is_known():
    sheet = Sheet("beside.csv", ["id", "country", "born", "hobby", "seen_on"], [
        (2, ["7", "FR", "1999", "chess", ""]), (3, ["8", "", "", "", ""]), (4, ["7", "NO", "", "", ""]),
    ])  # fmt: skip
    found = beside(SPEC, sheet, 0)
    assert found.facts == {"7": {"country": "FR", "born": "1999"}, "8": {}}
    assert found.strangers == ["hobby", "seen_on"]  # of seen_on the turn is not said
    assert found.twice == [(4, "7")]
    row = joined({"country": "NO"}, found.facts["7"])
    assert (row["country"], row["born"]) == ("NO", "1999")
