"""What an answer is: parts in a stable order, filters, problems in one's own language, nothing sent twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema_rs import validator_for

from tests.api.conftest import Ask
from tests.api.test_scope import a_duo, agree, secret_of
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.api.v1 import description
from traboule.apps.access.enums import Purpose, Resource
from traboule.apps.access.rules import ALLOWED
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.models import Outcome
from traboule.apps.people.actions import pause_person
from traboule.apps.people.enums import ConsentPurpose
from traboule.apps.people.models import MenteeProfile, Person

pytestmark = pytest.mark.django_db
ROWS = (Resource.PEOPLE, Resource.DUOS, Resource.OUTCOMES)
MOST_QUERIES = 15


def crowd(branch: Branch, number: int) -> list[Person]:
    rows = Person.everywhere.bulk_create(make.PersonFactory.build_batch(number, branch=branch))
    MenteeProfile.everywhere.bulk_create(
        MenteeProfile(person=one, state="pool", waiting_since=make.TODAY) for one in rows
    )
    return rows


def many_duos(branch: Branch, number: int) -> None:
    example = a_duo(branch)
    by = make.login()
    duos = Duo.everywhere.bulk_create(
        Duo(
            branch=branch, mentor=example.mentor, mentee=person, state="closed", started_on=make.TODAY,
            ends_on=make.TODAY + timedelta(180), started_by=by, started_at=NOW, closed_by=by,
            closed_on=make.TODAY + timedelta(90), close_reason="completed",
        )
        for person in crowd(branch, number)
    )  # fmt: skip
    Outcome.everywhere.bulk_create(
        Outcome(
            branch=branch, person_id=duo.mentee_id, duo=duo, kind="job", contract="fixed",
            starts_on=make.TODAY, seen_on=make.TODAY, told_by="mentee", told_at=NOW,
        )
        for duo in duos
    )  # fmt: skip


@pytest.mark.parametrize("resource", ROWS)
def test_a_list_costs_the_same_at_1_and_at_1_000_rows(lyon: Branch, ask: Ask, resource: str) -> None:
    many_duos(lyon, 1)
    secret = secret_of(lyon)
    ask(secret, resource)  # the first use of the day is written down

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            found = ask(secret, f"{resource}?limit=200&changed_since=2026-01-01T00:00:00Z").json()["items"]
        return len(queries), len(found)

    few, rows = cost()
    many_duos(lyon, 1_000)
    many, more = cost()
    assert rows < 10
    assert more == 200
    assert many == few <= MOST_QUERIES


def test_parts_give_every_row_once_in_a_stable_order_also_if_rows_come_and_go(lyon: Branch, ask: Ask) -> None:
    crowd(lyon, 25)
    secret, found, cursor = secret_of(lyon), [], ""
    for turn in range(10):
        answer = ask(secret, f"people?limit=7&cursor={cursor}").json()
        assert len(answer["items"]) <= 7
        found += [row["id"] for row in answer["items"]]
        if turn == 0:
            crowd(lyon, 3)
            Person.everywhere.filter(pk=Person.everywhere.order_by("pk")[0].pk).update(
                archived_at=timezone.now()
            )
        cursor = answer["next"]
        if cursor is None:
            break
    assert len(found) == len(set(found)) == 28


def test_no_more_than_two_hundred_at_once(lyon: Branch, ask: Ask) -> None:
    secret = secret_of(lyon)
    for limit in ("0", "201", "-1", "many", ""):
        answer = ask(secret, f"people?limit={limit}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "limit"


def test_filters_choose(lyon: Branch, ask: Ask) -> None:
    duo = a_duo(lyon)
    crowd(lyon, 2)
    secret = secret_of(lyon)

    def number(path: str) -> int:
        return len(ask(secret, path).json()["items"])

    assert (number("people?side=mentor"), number("people?side=mentee")) == (1, 3)
    assert (number("people?state=pool"), number("people?state=matched")) == (3, 1)
    assert (number("people?joined_from=2026-03-03"), number("people?joined_until=2026-03-03")) == (0, 4)
    assert (number("duos?state=active"), number("duos?state=closed")) == (1, 0)
    day = duo.started_on.isoformat()
    assert (number(f"duos?started_from={day}"), number("duos?started_until=2020-01-01")) == (1, 0)
    assert (number("outcomes?kind=job"), number("outcomes?kind=study")) == (1, 0)
    assert (number("outcomes?state=told"), number("outcomes?state=verified")) == (1, 0)


def test_changed_since_misses_nothing_that_was_written(lyon: Branch, ask: Ask) -> None:
    one, _other = crowd(lyon, 2)
    Person.everywhere.update(created_at=NOW - timedelta(days=30))
    secret = secret_of(lyon)
    since = (NOW - timedelta(days=1)).isoformat().replace("+00:00", "Z")
    assert ask(secret, f"people?changed_since={since}").json()["items"] == []
    pause_person(person=one, until=None, by=make.coordinator(lyon), now=NOW)
    found = ask(secret, f"people?changed_since={since}").json()["items"]
    assert [row["mentee_state"] for row in found] == ["paused"]


def test_a_filter_that_means_nothing_here_is_refused_by_name(lyon: Branch, ask: Ask) -> None:
    answer = ask(secret_of(lyon), "people?stat=pool")
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["stat"]
    assert "state" in answer.json()["errors"][0]["expected"]


@pytest.mark.parametrize(
    "day", ["31.3.2026", "0", "2026-02-31", "1999-01-01", "２０26-01-01", "2026-01-01T00:00:00"]
)
def test_a_day_is_a_day_of_this_century(lyon: Branch, ask: Ask, day: str) -> None:
    answer = ask(secret_of(lyon), f"duos?started_from={day}")
    assert answer.status_code == 422
    assert "2026-03-31" in answer.json()["errors"][0]["expected"]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Il faut une clé"),
        ("nl-BE,fr;q=0.5", "Er is een sleutel nodig"),
        ("en", "A key is needed"),
        ("de", None),
    ],
)
def test_a_problem_is_told_in_the_language_of_the_reader(
    lyon: Branch, ask: Ask, language: str, title: str | None
) -> None:
    answer = ask("", "people", **{"accept-language": language})
    assert answer.json()["title"] == (title or "Il faut une clé")
    assert answer["Content-Language"] == language[:2] if title else "fr"


def test_a_problem_has_a_page_that_explains_it(lyon: Branch, ask: Ask) -> None:
    kind = ask("", "people").json()["type"]
    page, _, anchor = kind.partition("#")
    assert f'id="{anchor}"' in Client().get(page).content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", ["people", "duos", "outcomes", "people/0123456789abcdef"])
def test_nothing_is_written_here(lyon: Branch, method: str, path: str) -> None:
    client = Client(headers={"authorization": f"Bearer {secret_of(lyon)}"})
    answer = getattr(client, method)(f"/api/v1/{path}")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("text/html", 406), ("application/xml, text/*", 406), ("application/json;q=0", 406),
        ("*/*", 200), ("text/html, application/json;q=0.1", 200), ("application/*", 200),
    ],
)  # fmt: skip
def test_there_is_only_json(lyon: Branch, ask: Ask, accept: str, status: int) -> None:
    assert ask(secret_of(lyon), "people", accept=accept).status_code == status


@pytest.mark.parametrize("path", ["", "nothing", "v1/nobody", "v2/people", "v1/people/", "v1/people/a/b"])
def test_an_unknown_address_is_a_problem_too(db: None, path: str) -> None:
    answer = Client().get(f"/api/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_head_answers_as_get_without_a_body(lyon: Branch) -> None:
    answer = Client(headers={"authorization": f"Bearer {secret_of(lyon)}"}).head("/api/v1/people")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"]


def test_an_unchanged_list_is_not_sent_again_and_a_changed_one_is(lyon: Branch, ask: Ask) -> None:
    one = crowd(lyon, 1)[0]
    secret = secret_of(lyon)
    ask(secret, "people")
    etag = ask(secret, "people")["ETag"]
    same = ask(secret, "people", **{"if-none-match": etag})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert ask(secret, "people?limit=5", **{"if-none-match": etag}).status_code == 200
    assert ask(secret_of(lyon, receiver="Other"), "people", **{"if-none-match": etag}).status_code == 200
    pause_person(person=one, until=None, by=make.coordinator(lyon), now=NOW)
    assert ask(secret, "people", **{"if-none-match": etag}).status_code == 200


def check(value: Any, name: str) -> None:
    """Hold a value against the declared schema; a field that is not declared is an error."""
    schemas = description()["components"]["schemas"]
    text = str({"$ref": f"#/components/schemas/{name}"})
    assert text
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    errors = [error.message for error in validator_for(schema).iter_errors(value)]
    assert errors == []


@pytest.mark.parametrize("purpose", list(Purpose))
def test_each_field_of_each_answer_is_declared(lyon: Branch, ask: Ask, purpose: Purpose) -> None:
    many_duos(lyon, 3)
    for person in Person.everywhere.all():
        agree(person, *ConsentPurpose)
    secret = secret_of(lyon, purpose)
    for resource in ROWS:
        answer = ask(secret, resource)
        check(answer.json(), str(resource).title() if resource in ALLOWED[purpose] else "Problem")


def test_the_schema_lets_no_other_field_through() -> None:
    schemas = description()["components"]["schemas"]
    open_ones = [
        name
        for name, one in schemas.items()
        if one["type"] == "object" and one.get("additionalProperties", True)
    ]
    assert open_ones == []
    declared = {resource: set(schemas[shape]["properties"]) for resource, shape in SHAPES.items()}
    for fields in ALLOWED.values():
        for resource, names in fields.items():
            assert set(names) <= declared[resource]


SHAPES = {
    Resource.PEOPLE: "Person",
    Resource.DUOS: "Duo",
    Resource.OUTCOMES: "Outcome",
    Resource.INDICATORS: "Indicator",
}


def test_the_words_of_the_schema_are_those_of_the_tables() -> None:
    """A new state or kind would otherwise be a broken answer at the first row that has it."""
    from traboule.api import schemas
    from traboule.apps.duos.enums import DuoState
    from traboule.apps.duos.queries.rows import EARLY, ENDINGS
    from traboule.apps.outcomes.enums import STANDING, EvidenceGrade
    from traboule.apps.outcomes.own_enums import ContractKind, OutcomeKind
    from traboule.apps.people.enums import MenteeState, MentorState, Side

    said = {
        schemas.Side: Side.values,
        schemas.PersonState: MenteeState.values,
        schemas.MentorState: MentorState.values,
        schemas.DuoState: DuoState.values,
        schemas.Ending: [*ENDINGS.values(), EARLY],
        schemas.Kind: OutcomeKind.values,
        schemas.Contract: [one for one in ContractKind.values if one != "supported"],
        schemas.Evidence: EvidenceGrade.values,
        schemas.OutcomeState: [state.value for state in STANDING],
    }
    assert {str(one): set(one.__args__) for one in said} == {
        str(one): set(words) for one, words in said.items()
    }
