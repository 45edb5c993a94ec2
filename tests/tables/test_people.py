"""The contract of the files MENTORS and MENTEES, and each kind of bad input with its place."""

from datetime import date

import pytest

from tests.tables.helpers import AS_OF, FewLookups, xlsx
from traboule.tables import people
from traboule.tables.columns import guess_mapping
from traboule.tables.errors import Problem, Severity
from traboule.tables.messages import MESSAGES
from traboule.tables.reading import read_table

MENTOR = {
    "id": "m1",
    "postcode": "69009",
    "languages": "fr:C2",
    "availability": "mon-am",
    "occupations": "M1805",
}
MENTEE = {"id": "e1", "postcode": "69009", "languages": "fr:B1", "availability": "mon-am"}


def file_of(*rows):
    header = list(dict.fromkeys(column for row in rows for column in row))
    lines = [header, *([row.get(column, "") for column in header] for row in rows)]
    return read_table("\n".join(";".join(line) for line in lines).encode(), "f.csv")


def mentors(*rows):
    return people.read_mentors(file_of(*rows), FewLookups(), as_of=AS_OF)


def mentees(*rows):
    return people.read_mentees(file_of(*rows), FewLookups(), as_of=AS_OF)


def places_of(problems: list[Problem]) -> list[tuple[int, str, str, str]]:
    return [(problem.line, problem.column, problem.value, problem.code) for problem in problems]


def test_a_mentor_with_every_column_is_read():
    full = MENTOR | {
        "country": "fr",
        "commune": "69389",
        "birth_date": "15/03/1960",
        "branch": "Lyon",
        "max_km": "12,5",
        "online": "oui",
        "interests": "Échecs randonnée",
        "dislikes": "jeux vidéo|foot",
        "pace": "1",
        "directness": "5",
        "listening": "3",
        "structure": "2",
        "humour": "4,0",
        "gender": "F",
        "gender_wish": "f",
        "avoid": "e7 8.0",
        "capacity": "2",
        "years_experience": "30,5",
        "generalist": "no",
        "strengths": "CV Réseau".replace("Réseau", "network"),
        "available_from": "2026-12-01",
        "available_until": "01/07/2027",
        "trained": "1",
        "first_name": "Zoé",
    }
    reading = mentors(full)
    assert reading.problems == []
    (row,) = reading.rows
    assert (row.id, row.line, row.commune_code, row.lat, row.estimated) == ("m1", 2, "69389", 45.773, False)
    assert row.languages == (("fr", 6),)
    assert row.slots == 1
    assert row.occupations == ("M1805",)
    assert row.birth_date == date(1960, 3, 15)
    assert (row.max_km, row.online) == (12.5, True)
    assert row.interests == {"echecs", "randonnee"}
    assert row.dislikes == {"jeux video", "foot"}
    assert row.way == (1, 5, 3, 2, 4)
    assert (row.gender, row.gender_wish, row.avoid) == ("f", "f", {"e7", "8"})
    assert (row.capacity, row.years_experience, row.generalist, row.trained) == (2, 30.5, False, True)
    assert row.strengths == {"cv", "network"}
    assert (row.available_from, row.available_until) == (date(2026, 12, 1), date(2027, 7, 1))


def test_what_is_not_stated_is_unknown_or_the_default_of_the_contract():
    (row,) = mentors(MENTOR).rows
    assert (row.capacity, row.online, row.generalist, row.trained, row.country) == (
        1,
        False,
        False,
        True,
        "FR",
    )
    assert (row.max_km, row.birth_date, row.gender, row.branch, row.years_experience) == (None,) * 5
    assert row.way == (None,) * 5
    (other,) = mentees(MENTEE).rows
    assert (other.occupations, other.needs, other.groups) == ((), frozenset(), ())


