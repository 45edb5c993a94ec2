"""`traboule match MENTORS MENTEES`: every dialect, every exit code, the same answer every time."""

import csv
import io
import json
import random
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.checker import KEYS, report_of, rows_of
from tests.tables.helpers import bomb, xlsx
from traboule.kernel.matching.rules import DEFAULT_RULES, TERMS

DAY = ("--as-of", "2026-11-23")
MENTORS = [
    [
        "id",
        "postcode",
        "languages",
        "availability",
        "occupations",
        "max_km",
        "capacity",
        "first_name",
        "interests",
    ],
    ["m1", "69009", "fr:C2 ar:B1", "mon-am tue-pm", "M1805", "12,5", "1", "Zoé", "échecs"],
    ["m2", "69001", "fr:C2", "tue-pm wed-eve", "G1602 M1203", "20", "2", "Léa", ""],
    ["m3", "75013", "fr:C2", "tue-pm", "J1501", "15", "1", "Anne", ""],
]
MENTEES = [
    ["id", "postcode", "languages", "availability", "occupations", "birth_date", "interests"],
    ["e1", "69003", "fr:B1 ar:C2", "tue-pm", "M1805", "2001-05-17", "echecs"],
    ["e2", "69100", "fr:B2", "tue-pm wed-eve", "", "17/05/1999", ""],
    ["e3", "69100", "ti:C2 fr:A2", "tue-pm", "G1602", "1998-01-01", ""],
    ["e4", "13001", "fr:B2", "tue-pm", "G1602", "1998-01-01", ""],
]


def text(rows, separator=","):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue()


@pytest.fixture
def people(folder):
    (folder / "mentors.csv").write_text(text(MENTORS), encoding="utf-8")
    (folder / "mentees.csv").write_text(text(MENTEES), encoding="utf-8")
    return folder


def test_people_are_matched_with_terms_that_sum_to_the_points(traboule, people):
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY, "--out", "o.csv", "--report", "r.json")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    rows = rows_of(people / "o.csv")
    assert list(rows[0]) == [
        "mentee",
        "mentor",
        "points",
        "rank",
        *(f"term_{term}" for term in TERMS),
        "alternative_1",
        "regret_1",
        "duos_lost_1",
        "alternative_2",
        "regret_2",
        "duos_lost_2",
        "reason",
    ]
    assert [(row["mentee"], row["mentor"]) for row in rows] == [
        ("e1", "m1"),
        ("e2", "m2"),
        ("e3", ""),
        ("e4", ""),
    ]
    assert [row["reason"] for row in rows] == ["", "", "no_shared_language", "too_far"]
    for row in rows[:2]:
        assert Fraction(row["points"]) == sum(Fraction(row[f"term_{term}"]) for term in TERMS)
        assert len(row["points"].partition(".")[2]) == 3
    report = report_of(people / "r.json")
    assert list(report) == KEYS
    assert report["total_points"] == sum(Fraction(row["points"]) for row in rows if row["points"])
    assert (report["pairs"], report["gap"], report["unmatched_mentees"]) == (2, 0, ["e3", "e4"])
    assert report["unmatched_mentors"] == ["m3"]
    assert report["rules_version"] == DEFAULT_RULES.version
    for row in rows[:2]:
        price = report["mentee_price"][row["mentee"]] + report["mentor_price"][row["mentor"]]
        assert price == Fraction(row["points"]) + report["bonus"][row["mentee"]]


def test_every_dialect_gives_the_same_answer(traboule, people):
    expected = traboule("match", "mentors.csv", "mentees.csv", *DAY).stdout_bytes
    plain = {
        "semicolon": (";", "cp1252"),
        "tab": ("\t", "utf-8"),
        "bom": (",", "utf-8-sig"),
        "latin": (",", "cp1252"),
    }
    for name, (separator, encoding) in plain.items():
        for table, rows in (("mentors", MENTORS), ("mentees", MENTEES)):
            (people / f"{table}-{name}").write_bytes(text(rows, separator).encode(encoding))
        result = traboule("match", f"mentors-{name}", f"mentees-{name}", *DAY)
        assert (result.stdout_bytes, result.stderr) == (expected, ""), name
    (people / "mentors.xlsx").write_bytes(
        xlsx(
            [
                MENTORS[0],
                *([*row[:5], float(row[5].replace(",", ".")), int(row[6]), *row[7:]] for row in MENTORS[1:]),
            ]
        )
    )
    (people / "mentees.xlsx").write_bytes(xlsx([[cell or None for cell in row] for row in MENTEES]))
    result = traboule("match", "mentors.xlsx", "mentees.xlsx", *DAY)
    assert (result.stdout_bytes, result.stderr) == (expected, "")


def test_columns_may_be_in_any_order_and_case(traboule, people):
    expected = traboule("match", "mentors.csv", "mentees.csv", *DAY).stdout_bytes
    order = [6, 3, 0, 8, 4, 2, 7, 5, 1]
    turned = [[row[place] for place in order] for row in MENTORS]
    turned[0] = [column.upper() for column in turned[0]]
    (people / "turned.csv").write_text(text(turned), encoding="utf-8")
    assert traboule("match", "turned.csv", "mentees.csv", *DAY).stdout_bytes == expected


