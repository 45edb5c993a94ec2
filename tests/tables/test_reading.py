"""From a file of unknown make to rows: encodings, separators, shapes."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables.helpers import xlsx
from traboule.tables.errors import TableError
from traboule.tables.reading import read_table


def cells(content: bytes) -> list[list[str]]:
    return [row.cells for row in read_table(content, "f.csv").rows]


def codes(content: bytes) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in read_table(content, "f.csv").problems]


def refusal(content: bytes) -> tuple[int, str]:
    with pytest.raises(TableError) as caught:
        read_table(content, "f.csv")
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"f.csv:{problem.line}:-: ")
    assert "\n" not in str(problem)
    return problem.line, problem.code


ROWS = [["1", "Zoé d'Orléans", "12,5"], ["2", "Ibn Al‑Ḥasan", "-3"]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_encoding_and_line_end_reads_alike(separator, encoding, end):
    lines = [["id", "Prénom", "note"], *ROWS]
    text = end.join(separator.join(f'"{cell}"' for cell in row) for row in lines) + end
    table = read_table(text.encode(encoding), "f")
    assert table.header == ("id", "Prénom", "note")
    assert [row.cells for row in table.rows] == ROWS
    assert [row.line for row in table.rows] == [2, 3]
    assert table.problems == []


def test_a_french_excel_export_is_windows_1252_with_semicolons():
    content = "id;prénom;œuvre\r\n1;Zoé;l’été – 5 €\r\n".encode("cp1252")
    assert cells(content) == [["1", "Zoé", "l’été – 5 €"]]


def test_headers_are_compared_without_case_accents_and_punctuation():
    assert read_table(b" ID ;Code-Postal;PR\xc9NOM\n1;2;3\n", "f").keys == ("id", "code_postal", "prenom")


def test_the_line_of_a_row_is_its_first_physical_line():
    content = b'id,text\n1,"two\nlines"\n\n2,plain\n3,"a\r\nb\r\nc"\n4,last\n'
    assert [(row.line, row.cells[0]) for row in read_table(content, "f").rows] == [
        (2, "1"),
        (5, "2"),
        (6, "3"),
        (9, "4"),
    ]


def test_blank_lines_and_rows_of_empty_cells_do_not_count():
    assert cells(b"\n\nid;a\n\n;\n1;x\n;;\n") == [["1", "x"]]


def test_the_separator_line_of_excel_is_understood():
    table = read_table(b"sep=;\nid;a,b\n1;x\n", "f")
    assert table.header == ("id", "a,b")
    assert table.header_line == 2
    assert table.rows[0].line == 3


def test_separators_inside_quotes_do_not_count():
    table = read_table(b'"a;b;c","d"\n1,2\n', "f")
    assert table.header == ("a;b;c", "d")


def test_a_header_alone_is_a_table_without_rows():
    table = read_table(b"id,postcode\n", "f")
    assert (table.rows, table.problems) == ([], [])


def test_a_single_column_is_a_table():
    assert cells(b"id\n1\n2\n") == [["1"], ["2"]]


def test_columns_without_name_at_the_end_are_dropped_when_empty():
    assert cells(b"id;a;;\n1;x;;\n") == [["1", "x"]]
    assert codes(b"id;a;;\n1;x;y;\n") == [(2, "too_many_cells")]


def test_ragged_rows_are_named_with_their_line():
    content = b"id,a,b\n1,2,3\n4,5\n6,7,8,9\n10,11,12,\n"
    assert codes(content) == [(3, "too_few_cells"), (4, "too_many_cells")]
    assert cells(content) == [["1", "2", "3"], ["10", "11", "12"]]


def test_a_column_twice_is_an_error():
    assert codes("id,Métier,metier\n1,2,3\n".encode()) == [(1, "duplicate_column")]


def test_a_quotation_mark_that_never_closes_is_named_where_it_opens():
    assert codes(b'id,a\n1,x\n2,"open\n3,y\n') == [(3, "bad_quotes")]
    assert codes(b'id,a\n1,"x"y\n') == [(2, "bad_quotes")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", (1, "empty_file")),
        (b"\xef\xbb\xbf", (1, "empty_file")),
        (b" \r\n\n", (1, "empty_file")),
        (b";;;\n", (1, "no_header")),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", (1, "is_pdf")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old excel", (1, "is_old_excel")),
        ("id;a\n1;2\n".encode("utf-16"), (1, "is_utf16")),
        ("id;a\n1;2\n".encode("utf-16-le"), (1, "is_utf16")),
        ("id;a\n1;2\n".encode("utf-16-be"), (1, "is_utf16")),
        (b"id,a\n1,2\n3,\x00\n", (3, "is_binary")),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", (3, "is_binary")),
        (b"id,a\n1,caf\x81\n", (2, "bad_encoding")),
        (b"PK\x03\x04 no zip", (1, "xlsx_broken")),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content, expected):
    assert refusal(content) == expected


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(TableError) as caught:
            read_table(path)
        assert str(caught.value).startswith(f"{path}:1:-: (empty): a file that can be read")


def test_the_name_of_a_file_decides_nothing(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(xlsx([["id"], ["a"]]))
    assert [row.cells for row in read_table(path).rows] == [["a"]]


def test_what_traboule_neutralised_reads_back_as_it_was():
    assert cells(b"id,a\n1,'=1+1\n2,''=1\n3,'plain\n4,'+33612345678\n") == [
        ["1", "=1+1"], ["2", "'=1"], ["3", "'plain"], ["4", "'+33612345678"],
    ]  # fmt: skip


@given(st.binary(max_size=400))
def test_no_bytes_whatever_end_in_anything_but_a_table_or_a_refusal(content):
    with contextlib.suppress(TableError):
        table = read_table(content.replace(b"PK\x03\x04", b""), "f")
        assert all(len(row.cells) == len(table.header) for row in table.rows)
