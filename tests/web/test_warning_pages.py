"""Duos to look at, the wall, the load, the record: for the team, each with its reasons; never for the two."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import people as make
from tests.factories import plans
from tests.factories import warning as app
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.apps.support.models import Absence, CheckIn, Look
from traboule.core.days import local_day
from traboule.kernel.warning import FEWEST

pytestmark = pytest.mark.django_db
BUDGET = 15
DAY = timedelta(days=1)
PAGES = ("duos_look", "duo_wall", "duo_load", "warning_figures")


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def well(at: Branch, **names: str) -> Duo:
    """A duo that has met on each of its Tuesdays: no reason, on whatever day the test runs."""
    today = local_day(timezone.now(), "Europe/Paris")
    duo = app.duo(at, today=today, weeks=3, **names)
    tuesdays = [duo.started_on + timedelta(weeks=week, days=1) for week in range(4)]
    app.met(duo, *(day for day in tuesdays if day < today))
    return duo


def low(at: Branch, **names: str) -> Duo:
    """The same, but the mentee judged the relation low five days ago."""
    today = local_day(timezone.now(), "Europe/Paris")
    duo = well(at, **names)
    app.rated(duo, "mentee", today - 5 * DAY, 2)
    return duo


def english(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client


def page(client: Client, name: str, *args: object, **query: str) -> Any:
    return client.get(reverse(name, args=["lyon", *args]), query, headers={"accept-language": "en"})


def test_a_duo_to_look_at_stands_with_its_reason_and_what_would_clear_it(
    lyon: Branch, sign_in: SignIn
) -> None:
    duo = low(lyon, mentee="Selam")
    well(lyon, mentee="Amina")
    client = sign_in(Role.COORDINATOR, lyon, locale="en")
    said = words(page(client, "duos_look"))
    assert "1 of 2 running duos" in said
    assert "Selam rated the relation 2.0 of 5 on" in said
    assert "Cleared by a check-in or a call with Selam that you write down." in said
    assert "Amina" not in said
    assert "Selam rated the relation 2.0 of 5 on" in words(page(client, "duo", duo.pk))
    today = words(page(client, "today"))
    assert "Duo to look at" in today
    assert "Selam rated the relation 2.0 of 5 on" in today


def test_no_badge_stands_without_its_reason(lyon: Branch, sign_in: SignIn) -> None:
    low(lyon)
    client = sign_in(Role.COORDINATOR, lyon, locale="en")
    wall = page(client, "duo_wall").content.decode()
    badges = re.findall(r'class="badge (?:waiting|urgent)">[^<]*</span>\s*([^<]*)<', wall)
    assert [text.strip() for text in badges] == ["Low rating"]


def test_who_looked_says_why_and_the_duo_rests_on_every_page(lyon: Branch, sign_in: SignIn) -> None:
    duo = low(lyon)
    client = sign_in(Role.COORDINATOR, lyon, locale="en", name="Claire")
    where = reverse("duo_look", args=["lyon", duo.pk])
    assert page(client, "duo_look", duo.pk).status_code == 200
    until = local_day(timezone.now(), "Europe/Paris") + 20 * DAY
    answer = client.post(where, {"reason": "agreed", "until_on": until.isoformat()})
    assert answer.status_code == 302
    look = Look.everywhere.get()
    assert (look.reason, look.until_on, look.looked_by.name if look.looked_by else "") == (
        "agreed",
        until,
        "Claire",
    )
    said = words(page(client, "duos_look"))
    assert "Nothing to look at." in said
    assert "1 rests: somebody looked" in said
    assert "The next step is agreed with both" in said
    assert "Duo to look at" not in words(page(client, "today"))
    assert "rests: somebody looked" in words(page(client, "duo", duo.pk))
    client.post(reverse("duo_look_end", args=["lyon", duo.pk]))
    assert "To look at" in words(page(client, "duo", duo.pk))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "", "until_on": "2999-01-01"}, "That is more than sixty days."),
        ({"reason": "agreed", "until_on": "2020-01-01"}, "Choose a day ahead."),
        ({"reason": "because", "until_on": ""}, "because"),
    ],
)
def test_wrong_input_is_said_beside_the_field_and_nothing_is_written(
    lyon: Branch, sign_in: SignIn, fields: dict[str, str], said: str
) -> None:
    duo = low(lyon)
    client = sign_in(Role.COORDINATOR, lyon, locale="en")
    answer = client.post(reverse("duo_look", args=["lyon", duo.pk]), fields)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Look.everywhere.exists()


def test_a_duo_without_a_gap_has_nothing_to_answer(lyon: Branch, sign_in: SignIn) -> None:
    duo = well(lyon)
    client = sign_in(Role.COORDINATOR, lyon, locale="en")
    assert "The facts of this duo show no gap." in words(page(client, "duo_look", duo.pk))
    until = (local_day(timezone.now(), "Europe/Paris") + DAY).isoformat()
    client.post(reverse("duo_look", args=["lyon", duo.pk]), {"reason": "agreed", "until_on": until})
    assert not Look.everywhere.exists()


def test_mentor_and_mentee_never_read_of_it(lyon: Branch, sign_in: SignIn) -> None:
    duo = low(lyon)
    places = [
        "/" + my_place_address(person=one, now=timezone.now()).split("/", 3)[3]
        for one in (duo.mentor, duo.mentee)
    ]
    for said in (words(Client().get(where, headers={"accept-language": "en"})) for where in places):
        assert "2.0 of 5" not in said
        assert "look at" not in said
    for role in (Role.MENTOR, Role.MENTEE, Role.REFERRER, Role.FUNDER):
        client = sign_in(role, lyon)
        assert [page(client, name).status_code for name in PAGES] == [403] * len(PAGES)
    assert page(sign_in(Role.COORDINATOR, make.branch(slug="lille")), "duos_look").status_code == 404


def test_the_wall_is_sorted_as_asked_and_filtered_by_who_follows(lyon: Branch, sign_in: SignIn) -> None:
    today = local_day(timezone.now(), "Europe/Paris")
    first, second, third = (
        app.duo(lyon, today=today, weeks=3, mentee=name) for name in ("Abeba", "Bilal", "Chiara")
    )
    app.met(first, today - DAY)
    app.met(second, today - 9 * DAY)
    app.rated(third, "mentor", today - 2 * DAY, 1)
    Duo.everywhere.filter(pk=first.pk).update(ends_on=today + DAY)
    client = sign_in(Role.COORDINATOR, lyon, locale="en")

    def names(**query: str) -> list[str]:
        found = re.findall(r"Abeba|Bilal|Chiara", page(client, "duo_wall", **query).content.decode())
        return list(dict.fromkeys(found))

    assert names()[0] == "Chiara"
    assert names(order="need")[0] == "Chiara"
    assert names(order="meeting") == ["Chiara", "Bilal", "Abeba"]
    assert names(order="end")[0] == "Abeba"
    assert names(owner=str(second.started_by_id)) == ["Bilal"]
    assert names(order="nonsense", owner="x") == names()


def test_a_strip_says_in_words_and_as_a_table_what_it_draws(lyon: Branch, sign_in: SignIn) -> None:
    today = local_day(timezone.now(), "Europe/Paris")
    duo = app.duo(lyon, today=today, weeks=6)
    app.met(duo, duo.started_on + DAY, duo.started_on + 8 * DAY)
    CheckIn.everywhere.create(duo=duo, month=1, due_on=today - 10 * DAY)
    plans.milestone(plans.goal(duo.mentee), "Visit a bakery", due_on=today + 3 * DAY)
    Absence.everywhere.create(
        person=duo.mentor, from_on=today - 20 * DAY, until_on=today - 15 * DAY, said_at=timezone.now()
    )
    html = page(sign_in(Role.COORDINATOR, lyon, locale="en"), "duo", duo.pk).content.decode()
    figure = html.partition('<figure class="card duo-strip">')[2].partition("</figure>")[0]
    assert "Weeks: 2 with a meeting, 0 moved, 0 missed" in figure
    assert figure.count("<tr") == 27
    assert 'class="talk late"' in figure
    assert 'class="point open"' in figure
    assert 'class="away"' in figure
    table = words(type("Page", (), {"content": figure.partition("<table")[2].encode()}))
    assert "Visit a bakery" in table
    assert "Check-in (late)" in table
    assert f"{duo.mentor.first_name} away" in table


def test_the_load_shows_the_usual_band_and_who_is_below_it(lyon: Branch, sign_in: SignIn) -> None:
    low(lyon)
    said = words(page(sign_in(Role.COORDINATOR, lyon, locale="en"), "duo_load"))
    assert "Usual are 45 to 60." in said
    assert "1 below the usual" in said


def test_the_record_says_how_many_ended_duos_are_lacking(
    lyon: Branch, sign_in: SignIn, settings: Any
) -> None:
    client = sign_in(Role.COORDINATOR, lyon, locale="en")
    assert f"{FEWEST} ended duos are lacking." in words(page(client, "warning_figures"))
    settings.TRABOULE_DEMO = True
    assert "Synthetic figures." in words(page(client, "warning_figures"))


def test_empty_pages_say_what_will_come(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon, locale="en")
    assert "Nothing to look at." in words(page(client, "duos_look"))
    assert "No running duo here." in words(page(client, "duo_wall"))
    assert "Nobody follows a running duo yet." in words(page(client, "duo_load"))


# ---- budgets


def queries(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(where).status_code == 200
    return len(seen)


def crowd(lyon: Branch, number: int) -> None:
    """So many duos more with low ratings, meetings and check-ins, copied from one without its actions."""
    today = local_day(timezone.now(), "Europe/Paris")
    sample = low(lyon)
    people = Person.everywhere.bulk_create(
        make.PersonFactory.build_batch(2 * number, branch=lyon, external_id="")
    )
    places = type(
        sample.place
    ).everywhere.bulk_create(  # type: ignore[union-attr]  # an open duo has a place
        type(sample.place)(mentor=mentor, number=1, taken_at=timezone.now(), taken_by=sample.started_by)
        for mentor in people[:number]
    )
    began = sample.started_on
    duos = Duo.everywhere.bulk_create(
        Duo(
            branch=lyon, mentor=mentor, mentee=mentee, place=place, started_on=began, ends_on=sample.ends_on,
            started_by=sample.started_by, started_at=timezone.now(),
        )
        for mentor, mentee, place in zip(people[:number], people[number:], places, strict=True)
    )  # fmt: skip
    pulse = sample.pulses.get()
    type(pulse).everywhere.bulk_create(
        type(pulse)(
            duo=duo, person=duo.mentee, side="mentee", number=1, asked_at=pulse.asked_at,
            answered_at=pulse.answered_at, trust=2,
        )
        for duo in duos
    )  # fmt: skip
    CheckIn.everywhere.bulk_create(CheckIn(duo=duo, month=1, due_on=today) for duo in duos)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_at_1_and_at_1000_duos(lyon: Branch, sign_in: SignIn, name: str) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    where = reverse(name, args=["lyon"])
    low(lyon)
    queries(client, where)
    few = queries(client, where)
    crowd(lyon, 1000)
    assert queries(client, where) == few <= BUDGET


def test_a_wall_of_forty_strips_stays_light(lyon: Branch, sign_in: SignIn) -> None:
    import gzip

    client = sign_in(Role.COORDINATOR, lyon)
    crowd(lyon, 500)
    html = client.get(reverse("duo_wall", args=["lyon"])).content
    assert html.count(b'<svg class="strip"') == 40 + 6  # the legend has six
    assert len(gzip.compress(html)) <= 30_000


def test_the_page_of_a_duo_to_look_at_stays_in_the_budget(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    where = reverse("duo", args=["lyon", low(lyon).pk])
    queries(client, where)
    assert queries(client, where) <= BUDGET
