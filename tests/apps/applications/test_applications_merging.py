"""Two open applications of one human: the one that came further stays open, the other one waits."""

from datetime import timedelta

import pytest

from tests.factories import people as make
from tests.factories.people import NOW
from tests.factories.twins import checksum
from traboule.apps.applications.models import Application
from traboule.apps.applications.rules import referral_outcome, referred_by_self
from traboule.apps.people.actions import merge_people, unmerge
from traboule.apps.people.models import Person
from traboule.core import audit

pytestmark = pytest.mark.django_db


def applied(person: Person, state: str, days: int = 0) -> Application:
    at = NOW - timedelta(days=days)
    return Application.everywhere.create(
        branch=person.branch,
        person=person,
        side="mentee",
        state=state,
        started_at=at,
        saved_at=at,
        sent_at=at,
        moved_at=at,
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "open_one"),
    [
        (("sent", 1), ("talk_held", 0), "theirs"),
        (("sent", 1), ("sent", 5), "theirs"),
        (("sent", 5), ("sent", 1), "mine"),
    ],
)
def test_the_application_that_came_further_or_first_stays_open(
    mine: tuple[str, int], theirs: tuple[str, int], open_one: str
) -> None:
    lyon = make.branch()
    by = make.coordinator(lyon)
    kept, dropped = make.mentee(lyon), make.mentee(lyon)
    rows = {"mine": applied(kept, *mine), "theirs": applied(dropped, *theirs)}
    before = checksum()
    merge = merge_people(kept=kept, dropped=dropped, choices={}, by=by, now=NOW)
    found = {row.pk: row for row in Application.everywhere.all()}
    assert {row.person_id for row in found.values()} == {kept.pk}
    assert [found[row.pk].state == "withdrawn" for name, row in rows.items() if name != open_one] == [True]
    assert found[rows[open_one].pk].state != "withdrawn"
    assert audit.entries(lyon.pk).filter(verb="application.withdrawn").count() == 1
    unmerge(merge=merge, by=by, now=NOW)
    assert checksum() == before


def test_nobody_judges_whom_they_sent() -> None:
    assert referred_by_self(7, 7)
    assert not referred_by_self(7, 8)
    assert not referred_by_self(None, None)


@pytest.mark.parametrize("state", ["sent", "refused", "accepted", "withdrawn"])
def test_without_consent_no_state_makes_a_difference(state: str) -> None:
    said = {referral_outcome(state, mentee, may_hear=False) for mentee in (None, "pool", "matched", "left")}
    assert said == {"no_news"}
