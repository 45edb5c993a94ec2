"""Real workbooks, and hostile ones."""

import io
import time
import zipfile
from datetime import date, datetime
from datetime import time as clock

import pytest

from tests.tables.helpers import bomb, with_part, xlsx
from traboule.tables import xlsx as room
from traboule.tables.errors import TableError
from traboule.tables.reading import read_table


def refusal(content: bytes) -> str:
    with pytest.raises(TableError) as caught:
        read_table(content, "f.xlsx")
    (problem,) = caught.value.problems
    return problem.code


def test_the_first_sheet_is_read_with_the_row_numbers_of_the_sheet():
    table = read_table(xlsx([["id", "Prénom"], ["a", "Zoé"], [None, None], ["b", "ትግርኛ"]]), "f.xlsx")
    assert table.is_xlsx
    assert table.header == ("id", "Prénom")
    assert [(row.line, row.cells) for row in table.rows] == [(2, ["a", "Zoé"]), (4, ["b", "ትግርኛ"])]


def test_numbers_dates_and_truths_read_as_somebody_would_type_them():
    row = [
        12.0,
        12,
        12.5,
        0.1 + 0.2,
        True,
        False,
        date(2026, 3, 31),
        datetime(2026, 3, 31),
        datetime(2026, 3, 31, 9, 5),
    ]
    row += [clock(9, 5), 1e20, -3, "012", " x "]
    table = read_table(xlsx([[f"c{n}" for n in range(len(row))], row]), "f")
    assert table.rows[0].cells == [
        "12", "12", "12.5", "0.3", "true", "false", "2026-03-31", "2026-03-31", "2026-03-31 09:05",
        "09:05:00", "1e+20", "-3", "012", "x",
    ]  # fmt: skip


def test_short_rows_of_a_sheet_are_filled_and_long_ones_are_errors():
    table = read_table(xlsx([["id", "a", "b"], ["1"], ["2", None, "y", "z"]]), "f")
    assert [row.cells for row in table.rows] == [["1", "", ""]]
    assert [(p.line, p.code) for p in table.problems] == [(3, "too_many_cells")]


def test_an_empty_sheet_has_no_header():
    assert refusal(xlsx([])) == "no_header"


def test_other_archives_are_told_apart():
    def archive(*names: str) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as made:
            for name in names:
                made.writestr(name, "x")
        return stream.getvalue()

    assert refusal(archive("mimetype", "content.xml")) == "is_opendocument"
    assert refusal(archive("photo.jpg")) == "is_other_zip"
    assert refusal(archive("[Content_Types].xml")) == "xlsx_broken"


def test_a_cut_file_is_refused():
    assert refusal(xlsx([["id"], ["a"]])[:-400]) == "xlsx_broken"


def test_a_file_with_changed_bytes_is_refused():
    content = bytearray(xlsx([["id"], ["a"]]))
    content[60:90] = b"\xff" * 30
    assert refusal(bytes(content)) == "xlsx_broken"


def test_a_bomb_of_300_mib_is_refused_from_its_directory_alone():
    content = bomb(300)
    assert len(content) < 400_000
    began = time.process_time()
    assert refusal(content) == "xlsx_too_large"
    assert time.process_time() - began < 0.5


def test_a_part_that_is_far_too_dense_is_refused():
    assert refusal(with_part(xlsx([["id"]]), "xl/media/x.bin", b"0" * 20 * 1024**2)) == "xlsx_too_dense"


def test_a_directory_that_lies_about_sizes_is_refused():
    content = with_part(xlsx([["id"]]), "xl/media/x.bin", b"0" * 60 * 1024**2, declared=1000)
    assert refusal(content) == "xlsx_broken"


def test_too_many_parts_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for number in range(201):
            made.writestr(f"{number}", "")
    assert refusal(stream.getvalue()) == "xlsx_too_many_parts"


def sheet_with(body: str, prolog: str = "") -> bytes:
    text = f'<?xml version="1.0"?>{prolog}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{body}</worksheet>'
    return with_part(xlsx([["id"]]), "xl/worksheets/sheet1.xml", text.encode())


def test_entities_that_multiply_are_refused():
    prolog = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    assert (
        refusal(sheet_with("<sheetData><row><c t='str'><v>&b;</v></c></row></sheetData>", prolog))
        == "xlsx_broken"
    )


def test_a_sheet_that_claims_a_million_rows_reads_quickly():
    body = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="str"><v>id</v></c></row>'
    body += '<row r="1048576"><c r="A1048576" t="str"><v>a</v></c></row></sheetData>'
    table = read_table(sheet_with(body), "f")
    assert [(row.line, row.cells) for row in table.rows] == [(1048576, ["a"])]


def test_a_parse_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(room, "SECONDS", 0.05)
    assert refusal(xlsx([["id"], ["a"]])) == "xlsx_too_slow"


def test_a_parse_that_takes_too_much_memory_is_ended(monkeypatch):
    monkeypatch.setattr(room, "CHILD_MEMORY", 24 * 1024**2)
    assert refusal(xlsx([["id"], *([f"a{n}", "x" * 50] for n in range(5000))])) == "xlsx_too_slow"


def test_a_large_honest_workbook_is_read():
    rows = [["id", *(f"column {n}" for n in range(20))]]
    rows += [[f"person {n}", *(f"text {n} {column}" for column in range(20))] for n in range(1000)]
    table = read_table(xlsx(rows), "f")
    assert len(table.rows) == 1000
    assert table.rows[-1].cells[-1] == "text 999 19"
