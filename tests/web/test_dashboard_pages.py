"""Dashboards and the fairness of the path as pages: age of the figures, pictures with their tables, notes."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import people as make
from tests.factories.boards import ended_duos
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from tests.web.test_budgets import BUDGET, queries_of
from traboule.apps.branches.models import Branch
from traboule.apps.indicators.actions.fairness import make_look
from traboule.apps.indicators.actions.snapshots import refresh_snapshots
from traboule.apps.indicators.models import FairnessNote
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role
from traboule.apps.people.queries import actor_of
from traboule.core.actors import system
from traboule.web.components.boards import FlowStep, flow

pytestmark = pytest.mark.django_db
BY = system("test")


def page(client: Client, name: str, **chosen: str) -> BeautifulSoup:
    answer = client.get(reverse(name, args=["lyon"]), chosen, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


@pytest.fixture
def full(lyon: Branch) -> Branch:
    login = make.login(Role.COORDINATOR, lyon)
    ended_duos(lyon, 20, by=login)
    ended_duos(lyon, 6, by=login, days=60)
    refresh_snapshots(branch=lyon, by=BY, now=NOW)
    return lyon


def test_without_figures_the_page_offers_to_work_them_out(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.DIRECTOR, at=lyon)
    for name in ("dashboard", "network"):
        assert "No figures yet." in page(client, name).get_text()
    answer = client.post(reverse("dashboard_refresh", args=["lyon"]))
    assert answer.status_code == 302
    assert "Nothing was written since." in page(client, "dashboard").get_text()


def test_the_page_says_that_its_figures_are_old(full: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.DIRECTOR, at=full)
    assert page(client, "dashboard").select_one(".fresh.behind") is None
    director = actor_of(make.login(Role.DIRECTOR, full))
    people.log_note(person=make.mentee(full), text="Called.", by=director, now=NOW)
    for name in ("dashboard", "network"):
        said = page(client, name).select_one(".fresh.behind")
        assert said is not None
        assert "they may have moved" in said.get_text()


def test_every_picture_has_words_and_a_table(full: Branch, sign_in: SignIn) -> None:
    soup = page(sign_in(Role.FUNDER, at=full), "dashboard", figure="reach_six_months")
    pictures = soup.select("svg[role=img]")
    assert len(pictures) >= 2
    for picture in pictures:
        assert picture["aria-label"]
        figure = picture.find_parent("figure")
        assert figure is not None
        assert figure.select_one("table") is not None
    label = str(soup.select_one("svg.flow")["aria-label"])  # type: ignore[index]  # found above
    assert "Duo: 26" in label
    assert "77 %" in soup.select_one("svg.over-time")["aria-label"]  # type: ignore[index]  # the chosen figure


def test_a_cohort_shows_only_those_who_began_then(full: Branch, sign_in: SignIn) -> None:
    ended_duos(full, 7, by=make.login(Role.COORDINATOR, full), began=NOW.date().replace(year=2024, day=1))
    refresh_snapshots(branch=full, by=BY, now=NOW)
    client = sign_in(Role.DIRECTOR, at=full)
    rows = page(client, "dashboard", cohort="2025-Q2").select("table.measures tbody tr")
    said = {row.th.get_text(): row.get_text(" ") for row in rows if row.th}
    [reach] = [text for name, text in said.items() if name.startswith("Duos that reach six months")]
    assert "77 %" in reach
    assert " 26 " in f" {reach} "


def test_pages_cost_as_many_queries_with_many_rows(lyon: Branch, sign_in: SignIn) -> None:
    client, login = sign_in(Role.DIRECTOR, at=lyon), make.login(Role.COORDINATOR, lyon)
    ended_duos(lyon, 1, by=login)
    make_look(branch=lyon, by=BY, now=NOW)
    refresh_snapshots(branch=lyon, by=BY, now=NOW)
    names = ("dashboard", "network", "fairness", "today")
    for name in ("dashboard", "today"):  # the first pages of a visit begin its session and look once a day
        client.get(reverse(name, args=["lyon"]))
    few = {name: queries_of(client, reverse(name, args=["lyon"])) for name in names}
    ended_duos(lyon, 1000, by=login)
    refresh_snapshots(branch=lyon, by=BY, now=NOW)
    many = {name: queries_of(client, reverse(name, args=["lyon"])) for name in names}
    assert many == few
    assert max(many.values()) <= BUDGET


def test_a_director_is_told_once_a_month_and_writes_what_is_done(lyon: Branch, sign_in: SignIn) -> None:
    make_look(branch=lyon, by=BY, now=NOW)
    director, coordinator = sign_in(Role.DIRECTOR, at=lyon), sign_in(Role.COORDINATOR, at=lyon)
    asks = "Is the path the same for everybody?"
    assert asks in page(director, "today").get_text()
    assert asks not in page(coordinator, "today").get_text()
    where = reverse("fairness", args=["lyon"])
    wrong = director.post(where, {"seen": "Men wait longer.", "doing": ""})
    assert wrong.status_code == 422
    assert "Men wait longer." in wrong.content.decode()
    assert not FairnessNote.everywhere.exists()
    assert director.post(where, {"seen": "Men wait longer.", "doing": "An evening."}).status_code == 302
    assert "An evening." in page(director, "fairness").get_text()
    assert asks not in page(director, "today").get_text()
    assert coordinator.get(where).status_code == 403


def test_the_page_says_what_cannot_be_said(lyon: Branch, sign_in: SignIn) -> None:
    make_look(branch=lyon, by=BY, now=NOW)
    text = page(sign_in(Role.DIRECTOR, at=lyon), "fairness").get_text()
    assert "No difference seen may mean: too few people to see one." in text
    assert "What may explain a difference:" in text


def test_the_flow_goes_around_the_step_that_some_pass_by() -> None:
    steps = [
        FlowStep("Duo", 100, 20, 10, direct=20),
        FlowStep("Six months", 50, 25, 0),
        FlowStep("Result", 45, 45, 0),
    ]
    drawn = flow(steps)
    assert drawn is not None
    heights = [node.height for node in drawn.nodes]
    assert heights == [260.0, 130.0, 117.0]
    assert [one.kind for one in drawn.ribbons] == ["on", "on", "on", "here", "stopped", "on", "here"]
    assert flow([FlowStep("Duo", 0, 0, 0), FlowStep("Result", 0, 0, 0)]) is None
    hidden = flow([FlowStep("Sent", 80, 0, 0), FlowStep("Talk", None, None, None, 0, 60)])
    assert hidden is not None
    assert hidden.nodes[1].height == pytest.approx(260 * 60 / 80)
