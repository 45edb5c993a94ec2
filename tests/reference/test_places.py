"""Communes and postcodes as people type them."""

import time

import pytest

from traboule.reference import places


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Lyon 9", "69389"),
        ("lyon 9e arrondissement", "69389"),
        ("LYON 09", "69389"),
        ("Lyon 9ème", "69389"),
        ("Lyon neuvième", "69389"),
        ("Lyon 1er", "69381"),
        ("Paris 16e", "75116"),
        ("Paris 20", "75120"),
        ("paris 01", "75101"),
        ("Marseille 16", "13216"),
        ("Marseille 1er Arrondissement", "13201"),
        ("St Etienne", "42218"),
        ("saint-étienne", "42218"),
        ("STE FOY LES LYON", "69202"),
        ("l hay les roses", "94038"),
        ("Villeurbanne", "69266"),
        ("69266", "69266"),
        ("2a004", "2A004"),
        ("Bruxelles", "21004"),
        ("Brussel", "21004"),
        ("Luik", "62063"),
        ("anvers", "11002"),
    ],
)
def test_a_commune_is_found_as_people_write_it(typed, code):
    found = places.find_commune(typed)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("typed", ["", "Lyon 10", "Lyon 0", "Paris 21", "Nowhere", "99999", "   "])
def test_what_does_not_exist_is_not_found(typed):
    assert places.find_commune(typed) is None


def test_a_country_may_be_asked_for():
    assert places.find_commune("Saint-Nicolas", "BE").country == "BE"
    assert places.find_commune("Lille", "FR").code == "59350"
    assert places.by_code("21004", "FR").country == "FR"
    assert places.by_code("21004", "BE").name == "Bruxelles"


# Points of the town halls, from maps; the centre of a commune may lie a little aside.
KNOWN = [
    ("69389", 45.773, 4.803),
    ("69383", 45.760, 4.860),
    ("75113", 48.830, 2.360),
    ("13215", 43.365, 5.360),
    ("59350", 50.632, 3.060),
    ("13055", 43.297, 5.381),
    ("69266", 45.767, 4.880),
    ("2A004", 41.927, 8.737),
    ("97411", -20.882, 55.450),
]


@pytest.mark.parametrize(("code", "lat", "lon"), KNOWN)
def test_known_communes_lie_where_maps_show_them(code, lat, lon):
    found = places.by_code(code)
    assert found.lat == pytest.approx(lat, abs=0.03)
    assert found.lon == pytest.approx(lon, abs=0.03)
    assert not found.estimated


def test_the_postcode_of_an_arrondissement_is_the_arrondissement_not_the_city():
    area = places.by_postcode("69009")
    assert [commune.code for commune in area.communes] == ["69389"]
    assert not area.estimated


def test_a_postcode_of_several_communes_is_their_mean_and_says_so():
    area = places.by_postcode("69440")
    assert len(area.communes) > 1
    assert area.estimated
    assert area.lat == pytest.approx(sum(c.lat for c in area.communes) / len(area.communes))
    assert area.communes[0].population == max(c.population for c in area.communes)


def test_postcodes_belong_to_a_country():
    assert places.by_postcode("1000", "BE").communes[0].name == "Bruxelles"
    assert places.by_postcode("1000", "FR") is None
    assert places.by_postcode("69 009").postcode == "69009"
    assert places.by_postcode("99999") is None


def test_suggestions_begin_with_the_likeliest():
    assert places.search("villeurb")[0].name == "Villeurbanne"
    assert [commune.name for commune in places.search("69100")] == [
        "Villeurbanne",
        "Irigny",
    ]  # postcode first, INSEE code last
    assert places.search("st etienne", limit=3)[0].code == "42218"
    assert any(commune.name == "Évry-Courcouronnes" for commune in places.search("courcouronnes"))
    assert places.search("") == []
    assert len(places.search("saint", limit=7)) == 7


def test_the_commune_counts_before_the_postcode():
    assert places.locate("69001", "FR", "Lyon 9").code == "69389"
    assert places.locate("69001").communes[0].code == "69381"
    assert places.locate("69001", "FR", "Nowhere").communes[0].code == "69381"
    assert places.locate(None) is None


def test_every_current_commune_has_a_point_on_its_territory():
    found = places.communes("FR")
    assert len(found) == 34_963 + 45
    overseas = ("97", "98")
    for commune in found:
        if not commune.code.startswith(overseas):
            assert 41 < commune.lat < 51.2, commune
            assert -5.3 < commune.lon < 9.7, commune
    belgian = places.communes("BE")
    assert len(belgian) == 565
    assert all(49.4 < c.lat < 51.6 and 2.5 < c.lon < 6.5 for c in belgian)


def test_most_people_live_in_communes_with_a_known_point():
    found = [
        c for c in places.communes("FR") if c.code[:4] not in ("7510", "7511", "7512", "6938", "1320", "1321")
    ]
    known = sum(commune.population for commune in found if not commune.estimated)
    assert known / sum(commune.population for commune in found) > 0.88


def test_communes_of_one_postcode_lie_close_together():
    """A homonym joined by mistake would stand far away from its neighbours."""
    from traboule.reference.places import _index

    for (country, postcode), numbers in _index().by_postcode.items():
        if country == "FR" and not postcode.startswith(("97", "98")) and len(numbers) > 2:
            lats = sorted(_index().commune(number).lat for number in numbers)
            middle = lats[len(lats) // 2]
            assert max(abs(lat - middle) for lat in lats) < 0.6, postcode


def test_look_ups_are_quick_once_loaded():
    places.find_commune("Lyon 9")
    questions = [
        lambda: places.find_commune("st etienne du rouvray"),
        lambda: places.by_postcode("38000"),
        lambda: places.search("saint"),
        lambda: places.search("6"),
        lambda: places.search("zzz"),
    ]
    for question in questions:
        began = time.process_time()
        question()
        assert time.process_time() - began < 0.05


def test_around_a_point_stand_the_nearest_communes_of_both_countries_and_no_whole_city() -> None:
    lyon = places.by_postcode("69009")
    assert lyon is not None
    found = places.around(lyon.lat, lyon.lon, 8)
    assert found[0].commune.name == "Lyon 9e Arrondissement"
    assert [near.km for near in found] == sorted(near.km for near in found)
    assert "69123" not in {near.commune.code for near in found}
    lille = places.by_postcode("59200")
    assert lille is not None
    assert {near.commune.country for near in places.around(lille.lat, lille.lon, 12)} == {"FR", "BE"}


def test_far_out_at_sea_nothing_is_near() -> None:
    assert places.around(30.0, -40.0) == ()


def test_a_neighbourhood_is_found_in_the_time_of_a_page() -> None:
    places.around(45.0, 4.0)
    begun = time.perf_counter()
    for step in range(20):
        places.around(45.0 + step / 50, 3.0)
    assert (time.perf_counter() - begun) / 20 < 0.05
