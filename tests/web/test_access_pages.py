"""The page that says which programs read a branch."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import access as make_access
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.access.enums import Purpose
from traboule.apps.access.models import ApiToken
from traboule.apps.access.queries.tokens import token_behind
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def where(name: str, branch: Branch, *args: object) -> str:
    return reverse(name, args=[branch.slug, *args])


def said(days: int = 30) -> dict[str, str]:
    last = timezone.localdate() + timedelta(days=days)
    return {"receiver": "City of Lyon", "purpose": "funder", "last_day": last.isoformat()}


def test_the_secret_is_shown_once_and_works(sign_in: SignIn, lyon: Branch) -> None:
    client = sign_in(Role.DIRECTOR, lyon)
    answer = client.post(where("api_token_new", lyon), said())
    token = ApiToken.everywhere.get()
    page = answer.content.decode()
    secret = page.partition('<code class="ltr">')[2].partition("</code>")[0]
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")
    assert token_behind(secret, timezone.now()) == token
    assert secret not in client.get(where("api_tokens", lyon)).content.decode()
    assert f"…{token.hint}" in client.get(where("api_tokens", lyon)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"last_day": "2020-01-01"}, "This day has passed."),
        ({"last_day": "2099-01-01"}, "That is too long."),
        ({"purpose": "press"}, "press"),
        ({"receiver": ""}, "required"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field_and_nothing_is_made(
    sign_in: SignIn, lyon: Branch, wrong: dict[str, str], words: str
) -> None:
    answer = sign_in(Role.DIRECTOR, lyon).post(where("api_token_new", lyon), said() | wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ApiToken.everywhere.exists()


def test_the_latest_day_stands_in_the_form_as_browsers_read_it(sign_in: SignIn, lyon: Branch) -> None:
    client = sign_in(Role.DIRECTOR, lyon, locale="fr")
    latest = (timezone.localdate() + timedelta(days=365)).isoformat()
    assert f'value="{latest}"' in client.get(where("api_token_new", lyon)).content.decode()


def test_stopping_asks_first_and_then_holds(sign_in: SignIn, lyon: Branch) -> None:
    token, secret = make_access.token(lyon, now=timezone.now())
    client = sign_in(Role.DIRECTOR, lyon)
    address = where("api_token_stop", lyon, token.pk)
    assert "City of Lyon" in client.get(address).content.decode()
    assert token_behind(secret, timezone.now()) == token
    assert client.post(address).status_code == 302
    assert token_behind(secret, timezone.now()) is None
    assert "stopped already" in client.post(address, follow=True).content.decode()


def test_a_coordinator_reads_the_list_and_finds_no_button(sign_in: SignIn, lyon: Branch) -> None:
    token, _ = make_access.token(lyon, now=timezone.now())
    page = sign_in(Role.COORDINATOR, lyon).get(where("api_tokens", lyon)).content.decode()
    assert token.receiver in page
    assert where("api_token_new", lyon) not in page
    assert where("api_token_stop", lyon, token.pk) not in page


def test_the_list_says_what_is_over_stopped_and_never_used(sign_in: SignIn, lyon: Branch) -> None:
    make_access.token(lyon, receiver="Long ago", now=NOW - timedelta(days=900))
    page = sign_in(Role.DIRECTOR, lyon).get(where("api_tokens", lyon)).content.decode()
    assert ("over" in page, "never" in page) == (True, True)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_what_each_purpose_reads_stands_on_the_page(sign_in: SignIn, lyon: Branch, purpose: Purpose) -> None:
    page = sign_in(Role.DIRECTOR, lyon).get(where("api_token_new", lyon)).content.decode()
    assert str(purpose.label) in page
    assert "Duos: state and dates, without the people" in page


def test_the_list_costs_the_same_at_1_and_at_1_000_tokens(sign_in: SignIn, lyon: Branch) -> None:
    client = sign_in(Role.DIRECTOR, lyon)
    first, _ = make_access.token(lyon, now=timezone.now())

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(where("api_tokens", lyon)).status_code == 200
        return len(queries)

    cost()
    once = cost()
    ApiToken.everywhere.bulk_create(
        ApiToken(
            branch=lyon, purpose="own", receiver=f"R{n}", digest=f"{n:064}", hint="aaaa",
            made_at=first.made_at, made_by=None, last_day=first.last_day,
        )
        for n in range(999)
    )  # fmt: skip
    assert cost() == once <= 15


def test_the_page_for_developers_needs_no_sign_in_and_no_script_of_anybody(lyon: Branch) -> None:
    from django.test import Client

    answer = Client().get(reverse("api_docs"), **ENGLISH)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "GET /api/v1/duos" in page
    assert '<script src="http' not in page
    assert Client().get(reverse("api_openapi")).json()["openapi"].startswith("3.1")
