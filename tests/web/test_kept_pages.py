"""The page of a duo and the own place are drawn once per state of every branch they tell of."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import meetings as meet
from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.people import actions
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.rules import ROLES
from traboule.apps.support.actions.absences import say_away
from traboule.core import remember
from traboule.core.actors import Actor
from traboule.web import kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]
PLACE = "/me/"
TEN = datetime(2026, 6, 10, 10, 0, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The time that pages see; a test turns it."""
    hands = [TEN]
    monkeypatch.setattr(timezone, "now", lambda: hands[0])
    return hands


@pytest.fixture
def by(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Inès")


@pytest.fixture
def duo(lyon: Branch, by: Actor, clock: list[datetime]) -> Duo:
    found = meet.duo(lyon, by, started_on=(TEN - timedelta(days=30)).date(), now=TEN)
    meet.meeting(found, TEN + timedelta(minutes=20), now=TEN)
    return found


@pytest.fixture
def team(sign_in: SignIn, lyon: Branch, duo: Duo) -> Client:
    return sign_in(Role.DIRECTOR, lyon)


@pytest.fixture
def mentor(sign_in: SignIn, lyon: Branch, duo: Duo) -> Client:
    return sign_in(Role.MENTOR, lyon, person=duo.mentor)


def of(duo: Duo) -> str:
    return reverse("duo", args=["lyon", duo.pk])


def look(client: Client, where: str) -> tuple[str, int]:
    """The page without its tokens, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(where)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert kept.HOLE not in page
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page), len(queries)


def drawn_anew(client: Client, where: str, settings: Any) -> str:
    settings.TRABOULE_REMEMBER = False
    page, _ = look(client, where)
    settings.TRABOULE_REMEMBER = True
    return page


def test_a_second_look_costs_few_queries_and_shows_the_same(team: Client, mentor: Client, duo: Duo) -> None:
    for client, where, most in ((team, of(duo), 5), (mentor, PLACE, 6)):
        look(client, where)
        (first, _), (second, queries) = look(client, where), look(client, where)
        assert first == second
        assert queries <= most


def test_the_first_look_stays_in_the_budget(mentor: Client) -> None:
    look(mentor, "/me/?show=hear")  # the first page also renews the sign-in
    assert look(mentor, PLACE)[1] <= 15


def test_every_form_of_a_kept_page_can_be_sent(lyon: Branch, duo: Duo, settings: Any) -> None:
    settings.TRABOULE_STAFF_SECOND_FACTOR = False
    for role, person, where in ((Role.DIRECTOR, None, of(duo)), (Role.MENTOR, duo.mentor, PLACE)):
        client = Client(enforce_csrf_checks=True)
        client.force_login(make.login(role, lyon, person=person))
        for _ in range(2):  # once drawn, once kept
            page = client.get(where).content.decode()
            forms = re.findall(r'(?s)<form[^>]*method="post".*?</form>', page)
            tokens = [re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form) for form in forms]
            assert forms
            assert all(len(found) == 1 for found in tokens)
            given = {"csrfmiddlewaretoken": tokens[-1][0]}
            assert client.post("/size/", given).status_code != 403
        assert client.post("/size/", {"csrfmiddlewaretoken": kept.HOLE}).status_code == 403


def test_what_the_two_do_is_there_at_once(mentor: Client, team: Client, duo: Duo, settings: Any) -> None:
    meeting = duo.meetings.get()
    later = (TEN + timedelta(days=8)).strftime("%Y-%m-%dT%H:%M")
    acts: list[dict[str, str]] = [
        {"act": "meeting.move", "meeting": str(meeting.pk), "at": later},
        {"act": "meeting.wish", "wanted": "yes"},
        {"act": "meeting.plan", "at": (TEN + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")},
        {"act": "talk"},
    ]
    for act in acts:
        before = look(mentor, PLACE)[0], look(team, of(duo))[0]
        assert mentor.post(PLACE, act).status_code == 302, act
        mentor.get("/me/?show=hear")  # the word of thanks is read there
        after = look(mentor, PLACE)[0], look(team, of(duo))[0]
        anew = drawn_anew(mentor, PLACE, settings), drawn_anew(team, of(duo), settings)
        assert after == anew, act
        if act["act"] != "talk":
            assert after[0] != before[0], act


def test_a_meeting_that_began_meanwhile_can_be_logged_without_a_write(
    mentor: Client, clock: list[datetime]
) -> None:
    pages = []
    for minutes in (0, 14, 30):
        clock[0] = TEN + timedelta(minutes=minutes)
        pages.append(look(mentor, PLACE)[0])
    assert pages[0] == pages[1] != pages[2]
    assert ["?show=log&amp;meeting=" in page for page in pages] == [False, False, True]


def test_a_mentee_who_moved_to_another_branch_is_seen_from_the_old_one(
    mentor: Client, duo: Duo, settings: Any
) -> None:
    other = make.branch(name="Lille", slug="lille")
    mentee = duo.mentee
    mentee.branch = other
    mentee.save(update_fields=["branch"])
    look(mentor, PLACE)
    there = make.coordinator(other)
    say_away(person=mentee, by=there, now=TEN, from_on=TEN.date(), until_on=TEN.date() + timedelta(days=5))
    assert look(mentor, PLACE)[0] == drawn_anew(mentor, PLACE, settings)


def test_nobody_is_given_what_was_drawn_for_another(
    lyon: Branch, duo: Duo, sign_in: SignIn, mentor: Client
) -> None:
    mentee = sign_in(Role.MENTEE, lyon, person=duo.mentee)
    hers, his = look(mentee, PLACE)[0], look(mentor, PLACE)[0]
    assert hers != his
    actions.log_note(person=duo.mentee, text="Called.", by=make.coordinator(lyon), now=TEN)
    assert [look(mentee, PLACE)[0], look(mentor, PLACE)[0]] == [hers, his]


def test_who_may_no_longer_write_is_given_a_page_without_forms_at_once(
    lyon: Branch, duo: Duo, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = sign_in(Role.COORDINATOR, lyon)
    forms = [
        reverse(name, args=["lyon", duo.pk]) for name in ("duo_rest", "duo_agreement_draft", "duo_rhythm")
    ]
    before = look(reader, of(duo))[0]
    less = ROLES[Role.COORDINATOR] - {Permission.DUOS_WRITE}
    monkeypatch.setitem(ROLES, Role.COORDINATOR, less)
    after = look(reader, of(duo))[0]
    assert [form in before for form in forms] == [True] * 3
    assert [form in after for form in forms] == [False] * 3


def test_each_language_has_its_own_words(mentor: Client) -> None:
    english = look(mentor, PLACE)[0]
    mentor.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "fr"
    french = look(mentor, PLACE)[0]
    assert french != english


def test_a_link_has_an_address_of_its_own_and_is_not_kept(duo: Duo) -> None:
    doors = ["/" + my_place_address(person=duo.mentee, now=TEN).split("/", 3)[3] for _ in range(2)]
    held = len(remember._kept)
    for door in doors:
        look(Client(), door)
    assert len(remember._kept) == held


def test_a_page_with_a_choice_in_its_address_is_drawn_anew(mentor: Client, duo: Duo) -> None:
    held = len(remember._kept)
    for odd in (f"?duo={duo.pk}", "?duo=9", "?odd=1"):
        look(mentor, f"{PLACE}{odd}")
    assert len(remember._kept) == held