def test_a_mentee_with_groups_is_read():
    (row,) = mentees(
        MENTEE
        | {
            "needs": "cv french",
            "waiting_since": "2026-11-01",
            "can_wait_until": "2027-01-31",
            "group_schooling": "none",
            "Group_Branch": "",
        }
    ).rows
    assert row.needs == {"cv", "french"}
    assert row.groups == (("group_schooling", "none"),)
    assert row.waiting_since == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("column", "value", "code", "shown"),
    [
        ("id", "", "required", ""),
        ("postcode", "99999", "unknown_postcode", "99999"),
        ("postcode", "", "place_missing", ""),
        ("commune", "69999", "unknown_commune", "69999"),
        ("country", "DE", "country", "DE"),
        ("languages", "", "language_item", ""),
        ("languages", "fr:C2 xx:B1", "unknown_language", "xx:B1"),
        ("languages", "fr", "language_item", "fr"),
        ("languages", "fr:D1", "unknown_level", "fr:D1"),
        ("languages", "|", "language_item", "|"),
        ("availability", "", "empty_availability", ""),
        ("availability", "mon-am monday", "availability_item", "monday"),
        ("availability", "|", "empty_availability", "|"),
        ("occupations", "M1805 X9999", "unknown_occupation", "X9999"),
        ("occupations", "", "occupation_or_generalist", ""),
        ("birth_date", "31/02/1960", "date", "31/02/1960"),
        ("birth_date", "1960-02-30", "date", "1960-02-30"),
        ("birth_date", "03/15/1960", "date", "03/15/1960"),
        ("birth_date", "2030-01-01", "date_past", "2030-01-01"),
        ("birth_date", "60", "date", "60"),
        ("birth_date", "21900", "date", "21900"),
        ("capacity", "-1", "not_negative", "-1"),
        ("capacity", "1,5", "whole_number", "1,5"),
        ("capacity", "two", "whole_number", "two"),
        ("capacity", "1e300", "at_most", "1e300"),
        ("max_km", "-5", "number_from_zero", "-5"),
        ("max_km", "far", "number", "far"),
        ("years_experience", "81", "at_most", "81"),
        ("online", "maybe", "yes_no", "maybe"),
        ("pace", "6", "scale", "6"),
        ("pace", "2,5", "scale", "2,5"),
        ("gender", "w", "one_of", "w"),
        ("strengths", "cv magic", "one_of", "magic"),
        ("email", "nobody", "email", "nobody"),
        ("contact_language", "xx", "unknown_language", "xx"),
    ],
)
def test_a_wrong_cell_is_named_with_line_column_and_value(column, value, code, shown):
    reading = mentors(MENTOR, MENTOR | {"id": "m2", column: value})
    assert places_of(reading.errors) == [(3, column, shown, code)]
    assert [row.id for row in reading.rows] == ["m1"]


def test_all_problems_of_all_rows_are_found_at_once():
    reading = mentors(
        MENTOR | {"languages": "xx:B1 yy:B2", "capacity": "-1"},
        MENTOR | {"postcode": "00000", "availability": "never"},
        {"id": "m3"},
    )
    assert places_of(reading.errors) == [
        (2, "languages", "xx:B1", "unknown_language"),
        (2, "languages", "yy:B2", "unknown_language"),
        (2, "capacity", "-1", "not_negative"),
        (3, "id", "m1", "duplicate_id"),
        (3, "postcode", "00000", "unknown_postcode"),
        (3, "availability", "never", "availability_item"),
        (4, "postcode", "", "place_missing"),
        (4, "languages", "", "language_item"),
        (4, "availability", "", "empty_availability"),
        (4, "occupations", "", "occupation_or_generalist"),
    ]


def test_an_id_twice_names_both_lines():
    (problem,) = mentors(MENTOR, MENTOR | {"id": "m2"}, MENTOR).errors
    assert str(problem) == "f.csv:4:id: m1: an id of its own; line 2 has it already"


def test_an_id_that_a_spreadsheet_made_a_number_is_the_same_id():
    (problem,) = mentors(MENTOR | {"id": "12.0"}, MENTOR | {"id": "12"}).errors
    assert problem.code == "duplicate_id"
    assert [row.id for row in mentors(MENTOR | {"id": "012"}, MENTOR | {"id": "12"}).rows] == ["012", "12"]


