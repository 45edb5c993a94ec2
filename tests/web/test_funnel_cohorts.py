"""The path in figures by quarter, by information session and by the way people came."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import people as make
from tests.factories import places
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from tests.web.test_budgets import BUDGET, queries_of
from traboule.apps.applications.models import Application, Attendance, Booking, InfoSession
from traboule.apps.branches.models import Branch, Room
from traboule.apps.partners.models import Partner, Referrer
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person

pytestmark = pytest.mark.django_db


def page_of(client: Client, **chosen: str) -> BeautifulSoup:
    answer = client.get(reverse("funnel", args=["lyon"]), chosen)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def choices(page: BeautifulSoup) -> dict[str, dict[str, str]]:
    """The words of each choice, by family, with what is sent."""
    return {
        str(group["label"]): {option.get_text(): str(option["value"]) for option in group.select("option")}
        for group in page.select("select[name=cohort] optgroup")
    }


def reached(page: BeautifulSoup) -> list[str]:
    """How many reached the first step, the session and the application, as the table says it."""
    rows = page.select("table.cards tbody tr")[:3]
    return [row.select("td")[0].get_text(strip=True) for row in rows]


def applied(branch: Branch, number: int, at: datetime, **fields: Any) -> list[Application]:
    people = [make.PersonFactory(branch=branch, created_at=at) for _ in range(number)]
    dates = {"started_at": at, "saved_at": at, "sent_at": at, "moved_at": at}
    return [
        Application.everywhere.create(
            branch=branch, person=person, side="mentee", state="sent", **dates, **fields
        )
        for person in people
    ]


def held(branch: Branch, at: datetime, room: Room, guests: list[Application]) -> InfoSession:
    """An evening to which the people of these applications came."""
    session = InfoSession.everywhere.create(
        branch=branch, room=room, places=50, created_at=at, starts_at=at, ends_at=at + timedelta(hours=1)
    )
    for place, row in enumerate(guests, 1):
        booking = Booking.everywhere.create(
            session=session, first_name="G", state="booked", place=place, person=row.person, made_at=at,
            changed_at=at,
        )  # fmt: skip
        Attendance.everywhere.create(booking=booking, state="came", marked_at=at, received_at=at)
    return session


def adviser(branch: Branch, partner: str) -> Any:
    login = make.login()
    row = Partner.everywhere.create(branch=branch, name=partner, created_at=NOW)
    Referrer.everywhere.create(partner=row, login=login, invited_at=NOW)
    return login


WINTER, SPRING = datetime(2026, 1, 12, 10, tzinfo=UTC), datetime(2026, 4, 14, 10, tzinfo=UTC)


@pytest.fixture
def branch(lyon: Branch) -> Branch:
    """Twelve in winter, six of them sent by a partner; seven in spring; two evenings."""
    sent = applied(lyon, 6, WINTER, source="referrer", referred_by=adviser(lyon, "Mission locale"))
    own, later = applied(lyon, 6, WINTER), applied(lyon, 7, SPRING)
    room = places.room(lyon)
    held(lyon, WINTER, room, [*sent, *own[:1]])
    # Somebody who comes twice is of the first evening.
    held(lyon, SPRING, room, [*sent[:1], *later])
    return lyon


def test_people_are_compared_by_quarter(branch: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.DIRECTOR, at=branch)
    quarters = choices(page_of(client))["By quarter of first contact"]
    assert list(quarters) == ["quarter 2 of 2026", "quarter 1 of 2026"]
    assert reached(page_of(client, cohort="2026-Q1")) == ["12", "7", "12"]
    page = page_of(client, cohort="2026-Q2", side="mentee")
    assert reached(page) == ["7", "7", "7"]
    assert "Mentees · quarter 2 of 2026" in page.select_one("#path").get_text()
    assert "quarter 2 of 2026" in page.select_one("table.cards caption").get_text()
    assert page.select_one("#path svg[role=img]")["aria-label"].startswith("First contact: 7")


def test_people_are_compared_by_information_session(branch: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.DIRECTOR, at=branch)
    evenings = choices(page_of(client))["By information session"]
    assert list(evenings) == ["14 April 2026, 12:00", "12 January 2026, 11:00", "no information session"]
    spring, winter, none = evenings.values()
    assert reached(page_of(client, cohort=spring)) == ["7", "7", "7"]
    assert reached(page_of(client, cohort=winter)) == ["7", "7", "7"]
    assert reached(page_of(client, cohort=none))[0] == "5"


def test_people_are_compared_by_the_way_they_came(branch: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.DIRECTOR, at=branch)
    ways = choices(page_of(client))["By the way they came"]
    assert set(ways) == {"Mission locale", "On their own"}
    assert reached(page_of(client, cohort=ways["Mission locale"]))[0] == "6"
    assert reached(page_of(client, cohort=ways["On their own"]))[0] == "13"


def test_a_partner_who_sent_a_few_is_named_and_not_counted_out_loud(branch: Branch, sign_in: SignIn) -> None:
    applied(branch, 3, SPRING, source="referrer", referred_by=adviser(branch, "Small house"))
    client = sign_in(Role.DIRECTOR, at=branch)
    ways = choices(page_of(client))["By the way they came"]
    shown = {name: reached(page_of(client, cohort=code))[0] for name, code in ways.items()}
    assert shown["Small house"].startswith("·")
    # Nor does it follow from everybody less the others.
    assert sum(number.startswith("·") for number in shown.values()) == 2


def test_who_may_not_see_partners_does_not_read_their_names_here(branch: Branch, sign_in: SignIn) -> None:
    page = page_of(sign_in(Role.FUNDER, at=branch))
    assert "Mission locale" not in page.get_text()
    assert "By quarter of first contact" in choices(page)


def test_an_old_or_foreign_cohort_shows_everybody(branch: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.DIRECTOR, at=branch)
    everybody = reached(page_of(client))
    for code in ("session:999999", "way:partner-999999", "2019-Q1", "<b>"):
        assert reached(page_of(client, cohort=code)) == everybody


def test_many_sessions_and_partners_cost_no_more_queries_and_are_counted_together(
    branch: Branch, sign_in: SignIn
) -> None:
    client = sign_in(Role.DIRECTOR, at=branch)
    address = reverse("funnel", args=["lyon"])
    client.get(address)
    few = queries_of(client, address)
    room = places.room(branch)
    for n in range(30):
        at = WINTER + timedelta(days=n)
        rows = applied(branch, 1, at, source="referrer", referred_by=adviser(branch, f"Partner {n}"))
        held(branch, at, room, rows)
    assert queries_of(client, address) == few <= BUDGET
    found = choices(page_of(client))
    assert len(found["By information session"]) == 24 + 2
    assert "an earlier session" in found["By information session"]
    assert len(found["By the way they came"]) == 20 + 2
    assert "Other partners" in found["By the way they came"]


def test_one_person_with_two_requests_came_the_way_of_the_first(branch: Branch, sign_in: SignIn) -> None:
    for row in Application.everywhere.filter(source="referrer"):
        Application.everywhere.filter(pk=row.pk).update(state="refused")
        Application.everywhere.create(
            branch=branch, person=row.person, side="mentee", state="sent", source="staff",
            started_at=SPRING, saved_at=SPRING, sent_at=SPRING, moved_at=SPRING,
        )  # fmt: skip
    assert Person.everywhere.filter(applications__source="staff").count() == 6
    ways = choices(page_of(sign_in(Role.DIRECTOR, at=branch)))["By the way they came"]
    assert set(ways) == {"Mission locale", "On their own"}