def test_one_table_may_come_from_standard_input(traboule, people):
    expected = traboule("match", "mentors.csv", "mentees.csv", *DAY).stdout_bytes
    result = traboule("match", "-", "mentees.csv", *DAY, stdin=(people / "mentors.csv").read_bytes())
    assert result.stdout_bytes == expected
    wrong = traboule("match", "mentors.csv", "-", *DAY, stdin=b"")
    assert wrong.exit_code == 3
    assert wrong.stderr == "<stdin>:1:-: (empty): a table with a header line; the file is empty\n"


def test_rows_in_another_order_only_move(traboule, folder):
    assert (
        traboule("generate", "--mentors", 60, "--mentees", 70, "--seed", 5, "--out", ".", *DAY).exit_code == 0
    )
    first = traboule("match", "mentors.csv", "mentees.csv", *DAY).stdout_bytes
    assert traboule("match", "mentors.csv", "mentees.csv", *DAY).stdout_bytes == first
    chance = random.Random(1)
    for name in ("mentors.csv", "mentees.csv"):
        header, *rows = (folder / name).read_text(encoding="utf-8").splitlines()
        chance.shuffle(rows)
        (folder / name).write_text("\n".join([header, *rows]), encoding="utf-8")
    again = traboule("match", "mentors.csv", "mentees.csv", *DAY).stdout_bytes
    assert again != first
    assert sorted(again.splitlines()) == sorted(first.splitlines())


def test_errors_of_both_files_are_told_at_once_with_their_place(traboule, people):
    (people / "mentors.csv").write_text(
        text(
            [
                *MENTORS,
                ["m1", "00000", "fr:C2", "", "M9999", "15", "-1", "", ""],
                ["e1", "69009", "fr:C2", "mon-am", "", "x", "1", "", ""],
            ]
        ),
        encoding="utf-8",
    )
    (people / "mentees.csv").write_text(
        text([*MENTEES, ["e5", "69009", "xx:B1", "mon-am", "", "31/02/2000", ""]]), encoding="utf-8"
    )
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY, "--out", "o.csv", "--report", "r.json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.splitlines() == [
        "mentors.csv:5:id: m1: an id of its own; line 2 has it already",
        "mentors.csv:5:postcode: 00000: a postcode that exists in FR",
        "mentors.csv:5:availability: (empty): at least one weekly slot, such as mon-am or wed-eve",
        "mentors.csv:5:occupations: M9999: an occupation code of ROME 4.0, such as M1805",
        "mentors.csv:5:capacity: -1: a whole number from 0 on",
        "mentors.csv:6:occupations: (empty): an occupation code, or “yes” under “generalist”",
        "mentors.csv:6:max_km: x: a number, such as 12 or 12,5",
        "mentees.csv:6:languages: xx:B1: a language code of ISO 639, such as fr, ar, ti or prs",
        "mentees.csv:6:birth_date: 31/02/2000: a date that exists, as 2026-03-31 or 31/03/2026",
        "mentees.csv:2:id: e1: an id that only one file uses; mentors.csv line 6 has it too",
    ]
    assert {path.name for path in people.iterdir()} == {"mentors.csv", "mentees.csv"}


def test_warnings_are_told_and_the_answer_still_comes(traboule, people):
    rows = [[*row, extra] for row, extra in zip(MENTEES, ["hobby", "", "", "", ""], strict=True)]
    rows[1][5] = "1985-01-01"
    (people / "mentees.csv").write_text(text(rows), encoding="utf-8")
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "mentees.csv:1:-: hobby: warning: only columns of this table; these are ignored",
        "mentees.csv:2:birth_date: 1985-01-01: warning: "
        "a mentee of 18 to 33 (this one is 41); the branch decides",
    ]
    assert len(result.stdout.splitlines()) == 5


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.4\n%\xc7\xec\x8f\xa2\n1 0 obj\n", "this is a PDF document"),
        ("id;postcode\n".encode("utf-16"), "this is UTF-16"),
        (b"id,postcode\n\x00\x01\x02", "binary data"),
    ],
)
def test_what_is_no_table_is_bad_input(traboule, people, content, expected):
    (people / "mentors.csv").write_bytes(content)
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY, "--out", "o.csv")
    assert result.exit_code == 3
    assert expected in result.stderr
    assert result.stderr.startswith("mentors.csv:")
    assert not (people / "o.csv").exists()


def test_a_bomb_of_300_mib_is_bad_input(traboule, people):
    (people / "mentors.xlsx").write_bytes(bomb(300))
    result = traboule("match", "mentors.xlsx", "mentees.csv", *DAY, "--out", "o.csv")
    assert result.exit_code == 3
    assert result.stderr == "mentors.xlsx:1:-: XLSX: an XLSX file that unpacks to at most 50 MiB\n"


def test_a_file_that_cannot_be_read_is_bad_input(traboule, people):
    result = traboule("match", "nowhere.csv", "mentees.csv", "--rules", "none.toml", "--decisions", ".", *DAY)
    assert result.exit_code == 3
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["none.toml", "nowhere.csv", "."]


