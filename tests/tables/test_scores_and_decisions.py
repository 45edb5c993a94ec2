"""scores.csv, capacity.csv and decisions.csv; and the way from values back to cells."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables.helpers import xlsx
from traboule.tables import cells, values
from traboule.tables.columns import Cell
from traboule.tables.decisions import read_decisions
from traboule.tables.reading import read_table
from traboule.tables.scores import decimals, read_capacity, read_scores


def scores(text: str):
    return read_scores(read_table(text.encode(), "s.csv"))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", "3"),
        ("-2,5", "-2.5"),
        ("+0.000001", "0.000001"),
        ("1e300", "1e300"),
        ("-1E+3", "-1000"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1 234,5", "1234.5"),
        ("0", "0"),
        ("2.5000000", "2.5"),
        ("1e-6", "0.000001"),
    ],
)
def test_any_finite_number_with_six_decimals_is_read_exactly(typed, number):
    (row,) = scores(f"mentee;mentor;points\na;b;{typed}\n").rows
    assert row.points == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "finite_number"),
        ("x", "finite_number"),
        ("nan", "finite_number"),
        ("inf", "finite_number"),
        ("1e309", "finite_number"),
        ("1e99999", "finite_number"),
        ("1,234.5", "finite_number"),
        ("1e", "finite_number"),
        ("0.0000001", "six_decimals"),
        ("1e-7", "six_decimals"),
        ("--1", "finite_number"),
        ("٣", "finite_number"),
    ],
)
def test_what_is_no_such_number_is_an_error(typed, code):
    reading = scores(f"mentee;mentor;points\na;b;{typed}\n")
    assert [(p.line, p.column, p.code) for p in reading.errors] == [(2, "points", code)]


def test_a_pair_twice_names_both_lines():
    (problem,) = scores("mentee,mentor,points\na,b,1\na,c,1\na,b,2\n").errors
    assert str(problem) == "s.csv:4:mentor: a, b: each pair once; line 2 has it already"


def test_scores_from_a_workbook_have_no_float_noise():
    reading = read_scores(
        read_table(xlsx([["mentee", "mentor", "points"], [1.0, 2, 0.1 + 0.2], ["a", "b", -1e-6]]), "f")
    )
    assert reading.problems == []
    assert [(row.mentee, row.mentor, row.points) for row in reading.rows] == [
        ("1", "2", Decimal("0.3")),
        ("a", "b", Decimal("-0.000001")),
    ]


def test_capacity_is_a_whole_number_from_0_on_and_each_mentor_stands_once():
    reading = read_capacity(read_table(b"mentor;capacity\na;0\nb;-1\nc;\na;2\nd;1.0\n;3\n", "c.csv"))
    assert [(p.line, p.column, p.code) for p in reading.errors] == [
        (3, "capacity", "not_negative"),
        (4, "capacity", "whole_number"),
        (5, "mentor", "duplicate_mentor"),
        (7, "mentor", "required"),
    ]
    assert [(row.mentor, row.capacity) for row in reading.rows] == [("a", 0), ("d", 1)]


def test_decisions_name_people_of_the_input():
    table = read_table(
        b"Mentee,MENTOR,decision\na,x,LOCK\nb,x,forbid\nz,x,lock\na,q,lock\na,x,keep\n12.0,x,lock\n", "d.csv"
    )
    reading = read_decisions(table, {"a", "b", "12"}, {"x"})
    assert [(p.line, p.column, p.value, p.code) for p in reading.errors] == [
        (4, "Mentee", "z", "unknown_mentee"),
        (5, "MENTOR", "q", "unknown_mentor"),
        (6, "decision", "keep", "decision"),
    ]
    assert [(row.mentee, row.mentor, row.decision) for row in reading.rows] == [
        ("a", "x", "lock"),
        ("b", "x", "forbid"),
        ("12", "x", "lock"),
    ]


@pytest.mark.parametrize(
    ("number", "needed"), [("1", 0), ("1.50", 1), ("100", 0), ("1e3", 0), ("0.000001", 6), ("0", 0)]
)
def test_decimals_are_those_that_a_number_needs(number, needed):
    assert decimals(Decimal(number)) == needed


def cell(text: str) -> Cell:
    return Cell(text, None, date(2026, 11, 23), False)


@given(st.integers(1, 2**21 - 1))
def test_availability_goes_to_a_cell_and_back(mask):
    assert values.availability(cell(cells.availability_cell(mask))) == mask


@given(st.dictionaries(st.sampled_from(["fr", "ar", "prs", "ti"]), st.integers(1, 6), min_size=1))
def test_languages_go_to_a_cell_and_back(spoken):
    assert dict(values.languages(cell(cells.languages_cell(spoken.items())))) == spoken


@given(
    st.frozensets(st.sampled_from(["chess", "board games", "football", "jeux video", "a b c"]), min_size=1)
)
def test_lists_go_to_a_cell_and_back(words):
    assert values.words(cell(cells.items_cell(words))) == words


def test_other_values_go_to_cells():
    assert cells.date_cell(date(2026, 3, 1)) == "2026-03-01"
    assert cells.date_cell(None) == ""
    assert (cells.yes_no_cell(True), cells.yes_no_cell(False)) == ("yes", "no")
    assert (cells.number_cell(None), cells.number_cell(12.0), cells.number_cell(7.5)) == ("", "12", "7.5")
    assert cells.occupations_cell(["M1805", "G1602"]) == "M1805 G1602"
