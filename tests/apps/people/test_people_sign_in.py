"""Signing in: a code by e-mail, a second factor for staff; idle sessions end; each login its language."""

import re

import pytest
import time_machine
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from tests.factories.people import branch, login
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_lately() -> None:
    """The limit on codes per address counts across tests."""
    cache.clear()


def sign_in(client: Client, email: str) -> str:
    """Ask for a code, read it in the mail, type it; return where the browser is sent."""
    client.post(reverse("account_login"), {"email": email})
    code = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code is not None, mail.outbox[-1].body
    answer = client.post(reverse("account_confirm_login_code"), {"code": code[1]})
    return str(answer.headers["Location"])


def enrol(who: Login) -> None:
    Authenticator.objects.create(user=who, type=Authenticator.Type.TOTP, data={"secret": "x"})


def signed_in(who: Login) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_a_code_by_e_mail_opens_the_door() -> None:
    who = login(Role.MENTOR, branch(), email="paul@example.org")
    client = Client()
    assert sign_in(client, "Paul@example.org") == "/"
    assert client.session["_auth_user_id"] == str(who.pk)


def test_a_wrong_code_opens_nothing() -> None:
    login(Role.MENTOR, branch(), email="paul@example.org")
    client = Client()
    client.post(reverse("account_login"), {"email": "paul@example.org"})
    client.post(reverse("account_confirm_login_code"), {"code": "AAA-AAA"})
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_gets_no_mail_and_the_same_answer() -> None:
    login(Role.MENTOR, branch(), email="paul@example.org")
    known = Client().post(reverse("account_login"), {"email": "paul@example.org"})
    mails = len(mail.outbox)
    unknown = Client().post(reverse("account_login"), {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert (mails, len(mail.outbox)) == (1, 1)


def test_the_mail_speaks_the_language_of_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[str | None] = []
    monkeypatch.setattr(
        DefaultAccountAdapter, "send_mail", lambda *args: spoken.append(translation.get_language())
    )
    login(Role.MENTOR, branch(), email="paul@example.org", locale="fr")
    login(Role.MENTOR, branch(), email="anne@example.org", locale="en")
    for address in ("paul@example.org", "anne@example.org"):
        Client().post(reverse("account_login"), {"email": address}, headers={"accept-language": "de"})
    assert spoken == ["fr", "en"]


def test_nobody_signs_up_alone() -> None:
    Client().post(reverse("account_signup"), {"email": "new@example.org"})
    assert not Login.objects.exists()


def test_there_is_no_password_to_guess() -> None:
    who = Login.objects.create_user("Anne@Example.org", name="Anne")
    assert who.email == "anne@example.org"
    assert not who.has_usable_password()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DIRECTOR, Role.DPO, Role.ADMINISTRATOR])
def test_staff_without_a_second_factor_are_sent_to_set_one_up(role: Role) -> None:
    who = login(role, branch())
    client = signed_in(who)
    assert client.get("/b/x/today/").headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    enrol(who)
    assert client.get("/b/x/today/").status_code == 404


@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE, Role.REFERRER, Role.FUNDER])
def test_others_need_no_second_factor(role: Role) -> None:
    assert signed_in(login(role, branch())).get("/b/x/today/").status_code == 404


def test_the_page_that_sets_up_a_code_generator_opens_for_new_staff() -> None:
    client = signed_in(login(Role.COORDINATOR, branch()))
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


@override_settings(TRABOULE_STAFF_SECOND_FACTOR=False)
def test_the_demo_asks_nobody_for_a_second_factor() -> None:
    assert signed_in(login(Role.COORDINATOR, branch())).get("/b/x/today/").status_code == 404


@pytest.mark.parametrize(
    ("role", "minutes", "stays"),
    [
        (Role.COORDINATOR, 29, True),
        (Role.COORDINATOR, 32, False),
        (Role.MENTOR, 60 * 24 * 13, True),
        (Role.MENTOR, 60 * 24 * 15, False),
    ],
)
def test_an_idle_session_ends_sooner_for_staff(role: Role, minutes: int, stays: bool) -> None:
    who = login(role, branch())
    enrol(who)
    with time_machine.travel("2026-03-02T09:00:00Z", tick=False) as clock:
        client = signed_in(who)
        client.get(reverse("mfa_index"))
        clock.shift(minutes * 60)
        answer = client.get("/b/x/today/")
        assert ("_auth_user_id" in client.session) is stays
    assert (answer.status_code == 404) is stays


def test_somebody_who_keeps_reading_stays_signed_in() -> None:
    who = login(Role.COORDINATOR, branch())
    enrol(who)
    with time_machine.travel("2026-03-02T09:00:00Z", tick=False) as clock:
        client = signed_in(who)
        for _page in range(6):
            assert client.get(reverse("mfa_index")).status_code == 200
            clock.shift(20 * 60)


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_pages_speak_the_language_of_the_login_whatever_the_browser_says(locale: str) -> None:
    who = login(Role.MENTOR, branch(), locale=locale)
    other = "en" if locale == "fr" else "fr"
    answer = signed_in(who).get(reverse("mfa_index"), headers={"accept-language": other})
    assert answer.headers["Content-Language"] == locale


def test_signed_in_pages_are_kept_by_nobody() -> None:
    answer = signed_in(login(Role.MENTOR, branch())).get(reverse("mfa_index"))
    assert "no-store" in answer.headers["Cache-Control"]
