"""Tokens: shown once, for a year at most, made by whoever holds what they read, stopped at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import access as make_access
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.access.actions.tokens import LastDayNotLegal, make_token, note_use, stop_token
from traboule.apps.access.enums import Purpose, Resource
from traboule.apps.access.models import ApiToken
from traboule.apps.access.queries.tokens import actor_behind, find_token, token_behind, tokens_of
from traboule.apps.access.rules import ALLOWED, INDICATOR, PERMISSIONS, permissions_of
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission, Role
from traboule.core.actors import Actor, ActorKind, Grant
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed, NotVisible

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def lyon(db: None) -> Branch:
    return make.branch(slug="lyon")


def director(branch: Branch) -> Actor:
    return make.actor(Role.DIRECTOR, branch)


def verbs() -> list[str]:
    return list(
        AuditEntry.objects.filter(subject_type="apitoken").order_by("pk").values_list("verb", flat=True)
    )


def test_the_secret_stands_nowhere_in_the_database(lyon: Branch) -> None:
    token, secret = make_access.token(lyon, by=director(lyon))
    row = ApiToken.everywhere.filter(pk=token.pk).values().get()
    assert secret.startswith("trb_")
    assert len(secret) == 44
    assert secret not in {str(value) for value in row.values()}
    assert row["hint"] == secret[-4:]
    logged = AuditEntry.objects.get(verb="token.made")
    assert secret not in str(logged.facts)
    assert token.receiver not in str(logged.facts)


def test_the_secret_opens_the_token_until_its_last_day(lyon: Branch) -> None:
    token, secret = make_access.token(lyon, last_day=TODAY)
    assert token_behind(secret, NOW) == token
    assert token_behind(secret, TOMORROW) is None
    assert token_behind(secret + "a", NOW) is None
    assert token_behind("", NOW) is None


def test_a_stopped_token_opens_nothing_and_stopping_twice_is_said(lyon: Branch) -> None:
    token, secret = make_access.token(lyon)
    by = director(lyon)
    assert stop_token(token=token, by=by, now=NOW) is True
    assert stop_token(token=token, by=by, now=NOW) is False
    assert token_behind(secret, NOW) is None
    assert verbs() == ["token.made", "token.stopped"]


def test_a_token_of_a_branch_that_is_closed_opens_nothing(lyon: Branch) -> None:
    _, secret = make_access.token(lyon)
    Branch.objects.filter(pk=lyon.pk).update(is_active=False)
    assert token_behind(secret, NOW) is None


@pytest.mark.parametrize("days", [-1, 366])
def test_a_last_day_has_not_passed_and_lies_within_a_year(lyon: Branch, days: int) -> None:
    with pytest.raises(LastDayNotLegal):
        make_access.token(lyon, last_day=TODAY + timedelta(days=days), by=director(lyon))
    assert not ApiToken.everywhere.exists()
    assert verbs() == []


def test_only_who_may_set_access_makes_and_stops(lyon: Branch) -> None:
    token, _ = make_access.token(lyon)
    for by in (make.coordinator(lyon), make.actor(Role.DPO, lyon)):
        with pytest.raises(NotAllowed):
            make_access.token(lyon, by=by)
        with pytest.raises(NotAllowed):
            stop_token(token=token, by=by, now=NOW)
        assert list(tokens_of(actor=by, branch=lyon)) == [token]
    lille = director(make.branch(slug="lille"))
    with pytest.raises(NotVisible):
        make_access.token(lyon, by=lille)
    with pytest.raises(NotVisible):
        find_token(actor=lille, branch=lyon, pk=token.pk)


def test_nobody_lets_a_program_read_more_than_they_read_themselves(lyon: Branch) -> None:
    narrow = Grant(frozenset({Permission.API_SET, Permission.FIGURES_SEE}), lyon.pk)
    by = Actor(ActorKind.LOGIN, make.login().pk, "", (narrow,))
    with pytest.raises(NotAllowed):
        make_access.token(lyon, Purpose.OWN, by=by)
    assert make_access.token(lyon, Purpose.WEBSITE, by=by)[0].pk


def test_the_first_use_of_a_day_is_logged_once_by_the_token_itself(lyon: Branch) -> None:
    token, secret = make_access.token(lyon)
    again = token_behind(secret, NOW)
    assert again is not None
    assert [
        note_use(token=token, now=NOW),
        note_use(token=token, now=NOW),
        note_use(token=again, now=NOW),
    ] == [
        True,
        False,
        False,
    ]
    assert note_use(token=again, now=TOMORROW) is True
    used = AuditEntry.objects.filter(verb="token.used")
    assert [(row.actor_kind, row.actor_id) for row in used] == [("token", token.pk)] * 2


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_token_holds_what_its_purpose_reads_in_its_branch_and_nothing_else(
    lyon: Branch, purpose: str
) -> None:
    token, _ = make_access.token(lyon, purpose)
    actor = actor_behind(token)
    held = {permission for permission in Permission if actor.may(permission, lyon.pk)}
    assert held == permissions_of(purpose) <= set(PERMISSIONS.values())
    assert not any(actor.may(permission, lyon.pk + 1) for permission in Permission)
    assert not any(actor.may(permission, None) for permission in Permission)


def test_the_purposes_never_name_what_nobody_may_read() -> None:
    named = {field for fields in ALLOWED.values() for names in fields.values() for field in names}
    never = {
        "birth_date",
        "email",
        "phone",
        "gender",
        "languages",
        "origin",
        "nationality",
        "health",
        "religion",
    }
    never |= {"address", "postcode", "commune", "notes", "employer", "close_reason", "groups", "reason"}
    assert not named & never
    assert all(fields.get(Resource.INDICATORS, INDICATOR) == INDICATOR for fields in ALLOWED.values())
    named_for = {p for p, fields in ALLOWED.items() if "last_name" in fields.get(Resource.PEOPLE, ())}
    assert named_for == {Purpose.OWN}


def test_the_table_refuses_an_unknown_purpose_and_a_nameless_reader(lyon: Branch) -> None:
    token, _ = make_access.token(lyon)
    for wrong in ({"purpose": "press"}, {"receiver": ""}, {"used_on": token.last_day + timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.everywhere.filter(pk=token.pk).update(**wrong)


def test_an_unknown_purpose_makes_no_token(lyon: Branch) -> None:
    with pytest.raises(ValueError):
        make_token(branch=lyon, purpose="press", receiver="x", last_day=TODAY, by=director(lyon), now=NOW)
