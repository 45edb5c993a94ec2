"""Dashboards are drawn once per snapshot, language and branches that are seen, and say their age anew."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import people as make
from tests.factories.boards import ended_duos
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.indicators.actions.snapshots import refresh_snapshots
from traboule.apps.indicators.models import BranchSnapshot
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role
from traboule.apps.people.queries import actor_of
from traboule.core import remember
from traboule.core.actors import system
from traboule.web.coordinator import dashboard, dashboard_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]
BY = system("test")
BOTH = ("dashboard", "network")


@pytest.fixture
def lille() -> Branch:
    return filled(make.branch(slug="lille", name="Lille"), 20)


@pytest.fixture
def full(lyon: Branch) -> Branch:
    return filled(lyon, 31)


def filled(branch: Branch, number: int) -> Branch:
    ended_duos(branch, number, by=make.login(Role.COORDINATOR, branch))
    refresh_snapshots(branch=branch, by=BY, now=NOW)
    return branch


def page(client: Client, name: str, language: str = "en", at: str = "lyon", **chosen: str) -> str:
    """The page without the token against forged forms, which is new each time."""
    answer = client.get(reverse(name, args=[at]), chosen, headers={"accept-language": language})
    assert answer.status_code == 200
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", answer.content.decode())


def body(client: Client, name: str, **chosen: str) -> str:
    """Everything below the line that says from when the figures are."""
    return page(client, name, **chosen).partition('<ul class="plain figures key">')[2]


@pytest.mark.parametrize("name", BOTH)
def test_a_second_look_draws_nothing_reads_no_figures_and_shows_the_same(
    full: Branch, lille: Branch, sign_in: SignIn, name: str
) -> None:
    client = sign_in(Role.DIRECTOR)
    first = body(client, name)
    again = mock.patch.object(dashboard, "drawn", side_effect=AssertionError("drawn again"))
    with again, CaptureQueriesContext(connection) as queries:
        second = body(client, name)
    assert first
    assert first == second
    assert not [one for one in queries if '"data"' in one["sql"]]
    assert len(queries) <= 9


@pytest.mark.parametrize("name", BOTH)
def test_new_figures_are_on_the_page_at_once(full: Branch, sign_in: SignIn, name: str) -> None:
    client = sign_in(Role.DIRECTOR)
    before = body(client, name)
    ended_duos(full, 8, by=make.login(Role.COORDINATOR, full))
    assert body(client, name) == before
    refresh_snapshots(branch=full, by=BY, now=NOW)
    after = body(client, name)
    assert after != before
    remember.forget()
    assert body(client, name) == after


def test_the_page_of_all_branches_changes_with_any_of_them(
    full: Branch, lille: Branch, sign_in: SignIn
) -> None:
    client = sign_in(Role.DIRECTOR)
    before, mine = body(client, "network"), body(client, "dashboard")
    filled(lille, 9)
    assert body(client, "network") != before
    assert body(client, "dashboard") == mine


@pytest.mark.parametrize("name", BOTH)
def test_the_age_is_said_anew_on_what_was_drawn_before(
    full: Branch, lille: Branch, sign_in: SignIn, name: str
) -> None:
    client = sign_in(Role.DIRECTOR)
    assert "Nothing was written since." in page(client, name)
    director = actor_of(make.login(Role.DIRECTOR, full))
    people.log_note(person=make.mentee(full), text="Called.", by=director, now=NOW)
    with mock.patch.object(dashboard, "drawn", side_effect=AssertionError("drawn again")):
        old = page(client, name)
    assert "Something was written since: they may have moved." in old
    assert old.count("written since</span>") == (name == "network")


@pytest.mark.parametrize("name", BOTH)
def test_two_languages_never_mix(full: Branch, sign_in: SignIn, name: str) -> None:
    said = {"en": "How it is counted", "fr": "Comment c’est compté", "nl": "Hoe het geteld wordt"}
    readers = {language: sign_in(Role.DIRECTOR, at=full, locale=language) for language in said}
    alone = {}
    for language, reader in readers.items():
        remember.forget()
        alone[language] = page(reader, name, language)
    remember.forget()
    together = [{language: page(readers[language], name, language) for language in readers} for _ in range(2)]
    for language, text in alone.items():
        assert [other for other, words in said.items() if words in text] == [language]
    assert together == [alone, alone]


def test_who_sees_one_branch_is_given_nothing_of_two(full: Branch, lille: Branch, sign_in: SignIn) -> None:
    director, funder = sign_in(Role.DIRECTOR), sign_in(Role.FUNDER, at=full)
    for _ in range(2):
        assert "Lille" in body(director, "network")
        assert "Lille" not in body(funder, "network")
    mentor = sign_in(Role.MENTOR, at=full)
    assert [mentor.get(reverse(name, args=["lyon"])).status_code for name in BOTH] == [403, 403]
    assert [funder.get(reverse(name, args=["lille"])).status_code for name in BOTH] == [404, 404]


def test_a_branch_is_shown_its_own_page_and_its_own_name(
    full: Branch, lille: Branch, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard_words, "OVER_TIME", "reach_six_months")
    client = sign_in(Role.DIRECTOR)
    assert page(client, "dashboard") != page(client, "dashboard", at="lille")
    assert "Croix-Rousse" not in body(client, "network")
    full.name = "Croix-Rousse"
    full.save()
    assert body(client, "network").count("Croix-Rousse") == 3  # the picture, its words, the table


@pytest.mark.parametrize("name", BOTH)
def test_a_chosen_quarter_is_drawn_for_itself_and_leaves_the_whole_alone(
    full: Branch, sign_in: SignIn, name: str
) -> None:
    ended_duos(full, 7, by=make.login(Role.COORDINATOR, full), began=NOW.date() - timedelta(days=700))
    refresh_snapshots(branch=full, by=BY, now=NOW)
    client = sign_in(Role.DIRECTOR)
    whole = body(client, name)
    chosen = body(client, name, cohort="2025-Q2")
    assert chosen != whole
    assert body(client, name) == whole
    assert body(client, name, cohort="2025-Q2") == chosen


@pytest.mark.parametrize("name", BOTH)
def test_figures_of_another_layout_are_not_shown_as_figures(full: Branch, sign_in: SignIn, name: str) -> None:
    head = BranchSnapshot.everywhere.get(branch=full, cohort="")
    head.data["format"] = 0
    head.save(update_fields=["data"])
    client = sign_in(Role.DIRECTOR)
    for _ in range(2):
        assert "No figures yet." in page(client, name)
    refresh_snapshots(branch=full, by=BY, now=NOW)
    assert "No figures yet." not in page(client, name)
