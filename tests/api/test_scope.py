"""Who reads what: never another branch, never more than the purpose, never without the consent."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.api.conftest import Ask
from tests.factories import access as make_access
from tests.factories import outcomes as make_outcome
from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.access.actions.tokens import stop_token
from traboule.apps.access.enums import Purpose, Resource
from traboule.apps.access.models import ApiToken
from traboule.apps.access.rules import ALLOWED, fields_of
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.people.actions.consents import give_consents, withdraw_consent
from traboule.apps.people.enums import ConsentPurpose, Role
from traboule.apps.people.models import Person
from traboule.core import limits
from traboule.core.actors import system
from traboule.core.limits import Rate
from traboule.core.models import AuditEntry

pytestmark = pytest.mark.django_db
ROWS = (Resource.PEOPLE, Resource.DUOS, Resource.OUTCOMES)


def secret_of(branch: Branch, purpose: str = Purpose.OWN, receiver: str = "City of Lyon") -> str:
    return make_access.token(branch, purpose, receiver=receiver, now=timezone.now())[1]


def agree(person: Person, *purposes: ConsentPurpose) -> None:
    give_consents(person=person, purposes=purposes, by=system("test"), now=NOW)


def a_duo(branch: Branch, **names: str) -> Duo:
    """A duo whose mentee found a job."""
    by = make.coordinator(branch)
    duo = pair.duo(make.mentee(branch, **names), make.mentor(branch), by)
    make_outcome.told(duo.mentee, starts_on=make.TODAY)
    return duo


@pytest.fixture
def two(lyon: Branch) -> tuple[Duo, Duo]:
    """One duo in Lyon, one in Lille, with names that no other row has."""
    lille = make.branch(slug="lille")
    return a_duo(lyon, first_name="Selamawit"), a_duo(lille, first_name="Ghirmay")


@pytest.mark.parametrize("resource", ROWS)
def test_a_token_of_lyon_never_reads_lille(two: tuple[Duo, Duo], ask: Ask, resource: str) -> None:
    ours, theirs = (secret_of(duo.branch) for duo in two)
    here, there = ask(ours, resource).json()["items"], ask(theirs, resource).json()["items"]
    assert here
    assert there
    assert not {row["id"] for row in here} & {row["id"] for row in there}
    for row in there:
        assert ask(ours, f"{resource}/{row['id']}").status_code == 404
        assert ask(theirs, f"{resource}/{row['id']}").json() == row


def test_a_name_of_another_receiver_leads_to_nobody(two: tuple[Duo, Duo], ask: Ask) -> None:
    """The leak that would matter: two receivers in one branch who join what they hold."""
    branch = two[0].branch
    one, same = secret_of(branch, receiver="City of Lyon"), secret_of(branch, receiver=" city  of LYON ")
    other = secret_of(branch, receiver="University")
    name = ask(one, "duos").json()["items"][0]["id"]
    assert ask(same, f"duos/{name}").status_code == 200
    assert ask(other, f"duos/{name}").status_code == 404
    assert ask(other, f"duos?cursor={name}").status_code == 404


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_purpose_never_yields_more_than_its_fields(
    two: tuple[Duo, Duo], ask: Ask, purpose: Purpose
) -> None:
    duo = two[0]
    for person in (duo.mentee, duo.mentor):
        agree(person, *ConsentPurpose)
    secret = secret_of(duo.branch, purpose)
    for resource in ROWS:
        answer = ask(secret, resource)
        allowed = fields_of(purpose, resource)
        assert answer.status_code == (200 if allowed else 403), resource
        for row in answer.json()["items"] if allowed else []:
            assert set(row) == set(allowed)
    everything = "".join(ask(secret, resource).content.decode() for resource in ROWS)
    assert ("Selamawit" in everything) == (purpose == Purpose.OWN)
    assert "Garage du Pont" not in everything
    assert duo.mentee.email not in everything
    assert f'"{duo.mentee_id}"' not in everything


def test_a_name_stands_only_beside_the_consent_of_its_person(two: tuple[Duo, Duo], ask: Ask) -> None:
    mentee, secret = two[0].mentee, secret_of(two[0].branch)
    assert "Selamawit" not in ask(secret, "people").content.decode()
    agree(mentee, ConsentPurpose.STATISTICS)
    assert "Selamawit" not in ask(secret, "people").content.decode()
    agree(mentee, ConsentPurpose.PROGRAMME)
    assert "Selamawit" in ask(secret, "people").content.decode()
    withdraw_consent(person=mentee, purpose=ConsentPurpose.PROGRAMME, by=system("test"), now=NOW)
    assert "Selamawit" not in ask(secret, "people").content.decode()


def test_an_evaluator_reads_only_rows_of_those_who_agreed_to_be_counted(
    two: tuple[Duo, Duo], ask: Ask
) -> None:
    duo = two[0]
    secret = secret_of(duo.branch, Purpose.EVALUATOR)
    assert [ask(secret, resource).json()["items"] for resource in ROWS] == [[], [], []]
    agree(duo.mentee, ConsentPurpose.STATISTICS)
    people, duos, outcomes = (ask(secret, resource).json()["items"] for resource in ROWS)
    assert [row["sides"] for row in people] == [["mentee"]]
    assert [(row["mentee"], row["mentor"]) for row in duos] == [(people[0]["id"], None)]
    assert [(row["person"], row["duo"]) for row in outcomes] == [(people[0]["id"], duos[0]["id"])]
    withdraw_consent(person=duo.mentee, purpose=ConsentPurpose.STATISTICS, by=system("test"), now=NOW)
    assert [ask(secret, resource).json()["items"] for resource in ROWS] == [[], [], []]


def test_rows_lead_to_each_other_under_one_token(two: tuple[Duo, Duo], ask: Ask) -> None:
    secret = secret_of(two[0].branch)
    people = {row["id"] for row in ask(secret, "people").json()["items"]}
    duo = ask(secret, "duos").json()["items"][0]
    outcome = ask(secret, "outcomes").json()["items"][0]
    assert {duo["mentor"], duo["mentee"], outcome["person"]} <= people
    assert outcome["duo"] == duo["id"]


def test_what_could_say_something_about_health_is_told_as_something_else(lyon: Branch, ask: Ask) -> None:
    duo = a_duo(lyon)
    make_outcome.told(duo.mentee, contract="supported", starts_on=make.TODAY, kind="job")
    by = make.login(Role.COORDINATOR, lyon)
    Duo.everywhere.filter(pk=duo.pk).update(
        state="closed",
        closed_on=make.TODAY + timedelta(9),
        closed_by=by,
        place=None,
        close_reason="health_or_family",
    )
    secret = secret_of(lyon)
    found = ask(secret, "duos").content + ask(secret, "outcomes").content
    assert b"supported" not in found
    assert b"health" not in found
    assert ask(secret, "duos").json()["items"][0]["ending"] == "early"


@pytest.mark.parametrize("state", ["unknown", "over", "stopped", "closed branch", "none", "not bearer"])
def test_no_key_no_row(lyon: Branch, ask: Ask, state: str) -> None:
    token, secret = make_access.token(lyon, now=timezone.now())
    assert ask(secret, "people").status_code == 200
    headers: dict[str, str] = {}
    if state == "over":
        yesterday = timezone.localdate() - timedelta(days=1)
        ApiToken.everywhere.filter(pk=token.pk).update(last_day=yesterday, used_on=None)
    elif state == "stopped":
        stop_token(token=token, by=system("test"), now=timezone.now())
    elif state == "closed branch":
        Branch.objects.filter(pk=lyon.pk).update(is_active=False)
    elif state == "not bearer":
        headers, secret = {"authorization": f"Basic {secret}"}, ""
    secret = {"unknown": "trb_" + "a" * 40, "none": ""}.get(state, secret)
    for path in ("people", "duos", "outcomes", "people/0123456789abcdef"):
        answer = ask(secret, path, **headers)
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_session_of_the_pages_opens_nothing(lyon: Branch, settings: Any) -> None:
    settings.TRABOULE_STAFF_SECOND_FACTOR = False
    client = Client()
    client.force_login(make.login(Role.ADMINISTRATOR, lyon))
    answer = client.get("/api/v1/people")
    assert answer.status_code == 401
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_other_sites_may_not_read_along(lyon: Branch, ask: Ask) -> None:
    answer = ask(secret_of(lyon), "people", origin="https://elsewhere.example")
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    asked = Client(headers={"origin": "https://elsewhere.example"}).options("/api/v1/people")
    assert asked.status_code == 405


def test_the_allowance_is_that_of_the_token_and_ends_with_a_word(
    lyon: Branch, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.OWN_LIMITS, "api", Rate(3, 60))
    first, second = secret_of(lyon), secret_of(lyon)
    codes = [ask(first, "people").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    refused = ask(first, "people")
    assert int(refused["Retry-After"]) > 0
    assert refused.json()["status"] == 429
    assert ask(second, "people").status_code == 200


def test_who_guesses_is_slowed_down_and_stops_nobody_who_reads(lyon: Branch, ask: Ask) -> None:
    secret = secret_of(lyon)
    codes = {ask("trb_guess", "people").status_code for _ in range(70)}
    assert codes == {401, 429}
    assert ask(secret, "people").status_code == 200


def test_a_day_of_reading_is_one_line_in_the_log(lyon: Branch, ask: Ask) -> None:
    secret = secret_of(lyon)
    for _ in range(3):
        ask(secret, "people")
    assert AuditEntry.objects.filter(verb="token.used").count() == 1
    assert ApiToken.everywhere.get().used_on == timezone.localdate()


def test_every_purpose_is_tried_here() -> None:
    assert set(ALLOWED) == set(Purpose)
