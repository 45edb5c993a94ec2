"""Two open applications of one human: the one that came further stays open, the other one waits."""

from datetime import timedelta

import pytest

from tests.factories import people as make
from tests.factories.people import NOW
from tests.factories.twins import checksum
from traboule.apps.applications.actions.talks import plan_talk
from traboule.apps.applications.models import Application, Talk
from traboule.apps.applications.rules import referral_outcome, referred_by_self
from traboule.apps.messages.models import Message
from traboule.apps.people.actions import merge_people, unmerge
from traboule.apps.people.models import Login, Person
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.models import Link

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


def two_with_talks() -> tuple[Person, Person, Talk, Talk, Actor]:
    """One human twice, and a talk planned with each; both were told of theirs."""
    lyon = make.branch()
    by = make.coordinator(lyon)
    kept, dropped = make.mentee(lyon), make.mentee(lyon)
    talks = [
        plan_talk(
            application=applied(person, "sent", days),
            starts_at=NOW + timedelta(days=3, hours=days),
            host=Login.objects.get(pk=by.id),
            others=[NOW + timedelta(days=9, hours=at) for at in range(2)],
            by=by,
            now=NOW,
        )
        for person, days in ((kept, 5), (dropped, 1))
    ]
    Message.everywhere.filter(kind="talk.planned").update(state="sent", sent_at=NOW)
    return kept, dropped, talks[0], talks[1], by


def waiting(talk: Talk) -> list[str]:
    rows = Message.everywhere.filter(state="waiting", key__contains=f":talk:{talk.pk}:")
    return sorted(rows.values_list("kind", flat=True))


def test_the_talk_of_the_second_application_is_called_off_with_news_and_holds_again_when_they_part() -> None:
    kept, dropped, stays, goes, by = two_with_talks()
    before = checksum()
    merge = merge_people(kept=kept, dropped=dropped, choices={}, by=by, now=NOW)
    goes.refresh_from_db()
    stays.refresh_from_db()
    assert (stays.state, goes.state) == ("planned", "cancelled")
    assert waiting(stays) == ["talk.reminder", "talk.reminder"]
    assert waiting(goes) == ["talk.one_is_enough"]
    assert not Link.objects.filter(subject_type="talk", subject_id=str(goes.pk), withdrawn_at=None).exists()
    assert [step.subject_id for step in OpenStep.everywhere.filter(closed_at=None)] == [stays.pk]
    news = Message.everywhere.get(kind="talk.one_is_enough")
    assert (news.person_id, news.due_at) == (kept.pk, NOW + timedelta(hours=1))
    unmerge(merge=merge, by=by, now=NOW + timedelta(minutes=20))
    assert checksum() == before
    assert waiting(goes) == ["talk.reminder", "talk.reminder"]


def test_who_was_told_that_one_talk_is_enough_is_told_again_when_both_take_place() -> None:
    kept, dropped, _stays, goes, by = two_with_talks()
    merge = merge_people(kept=kept, dropped=dropped, choices={}, by=by, now=NOW)
    later = NOW + timedelta(hours=2)
    Message.everywhere.filter(kind="talk.one_is_enough").update(state="sent", sent_at=NOW)
    unmerge(merge=merge, by=by, now=later)
    goes.refresh_from_db()
    said = Message.everywhere.get(kind="talk.one_is_enough")  # what was said is not forgotten
    assert (said.state, said.person_id, goes.state) == ("sent", dropped.pk, "planned")
    assert waiting(goes) == ["talk.planned", "talk.reminder", "talk.reminder"]
    assert Message.everywhere.get(kind="talk.planned", state="waiting").person_id == dropped.pk


def test_nobody_judges_whom_they_sent() -> None:
    assert referred_by_self(7, 7)
    assert not referred_by_self(7, 8)
    assert not referred_by_self(None, None)


@pytest.mark.parametrize("state", ["sent", "refused", "accepted", "withdrawn"])
def test_without_consent_no_state_makes_a_difference(state: str) -> None:
    said = {referral_outcome(state, mentee, may_hear=False) for mentee in (None, "pool", "matched", "left")}
    assert said == {"no_news"}
