"""The wide file and the files of single records hold the same; nothing is filled in on the way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.exchange.small import checked, good, said, sheet, specification
from traboule.kernel.exchange.checking import check
from traboule.kernel.exchange.invented import invented
from traboule.kernel.exchange.layout import (
    Sheet,
    read_sheets,
    record_tables,
    wide_columns,
    wide_rows,
    wide_table,
)

DAY = date(2026, 1, 1)


def as_sheet(name, table):
    header, rows = table
    return Sheet(name, header, list(enumerate(rows, 2)))


def test_columns_of_a_record_that_comes_several_times_are_named_after_its_turn():
    header = list(wide_columns(specification()))
    assert header[:2] == ["member_id", "name"]
    assert header[9:12] == ["began", "helped_by", "pay"]
    assert header[12:] == ["stage_start", "seen_on_start", "stage_3month", "seen_on_3month"]
    assert header.count("member_id") == 1


def test_headers_are_read_by_letters_and_digits_and_strangers_are_named():
    header = ["Member ID", "SEEN-ON 3 Month", "Stage_3Month", "seen_on_later", "hobby"]
    reading = read_sheets(
        specification(), [Sheet("x", header, [(2, ["M1", "2021-07-01", "3 month", "", ""])])]
    )
    assert reading.strangers == {"x": ["seen_on_later", "hobby"]}
    (entry,) = reading.entries
    assert (entry.key, entry.turn, entry.values["seen_on"]) == (("M1", "3 month"), "3 month", "2021-07-01")


def test_a_name_is_not_mistaken_for_the_beginning_of_another():
    reading = read_sheets(specification(), [Sheet("x", ["member_id", "pays", "names", "born_on"], [])])
    assert reading.strangers == {"x": ["pays", "names", "born_on"]}


def test_two_headers_for_one_field_are_named():
    reading = read_sheets(specification(), [Sheet("x", ["member_id", "seen_on", "Seen On"], [])])
    assert reading.doubled == {"x": ["Seen On"]}


def test_what_is_not_known_stays_an_empty_cell():
    header, rows = wide_table(
        specification(), [{"member_id": "M1", "name": None, "joined": date(2021, 3, 4)}]
    )
    assert [cell for cell in rows[0] if cell] == ["M1", "2021-03-04"]
    assert dict(zip(header, rows[0], strict=True))["joined"] == "2021-03-04"


def test_values_are_written_as_the_definition_says():
    row = {"arrived": date(2021, 3, 4), "born": 1998, "helped_by": ["CV", "Talks, long"], "pay": 0}
    header, rows = wide_table(specification(), [row])
    cells = dict(zip(header, rows[0], strict=True))
    assert [cells[name] for name in row] == ["2021-03", "1998", 'CV, "Talks, long"', "0"]


@pytest.mark.parametrize(("column", "value"), [("pay", 1.5), ("pay", True), ("name", 3), ("born", ["1998"])])
def test_a_value_of_another_kind_is_refused(column, value):
    with pytest.raises(ValueError, match=column):
        wide_table(specification(), [{column: value}])


def test_a_name_that_is_no_column_is_refused():
    with pytest.raises(KeyError, match="hobby"):
        wide_table(specification(), [{"hobby": "chess"}])


def test_joining_refuses_two_records_for_one_cell():
    ours = specification()
    for rows in ([good(1), good(1)], [good(1, stage_start="")], [good(1, stage_start="3 month")]):
        with pytest.raises(ValueError, match="in line"):
            wide_rows(ours, read_sheets(ours, [sheet(rows)]).entries)


@given(st.integers(0, 50), st.booleans(), st.integers(0, 30))
def test_invented_people_keep_every_rule_in_both_forms_and_both_forms_hold_the_same(seed, complete, people):
    ours = specification()
    table = wide_table(ours, invented(ours, people, seed=seed, as_of=DAY, complete=complete))
    reading = read_sheets(ours, [as_sheet("wide", table)])
    assert said(check(ours, reading)) == []
    single = record_tables(ours, reading.entries)
    again = read_sheets(ours, [as_sheet(name, part) for name, part in single.items()])
    assert said(check(ours, again)) == []
    assert len(again.entries) == len(reading.entries)
    assert wide_table(ours, wide_rows(ours, again.entries)) == table


def test_invented_people_depend_on_seed_and_day_alone_and_lie_in_the_past():
    ours = specification()
    one = invented(ours, 40, seed=3, as_of=DAY)
    assert one == invented(ours, 60, seed=3, as_of=DAY)[:40] != invented(ours, 40, seed=4, as_of=DAY)
    assert max(value for row in one for value in row.values() if isinstance(value, date)) < DAY


def test_complete_people_have_every_record_and_people_on_the_way_do_not():
    ours = specification()
    for complete in (True, False):
        people = invented(ours, 60, seed=1, as_of=DAY, complete=complete)
        found = checked(as_sheet("wide", wide_table(ours, people)))
        assert (found.rows["work"] == 60) is complete
        assert (found.rows["progress"] == 120) is complete
        assert found.rows["member"] == 60