@pytest.mark.parametrize(("mentors", "mentees"), [(1, 5), (4, 1), (1, 1)])
def test_no_mentors_or_no_mentees_is_an_answer(traboule, people, mentors, mentees):
    (people / "mentors.csv").write_text(text(MENTORS[:mentors]), encoding="utf-8")
    (people / "mentees.csv").write_text(text(MENTEES[:mentees]), encoding="utf-8")
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY, "--out", "o.csv", "--report", "r.json")
    assert result.exit_code == 0
    assert len(result.stderr.splitlines()) == 1
    rows = rows_of(people / "o.csv")
    assert [(row["mentor"], row["reason"]) for row in rows] == [("", "no_mentors")] * (mentees - 1)
    report = json.loads((people / "r.json").read_text())
    assert (report["pairs"], report["upper_bound"], report["gap"]) == (0, 0, 0)
    assert len(report["unmatched_mentors"]) == mentors - 1


def test_no_feasible_pair_lists_everybody_with_a_reason_and_one_warning(traboule, people):
    (people / "mentors.csv").write_text(text([MENTORS[0], MENTORS[3]]), encoding="utf-8")
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY, "--out", "o.csv")
    assert result.exit_code == 0
    assert (
        result.stderr
        == "mentees.csv:1:-: (empty): warning: at least one possible pair; nobody can be matched\n"
    )
    assert all(row["reason"] for row in rows_of(people / "o.csv"))


def test_capacity_0_is_an_answer(traboule, people):
    rows = [MENTORS[0], *([*row[:6], "0", *row[7:]] for row in MENTORS[1:])]
    (people / "mentors.csv").write_text(text(rows), encoding="utf-8")
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY, "--out", "o.csv")
    assert result.exit_code == 0
    assert rows_of(people / "o.csv")[1]["reason"] == "places_taken"


def test_decisions_are_kept(traboule, people):
    (people / "d.csv").write_text("mentee;mentor;decision\ne1;m2;lock\ne2;m2;forbid\n")
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY, "--decisions", "d.csv", "--out", "o.csv")
    assert result.exit_code == 0
    rows = rows_of(people / "o.csv")
    assert (rows[0]["mentee"], rows[0]["mentor"]) == ("e1", "m2")
    assert rows[1]["mentor"] != "m2"


def test_a_lock_that_cannot_be_names_every_limit(traboule, people):
    (people / "d.csv").write_text("mentee,mentor,decision\ne3,m3,lock\ne1,m1,lock\ne2,m1,lock\n")
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY, "--decisions", "d.csv", "--out", "o.csv")
    assert result.exit_code == 4
    first, second = result.stderr.splitlines()
    assert first.startswith(
        "d.csv:2:decision: e3, m3: a pair that is possible; it is not: no_shared_language, too_far"
    )
    assert second == "d.csv:4:decision: e2, m1: a mentor with a place left; all 1 are taken"
    assert not (people / "o.csv").exists()


def test_other_rules_give_another_version_and_other_points(traboule, people):
    weights = dict.fromkeys(TERMS, 10.0)
    rules = 'version = "mine"\n[weights]\n' + "\n".join(
        f"{term} = {weight}" for term, weight in weights.items()
    )
    (people / "rules.toml").write_text(rules)
    result = traboule(
        "match", "mentors.csv", "mentees.csv", *DAY, "--rules", "rules.toml", "--report", "r.json"
    )
    assert result.exit_code == 0
    assert json.loads((people / "r.json").read_text())["rules_version"].startswith("mine+")


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("[weights\n", "rules.toml:1:-: (empty): a file in TOML"),
        ("# first\n[limits]\nmax_km = -1\n", "rules.toml:3:limits.max_km: -1: a number from 0 on"),
        ("\n\nhobby = 3\n", "rules.toml:3:hobby: (empty): a setting that exists"),
        (
            "[weights]\ntravel = 100\n",
            "rules.toml:1:weights.occupation: (empty): a weight; all ten are given, or none",
        ),
    ],
)
def test_bad_rules_are_bad_input_with_their_line(traboule, people, rules, said):
    (people / "rules.toml").write_text(rules)
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY, "--rules", "rules.toml")
    assert result.exit_code == 3
    assert result.stderr.splitlines()[0].startswith(said)


@pytest.mark.slow
def test_2000_mentors_and_2000_mentees_in_one_call(traboule, folder):
    assert (
        traboule("generate", "--mentors", 2000, "--mentees", 2000, "--seed", 1, "--out", ".", *DAY).exit_code
        == 0
    )
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY, "--out", "o.csv", "--report", "r.json")
    assert (result.exit_code, result.stderr) == (0, "")
    report = report_of(folder / "r.json")
    assert report["gap"] == 0
    assert report["pairs"] + len(report["unmatched_mentees"]) == 2000
    assert len(rows_of(folder / "o.csv")) == 2000


def test_the_input_is_never_changed(traboule, people):
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    traboule("match", "mentors.csv", "mentees.csv", *DAY)
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before