def test_an_id_in_both_files_is_an_error_even_in_rows_that_are_wrong():
    givers, takers = file_of(MENTOR | {"id": "p1", "capacity": "-1"}), file_of(MENTEE, MENTEE | {"id": "p1"})
    found = people.check_both(
        people.read_mentors(givers, FewLookups(), as_of=AS_OF),
        people.read_mentees(takers, FewLookups(), as_of=AS_OF),
        givers,
        takers,
    )
    assert [str(problem) for problem in found] == [
        "f.csv:3:id: p1: an id that only one file uses; f.csv line 2 has it too"
    ]


def test_ages_are_warnings_and_the_row_counts():
    reading = mentors(
        MENTOR | {"birth_date": "1990-01-01"}, MENTOR | {"id": "m2", "birth_date": "1976-11-23"}
    )
    assert [(p.line, p.severity, p.code) for p in reading.problems] == [(2, Severity.WARNING, "young_mentor")]
    assert len(reading.rows) == 2
    assert str(reading.problems[0]).startswith(
        "f.csv:2:birth_date: 1990-01-01: warning: a mentor of 50 or more"
    )
    ages = mentees(
        *(
            MENTEE | {"id": f"e{n}", "birth_date": f"{year}-11-23"}
            for n, year in enumerate((2009, 2008, 1993, 1992))
        )
    )
    assert [p.line for p in ages.warnings] == [2, 5]
    assert ages.errors == []


def test_a_lost_zero_is_restored_with_a_warning_but_not_for_belgium():
    reading = mentors(
        MENTOR | {"postcode": "1000"}, MENTOR | {"id": "m2", "postcode": "1000", "country": "BE"}
    )
    assert [(p.line, p.code) for p in reading.problems] == [(2, "zero_restored")]
    assert [(row.postcode, row.commune_code) for row in reading.rows] == [
        ("01000", "01053"),
        ("1000", "21004"),
    ]


def test_the_commune_counts_and_both_cells_are_checked():
    reading = mentors(
        MENTOR | {"commune": "1053", "postcode": "69009"},
        MENTOR | {"id": "m2", "commune": "69389", "postcode": "00000"},
    )
    assert places_of(reading.errors) == [(3, "postcode", "00000", "unknown_postcode")]
    assert reading.rows[0].commune_code == "01053"
    without = {key: value for key, value in MENTOR.items() if key != "postcode"} | {"commune": "69389"}
    assert mentors(without).rows[0].commune_code == "69389"


def test_missing_columns_are_named_in_the_header_line():
    table = read_table(b"ident;ville\n1;Lyon\n", "f.csv")
    reading = people.read_mentees(table, FewLookups(), as_of=AS_OF)
    assert [(p.line, p.column, p.code) for p in reading.errors if p.line == 1] == [
        (1, "id", "missing_column"),
        (1, "languages", "missing_column"),
        (1, "availability", "missing_column"),
        (1, "postcode", "missing_place_column"),
    ]


def test_unknown_columns_give_one_warning():
    reading = mentors(MENTOR | {"Hobby": "x", "shoe size": "43", "group_x": "y"})
    assert [(p.column, p.value, p.code) for p in reading.warnings] == [
        ("-", "Hobby, shoe size, group_x", "unknown_columns")
    ]
    assert len(reading.rows) == 1


def test_dates_must_be_in_order():
    assert [
        p.code
        for p in mentors(MENTOR | {"available_from": "2026-12-01", "available_until": "2026-11-30"}).errors
    ] == ["date_order"]
    assert [
        p.code
        for p in mentees(MENTEE | {"waiting_since": "2026-11-02", "can_wait_until": "2026-11-01"}).errors
    ] == ["date_order"]
    assert [p.code for p in mentees(MENTEE | {"waiting_since": "2027-01-01"}).warnings] == ["in_future"]


def test_a_generalist_needs_no_occupation_and_neither_does_a_mentee():
    assert mentors(MENTOR | {"occupations": "", "generalist": "oui"}).errors == []
    assert mentees(MENTEE | {"occupations": ""}).errors == []


def test_capacity_0_is_an_answer_not_an_error():
    assert mentors(MENTOR | {"capacity": "0"}).rows[0].capacity == 0


