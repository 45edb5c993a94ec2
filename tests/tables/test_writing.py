"""What Traboule writes can be opened in a spreadsheet without a single formula being run."""

import csv
import io
import itertools
import os
import random
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from traboule.tables.reading import read_table
from traboule.tables.writing import (
    csv_bytes,
    neutral,
    runs_as_formula,
    spreadsheet_bytes,
    without_mark,
    write_all,
    xlsx_bytes,
)

FULL_WIDTH = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    " =",
    "  @",
    "\u00a0=",
    "=+",
    "--",
    "+-",
    "-+",
    "\t=",
    *FULL_WIDTH,
]
BODIES = [
    "1+1",
    "cmd|' /C calc'!A0",
    "SUM(A1:A9)",
    'HYPERLINK("http://x","y")',
    "A1",
    "2+5+cmd|' /C calc'!A0",
    "x",
    'WEBSERVICE("http://x")',
    "IMPORTXML(1)",
    'DDE("cmd","/C calc","x")',
    "1,1)",
    "33612345678&A1",
    "(1)",
    "1-1",
    "1/0",
    "1%",
    '"x"',
    "'x'",
    "$A$1",
    "33 6 12 34 56 78*1",
    "é",
    "😀",
    "=",
    "0x1F",
    "1e5e5",
]
TAILS = ["", " ", "\n", ";x", ",y", '"', "'", "|", "!", "#"]


def formulas() -> list[str]:
    """More than 10,000 texts that one spreadsheet or another would run or has run."""
    found = {a + b + c for a, b, c in itertools.product(STARTS, BODIES, TAILS)}
    chance = random.Random(7)
    while len(found) < 12_000:
        letters = "".join(chance.choices("=+-@\t|!'\"(),.:;ABCXYZ 019", k=chance.randint(2, 24)))
        found.add(chance.choice("=@\t") + letters)
    return sorted(found)


def harmless_start(text: str) -> bool:
    return not text.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n", *FULL_WIDTH))


def test_ten_thousand_formulas_are_neutralised_and_read_back_exactly():
    texts = [text for text in formulas() if not _is_number_or_phone(text)]
    assert len(texts) >= 10_000
    written = csv_bytes(["a"], [[text] for text in texts]).decode()
    cells = [row[0] for row in csv.reader(io.StringIO(written, newline=""))][1:]
    for cell, text in zip(cells, texts, strict=True):
        assert harmless_start(cell), text
        assert without_mark(cell) == text


def _is_number_or_phone(text: str) -> bool:
    """Told without the code under test: a sign, then only digits and the marks of numbers and telephones."""
    return (
        text[:1] in "+-" and any(c.isdigit() for c in text) and not set(text[1:]) - set("0123456789.,() -eE+")
    )


PHONES = ["+33612345678", "+33 6 12 34 56 78", "+32 2 555 12 12", "+1 (202) 555-0143", "+33.6.12.34.56.78"]
PLAIN = ["-3", "-3.5", "-3,25", "+4", "-1e5", "12", "", "Zoé", "a=b", "06 12 34 56 78", "'quoted'"]
ALMOST = ["+33612345678+cmd|' /C calc'!A0", "-", "+", "+()", "+33A1", "-1-1", "+33*2", "+1+1"]


@pytest.mark.parametrize("text", PHONES + PLAIN)
def test_telephones_numbers_and_words_stay_as_they_are(text):
    assert neutral(text) == text
    assert not runs_as_formula(text)


@pytest.mark.parametrize("text", ALMOST)
def test_what_only_begins_like_a_telephone_is_neutralised(text):
    assert neutral(text) == f"'{text}"


def test_numbers_that_are_numbers_are_not_touched():
    assert [neutral(value) for value in (-3, -2.5, 0, None)] == [-3, -2.5, 0, None]


@given(st.text())
def test_every_text_comes_back_as_it_went(text):
    assert without_mark(str(neutral(text))) == text


PRINTED = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip)


@given(st.lists(PRINTED.filter(bool), min_size=1))
def test_what_is_written_reads_back_the_same(texts):
    table = read_table(csv_bytes(["a", "b"], [[text, "x"] for text in texts]), "f")
    assert [row.cells[0] for row in table.rows] == texts


def test_xlsx_holds_texts_as_texts_and_numbers_as_numbers():
    rows = [[text, -1.5] for text in formulas()[::50]] + [["+33612345678", None]]
    sheet = load_workbook(io.BytesIO(xlsx_bytes(["=a", "b"], rows))).worksheets[0]
    for cell in sheet["A"]:
        assert cell.data_type in ("s", "inlineStr", "n")
        assert cell.data_type != "f"
    assert sheet["B2"].value == -1.5
    assert sheet.cell(len(rows) + 1, 1).value == "+33612345678"


def test_excel_gets_a_mark_of_its_encoding_and_no_cell_that_another_country_would_split():
    assert spreadsheet_bytes(["é", "b"], [], separator=";") == b'\xef\xbb\xbf"\xc3\xa9";"b"\r\n'
    assert spreadsheet_bytes(["a"], [["1;=1+1,=2"]], separator=",").endswith(b'\r\n"1;=1+1,=2"\r\n')
    assert csv_bytes(["é"], [["1"]]) == b"\xc3\xa9\n1\n"


def test_all_files_are_written_or_none(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(OSError):
        write_all({tmp_path / "a.csv": b"new", tmp_path / "nowhere" / "b.json": b"new"})
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_written_file_keeps_its_rights_and_its_link(tmp_path):
    target = tmp_path / "real.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    (tmp_path / "link.csv").symlink_to(target)
    write_all({tmp_path / "link.csv": b"new"})
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert (tmp_path / "link.csv").is_symlink()


def test_a_new_file_has_the_rights_that_the_user_gives_new_files(tmp_path):
    mask = os.umask(0o027)
    try:
        write_all({tmp_path / "new.csv": b"x"})
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o640


def test_what_is_no_ordinary_file_is_written_straight():
    write_all({Path("/dev/null"): b"x"})
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
