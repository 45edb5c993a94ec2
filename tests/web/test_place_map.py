"""Where a place is: drawn without anybody else's tiles, said in words, and honest about what is estimated."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import places
from tests.factories import sessions as make
from tests.factories import training as train
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.training.actions.sessions import dates_link, enrol
from traboule.core.actors import system
from traboule.web.components.place_map import EDGE, place_map

HEAVIEST_MAP = 6_000
LYON_9 = (45.77255, 4.80326, "Lyon 9e Arrondissement")


def map_on(response: Any, at: int = 0) -> Any:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select("figure.venue-map")[at]


def test_the_pin_stands_in_its_commune_and_the_neighbours_where_they_are() -> None:
    drawn = place_map(*LYON_9)
    by_name = {one.name: one for one in drawn.neighbours}
    assert drawn.own == "Lyon 9e"
    assert "Lyon 9e" not in by_name
    assert by_name["Lyon 1er"].x > drawn.x  # east of the ninth
    assert by_name["Lyon 5e"].y > drawn.y  # south of it
    assert {one.name for one in drawn.neighbours} <= {label.text for label in drawn.labels}


@pytest.mark.parametrize(("lat", "lon"), [(45.76, 4.83), (48.87, 2.36), (50.63, 3.05), (44.52, 3.50)])
def test_the_scale_is_true(lat: float, lon: float) -> None:
    drawn = place_map(lat, lon)
    per_km = drawn.scale_length / drawn.scale_km
    for one in drawn.neighbours:
        apart = ((one.x - drawn.x) ** 2 + (one.y - drawn.y) ** 2) ** 0.5
        assert apart == pytest.approx(one.km * per_km, abs=1.0)


@given(st.floats(42, 51), st.floats(-4.5, 8))
def test_every_point_of_the_country_has_a_map_inside_its_frame(lat: float, lon: float) -> None:
    drawn = place_map(lat, lon)
    assert all(0 < one.x < drawn.width and 0 < one.y < drawn.height for one in drawn.neighbours)
    assert 0 < drawn.scale_length < drawn.width - EDGE


@pytest.mark.django_db
def test_who_books_sees_the_place_its_words_and_that_it_is_estimated(client: Client, lyon: Branch) -> None:
    room = places.room(lyon, at=places.venue(lyon, address="25 avenue Rosa Parks & co"))
    session = make.session(lyon, starts_at=timezone.now() + timedelta(days=5), room=room)
    found = map_on(client.get(reverse("public_session", args=["lyon", session.pk]), {"as": "mentee"}))
    picture = found.svg
    assert (picture["role"], picture["direction"]) == ("img", "ltr")
    assert "Lyon 9e" in picture["aria-label"]
    assert "km)" in picture["aria-label"]
    assert "code postal" in found.figcaption.get_text()
    assert len(str(found).encode()) < HEAVIEST_MAP
    assert found.select("script, img, image, iframe, [style]") == []


@pytest.mark.django_db
def test_the_full_address_opens_elsewhere_by_a_link_that_tells_nothing_of_us(
    client: Client, lyon: Branch
) -> None:
    room = places.room(lyon, at=places.venue(lyon, address="25 avenue Rosa Parks & co"))
    session = make.session(lyon, starts_at=timezone.now() + timedelta(days=5), room=room)
    search, geo = map_on(client.get(reverse("public_session", args=["lyon", session.pk]))).select("a")
    wanted = "25+avenue+Rosa+Parks+%26+co%2C+69009+Lyon+9e"
    assert search["href"] == f"https://www.openstreetmap.org/search?query={wanted}"
    assert geo["href"] == f"geo:0,0?q={wanted}"
    for link in (search, geo):
        assert {"noopener", "noreferrer"} <= set(link["rel"])
        assert "target" not in link.attrs


@pytest.mark.django_db
def test_a_place_without_a_point_is_said_plainly_and_keeps_its_link(sign_in: SignIn, lyon: Branch) -> None:
    places.venue(lyon, name="A", latitude=None, longitude=None, postcode="", commune_name="")
    places.venue(lyon, name="B", place_estimated=False)
    page = sign_in(at=lyon).get(reverse("venues", args=["lyon"]))
    without, exact = map_on(page), map_on(page, 1)
    assert without.svg is None
    assert "We cannot draw a map" in without.figcaption.get_text()
    assert without.a["href"].startswith("https://www.openstreetmap.org/")
    assert exact.svg is not None
    assert exact.figcaption is None


@pytest.mark.django_db
def test_a_mentor_sees_each_place_of_their_dates_once(client: Client, lyon: Branch) -> None:
    now, modules = timezone.now(), train.modules(lyon)
    anne = train.candidate(lyon, contact_language="en")
    room, other = places.room(lyon), places.room(lyon)
    for number in range(3):
        at = now + timedelta(days=5 + number)
        session = train.sitting(lyon, module=modules[number], starts_at=at, room=other if number else room)
        if number < 2:
            enrol(session=session, person=anne, by=system("tests"), now=now)
    page = client.get(f"/l/{dates_link(anne, now)}/")
    assert len(BeautifulSoup(page.content, "html.parser").select("figure.venue-map")) == 2
    assert "estimated from the postcode" in map_on(page).get_text()
