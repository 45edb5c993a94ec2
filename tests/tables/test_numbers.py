"""Columns of numbers by name: as French spreadsheets write them, with what is missing counted."""

import pytest

from tests.tables.helpers import xlsx
from traboule.tables.errors import Severity
from traboule.tables.numbers import MOST_TOLD, read_numbers
from traboule.tables.reading import read_table

NAMES = ["duo", "emploi", "âge"]


def read(content, names=NAMES, strict=("duo",)):
    return read_numbers(read_table(content, "f.csv"), names, zero_or_one=strict)


def told(found):
    return [(p.line, p.column, p.value, p.code, dict(p.params)) for p in found.problems]


@pytest.mark.parametrize(
    "content",
    [
        "duo;emploi;âge;nom\n1;1 250,5;31;Zoé\n0;-3,25;28,0;Eli\n".encode("cp1252"),
        "duo;emploi;âge;nom\r\n1;1 250,5;31;Zoé\r\n0;-3,25;28,0;Eli\r\n".encode("utf-8-sig"),
        "sep=;\nDuo;EMPLOI;Age;nom\n1;1\u202f250,5;31;Zoé\n0;-3.25;2,8e1;Eli\n".encode(),
        "duo\temploi\tâge\nVRAI\t1250.5\t31\nfaux\t-3.25\t28\n".encode(),
        xlsx([["duo", "emploi", "âge"], [True, 1250.5, 31], [False, -3.25, 28]]),
    ],
    ids=["windows", "utf-8 with a mark", "sep and narrow blanks", "tabs and words", "xlsx"],
)
def test_a_french_spreadsheet_is_read(content):
    found = read(content)
    assert (found.columns, found.dropped, found.problems) == ([[1, 0], [1250.5, -3.25], [31, 28]], 0, [])


def test_rows_with_a_missing_value_are_left_out_and_counted():
    found = read("duo,emploi,âge\n1,NA,3\n0,2,\n1,5,6\nnan,1,1\n0,.,1\n1,#N/A,2\n".encode())
    assert (found.columns, found.dropped) == ([[1], [5], [6]], 5)
    assert told(found) == [(2, "-", "", "rows_left_out", {"dropped": 5})]
    assert found.problems[0].severity is Severity.WARNING


def test_a_value_that_is_missing_in_another_column_leaves_the_row_in():
    assert read("duo,emploi,âge,nom\n1,2,3,\n".encode()).dropped == 0


def test_every_wrong_cell_is_told_with_its_place():
    found = read("duo,emploi,âge\n2,x,3\n0.5,2,inf\nyes,1e999,4\n".encode())
    assert told(found) == [
        (2, "duo", "2", "zero_or_one", {}),
        (3, "duo", "0.5", "zero_or_one", {}),
        (4, "duo", "yes", "zero_or_one", {}),
        (2, "emploi", "x", "finite_number", {}),
        (4, "emploi", "1e999", "finite_number", {}),
        (3, "âge", "inf", "finite_number", {}),
    ]


def test_a_column_of_words_is_told_without_drowning_the_reader():
    rows = "".join(f"1,w{number},3\n" for number in range(500))
    found = read(f"duo,emploi,âge\n{rows}".encode())
    assert len(found.problems) == MOST_TOLD + 1
    assert told(found)[-1] == (MOST_TOLD + 2, "emploi", f"w{MOST_TOLD}", "finite_number_more", {"more": 480})


def test_columns_that_are_not_there_or_there_twice():
    found = read(b"duo,emploi,emploi\n1,2,3\n")
    assert told(found) == [
        (1, "emploi", "emploi", "duplicate_column", {}),
        (1, "âge", "", "missing_column", {}),
    ]


def test_a_name_as_written_goes_before_one_that_is_alike():
    assert read(b"duo,emploi,AGE,age\n1,2,3,4\n", ["duo", "emploi", "age"]).columns == [[1], [2], [4]]
    twice = read(b"duo,emploi,AGE,Age\n1,2,3,4\n", ["duo", "emploi", "age"])
    assert told(twice) == [(1, "age", "Age", "duplicate_column", {})]


def test_a_column_that_is_twice_and_not_asked_for_disturbs_nobody():
    assert read("duo,emploi,âge,x,x\n1,2,3,a,b\n".encode()).problems == []


def test_a_row_of_the_wrong_length_is_told():
    assert [p.code for p in read("duo,emploi,âge\n1,2\n0,1,2\n".encode()).problems] == ["too_few_cells"]


def test_a_header_alone_has_no_rows():
    found = read("duo,emploi,âge\n".encode())
    assert (found.columns, found.dropped, found.problems) == ([[], [], []], 0, [])
