"""Talks and funders cost as many queries at 1,000 rows as at 1, and never more than 15."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import judging as app
from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.applications.models import Application, Judgement, RuleSet, Talk, TalkNotes
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Readers, Role
from traboule.apps.people.models import Login, Person

pytestmark = pytest.mark.django_db
BUDGET = 15


def add(number: int, at: Branch, by: Login, rules: RuleSet) -> None:
    """So many more people, each with an application, a talk with two views, and judgements."""
    people = Person.everywhere.bulk_create(make.PersonFactory.build_batch(number, branch=at))
    rows = Application.everywhere.bulk_create(
        Application(
            branch=at,
            person=person,
            side="mentee",
            state="talk_planned",
            started_at=NOW,
            saved_at=NOW,
            sent_at=NOW,
            moved_at=NOW,
        )
        for person in people
    )
    talks = Talk.everywhere.bulk_create(
        Talk(
            branch=at,
            application=row,
            starts_at=NOW + timedelta(days=1),
            host=by,
            second=by,
            planned_by=by,
            planned_at=NOW,
        )
        for row in rows
    )
    TalkNotes.everywhere.bulk_create(
        TalkNotes(
            talk=talk,
            assessor=by,
            readers=Readers.STAFF,
            way_pace=3,
            started_at=NOW,
            saved_at=NOW,
            finished_at=NOW,
        )
        for talk in talks
    )
    Judgement.everywhere.bulk_create(
        Judgement(
            person=person,
            rule_set=rules,
            rule_code=code,
            answer="yes",
            verdict="met",
            judged_by=by,
            judged_at=NOW,
        )
        for person in people
        for code in ("age", "place")
    )


@pytest.mark.parametrize("name", ["talks", "talk_calibration", "eligibility_rules"])
def test_a_list_costs_the_same_queries_at_1_and_at_1000_rows(
    sign_in: SignIn, lyon: Branch, name: str
) -> None:
    client, by = sign_in(Role.DIRECTOR, lyon), make.login(Role.COORDINATOR, lyon)
    rules = app.rules(lyon, make.actor(Role.DIRECTOR, lyon))
    where, counts, done = reverse(name, args=["lyon"]), [], 0
    for number in (1, 1_000):
        add(number - done, lyon, by, rules)
        done = number
        client.get(where)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(where).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert counts[1] <= BUDGET
