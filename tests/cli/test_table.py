"""`traboule table`: a funder's table from a file of people, with small cells hidden."""

import csv
import io

import pytest
from openpyxl import load_workbook

ROWS = ["f,north,oui"] * 9 + ["f,north,non"] * 6 + ["m,north,1"] * 8 + ["m,south,0"] * 7 + ["f,south,"] * 6
ROWS += ["m,south,yes"] * 5


@pytest.fixture
def people(folder):
    path = folder / "people.csv"
    path.write_text("\n".join(["Sex,Area,Job", *ROWS]) + "\n", "utf-8")
    return path


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_counts_shares_intervals_and_bounds_by_group(traboule, people):
    result = traboule("table", people, "--down", "sex", "--indicators", "job")
    rows = {row["sex"]: row for row in rows_of(result.stdout)}
    assert list(rows) == ["f", "m", "total"]
    assert rows["f"] == {
        "sex": "f", "indicator": "job", "people": "21", "yes": "9", "no": "6", "unknown": "6",
        "share": "0.6", "low": "0.357", "high": "0.802", "least": "0.429", "most": "0.714",
    }  # fmt: skip


def test_small_cells_are_hidden_in_both_kinds_of_file(traboule, folder, people):
    people.write_text(people.read_text("utf-8") + "m,west,yes\nm,west,no\n", "utf-8")
    words = ("table", people, "--down", "sex", "--across", "area", "--indicators", "job")
    shown = rows_of(traboule(*words).stdout)
    west = [row for row in shown if row["area"] == "west"]
    assert [row["people"] for row in west if row["sex"] != "f"] == ["hidden", "hidden"]
    assert {row["share"] for row in west} == {""}
    assert traboule(*words, "--out", "t.xlsx").exit_code == 0
    cells = list(load_workbook(folder / "t.xlsx").active.values)
    assert [str(cell[3]) for cell in cells[1:]] == [row["people"] for row in shown]


def test_a_higher_floor_hides_more(traboule, people):
    words = ("table", people, "--down", "sex", "--across", "area", "--indicators", "job")
    assert "hidden" not in traboule(*words).stdout
    assert "hidden" in traboule(*words, "--floor", "7").stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--down", "shoe"), 3),
        (("--down", "sex", "--indicators", "area"), 3),
        (("--down", "sex", "--across", "sex"), 2),
        (("--down", "", "--indicators", "job"), 2),
        (("--down", "sex", "--indicators", "job,,"), 2),
        (("--down", "sex", "--floor", "1"), 2),
        (("--down", "sex", "--out", "people.csv"), 2),
    ],
)
def test_what_cannot_be_counted_is_refused_and_nothing_is_written(traboule, people, words, code):
    before = people.read_text("utf-8")
    result = traboule("table", "people.csv", *words)
    assert (result.exit_code, result.stdout, people.read_text("utf-8")) == (code, "", before)
    assert result.stderr


def test_every_wrong_cell_is_named_with_its_place(traboule, people):
    result = traboule("table", people, "--down", "sex", "--indicators", "area")
    assert len(result.stderr.splitlines()) == len(ROWS)
    assert result.stderr.splitlines()[0] == f"{people}:2:area: north: yes or no"


def test_a_group_named_like_the_total_is_refused(traboule, people):
    people.write_text("sex\ntotal\n", "utf-8")
    assert traboule("table", people, "--down", "sex").exit_code == 3