def test_headers_come_in_any_order_case_and_accent():
    table = read_table(
        "OCCUPATIONS;Availabilîty;languages ;Id;POSTCODE\nm1805;MON-AM;FRA:c2;x;69009\n".encode(), "f"
    )
    (row,) = people.read_mentors(table, FewLookups(), as_of=AS_OF).rows
    assert (row.id, row.occupations, row.languages, row.slots) == ("x", ("M1805",), (("fr", 6),), 1)


def test_lists_are_separated_by_blanks_or_bars():
    one = mentors(
        MENTOR | {"interests": "chess, hiking", "languages": "fr:C2|ar:B1", "availability": "mon-am, sun-eve"}
    ).rows[0]
    assert one.interests == {"chess", "hiking"}
    assert one.languages == (("fr", 6), ("ar", 3))
    assert one.slots == 1 | 1 << 20
    assert mentors(MENTOR | {"interests": "board games|"}).rows[0].interests == {"board games"}


def test_an_excel_file_with_numbers_and_dates_is_read():
    header = [
        "id",
        "postcode",
        "languages",
        "availability",
        "occupations",
        "birth_date",
        "available_until",
        "max_km",
    ]
    rows = [header, [12.0, 1000, "fr:C2", "mon-am", "M1805", date(1960, 3, 15), 46400, 7.5]]
    reading = people.read_mentors(read_table(xlsx(rows), "f.xlsx"), FewLookups(), as_of=AS_OF)
    assert [p.code for p in reading.problems] == ["zero_restored", "excel_number_date"]
    (row,) = reading.rows
    assert (row.id, row.postcode, row.max_km) == ("12", "01000", 7.5)
    assert (row.birth_date, row.available_until) == (date(1960, 3, 15), date(2027, 1, 13))


def test_a_mapping_names_the_columns_of_another_file():
    table = read_table("N°;Prénom;CP;Langues;Dispo;Métier\n7;Zoé;69009;fr:C2;mon-am;M1805\n".encode(), "f")
    mapping = {
        "N°": "id",
        "Prénom": "first_name",
        "CP": "postcode",
        "Langues": "languages",
        "Dispo": "availability",
        "Métier": "occupations",
    }
    reading = people.read_mentors(table, FewLookups(), as_of=AS_OF, mapping=mapping)
    assert reading.problems == []
    assert (reading.rows[0].id, reading.rows[0].first_name) == ("7", "Zoé")
    wrong = read_table("N°;CP;Langues;Dispo;Métier\n7;00000;fr:C2;mon-am;M1805\n".encode(), "f")
    (problem,) = people.read_mentors(wrong, FewLookups(), as_of=AS_OF, mapping=mapping).errors
    assert problem.column == "CP"


def test_a_mapping_is_guessed_from_the_words_that_associations_use():
    header = [
        "Identifiant",
        "Prénom",
        "NOM",
        "Code postal",
        "Langues",
        "Disponibilités",
        "Téléphone",
        "Date de naissance",
        "id",
        "?",
    ]
    assert guess_mapping(header, people.MENTOR_COLUMNS, people.SYNONYMS) == dict(
        zip(
            header,
            [
                "id",
                "first_name",
                "last_name",
                "postcode",
                "languages",
                "availability",
                "phone",
                "birth_date",
                "",
                "",
            ],
            strict=True,
        )
    )


def test_values_that_would_break_the_line_are_shown_on_one_line():
    reading = mentors(MENTOR | {"capacity": "x" * 200})
    assert len(str(reading.errors[0])) < 120
    assert "\n" not in str(Problem("f", 2, "a", "two\nlines\t!", "yes_no"))
    assert str(Problem("f", 2, "a", "two\nlines", "yes_no")) == "f:2:a: two\\nlines: yes or no"


def test_every_message_can_be_told_and_translated():
    assert all(not text.endswith(".") for text in MESSAGES.values())
    problem = Problem("f", 1, "a", "x", "at_most", (("limit", 5),))
    assert (
        problem.expected(lambda text: text.replace("a number of at most", "un nombre d'au plus"))
        == "un nombre d'au plus 5"
    )
