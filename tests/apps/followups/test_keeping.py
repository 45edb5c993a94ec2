"""Follow-ups of somebody who is erased, exported or merged, and the invented ones of the demo."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.factories import follow_ups as make_follow_up
from tests.factories import people as make
from tests.factories.follow_ups import LINK, noon
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.followups.actions.answering import say_now, send_off
from traboule.apps.followups.actions.demo import fill_demo
from traboule.apps.followups.actions.ticks import tick_follow_ups
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.own_enums import Now
from traboule.apps.followups.queries.facts import answers_of
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.apps.privacy.actions import erase_person
from traboule.apps.privacy.enums import EraseReason
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import system
from traboule.core.exporting import Hiding, sections_of
from traboule.core.models import Link

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


def erase(row: FollowUp) -> None:
    officer = make.actor(Role.DPO, row.branch)
    erase_person(person=row.person, reason=EraseReason.ASKED, by=officer, now=noon(TODAY + ONE))


def test_erased_nobody_is_asked_any_more_and_no_link_opens(lyon: Branch) -> None:
    row = make_follow_up.asked(make_follow_up.ended(lyon))
    tick_follow_ups(noon(TODAY + 3 * ONE))
    erase(FollowUp.everywhere.get())
    for after in (10, 17, 200):
        tick_follow_ups(noon(TODAY + after * ONE))
    row = FollowUp.everywhere.get(pk=row.pk)
    assert (row.state, row.why_not) == ("not_asked", "gone")
    assert not Link.objects.filter(right="follow_up.answer", withdrawn_at=None).exists()
    assert not OpenStep.everywhere.filter(kind="follow_up.call", closed_at=None).exists()


def test_erased_an_answer_still_counts_for_nobody_by_name(lyon: Branch) -> None:
    row = make_follow_up.asked(make_follow_up.ended(lyon))
    say_now(row=row, what=Now.OTHER, by=LINK, now=noon(TODAY))
    erase(row)
    tick_follow_ups(noon(TODAY + 2 * ONE))  # half an answer of somebody who is gone is not told on
    kept = FollowUp.everywhere.get()
    assert (kept.state, kept.person_id != row.person_id) == ("reached", True)
    facts = answers_of([lyon], TODAY + 2 * ONE)
    assert [str(one.answer) for one in facts[kept.duo_id]] == ["reached"]


def test_a_copy_of_the_data_holds_what_was_answered(lyon: Branch) -> None:
    row = make_follow_up.asked(make_follow_up.ended(lyon))
    say_now(row=row, what=Now.SEARCHING, by=LINK, now=noon(TODAY))
    send_off(row=row, ask_again=False, by=LINK, now=noon(TODAY))
    found = sections_of(Person, row.person_id, Hiding(("people.Person", row.person_id), {}))
    assert any(section.code == "followups.FollowUp" and section.rows for section in found)


def test_two_records_of_one_person_keep_what_each_was_asked(lyon: Branch) -> None:
    first, second = (make_follow_up.asked(make_follow_up.ended(lyon)) for _ in range(2))
    kept, dropped = first.person, second.person
    people.merge_people(kept=kept, dropped=dropped, choices={}, by=make.coordinator(lyon), now=NOW)
    tick_follow_ups(noon(TODAY + ONE))
    rows = list(FollowUp.everywhere.order_by("pk"))
    assert {row.person_id for row in rows} == {kept.pk}
    assert sorted(row.state for row in rows) == ["asked", "not_asked"]  # one question is enough


def test_the_demo_shows_every_state_that_people_see(lyon: Branch) -> None:
    for number in range(60):
        make_follow_up.ended(lyon, ended_on=TODAY - timedelta(days=170 + 4 * number), email="")
    claire = make.login(Role.COORDINATOR, lyon)
    loaded = SimpleNamespace(branches={"lyon": lyon}, coordinator=lambda slug: claire, logins={})
    fill_demo(loaded, SimpleNamespace(as_of=TODAY), system("demo"), noon(TODAY))
    states = list(FollowUp.everywhere.values_list("state", flat=True))
    assert {"asked", "to_call", "reached", "refused", "unreachable", "not_asked"} <= set(states)
    assert states.count("reached") > len(states) / 3
    assert not FollowUp.everywhere.filter(due_on__gt=TODAY).exists()
    tick_follow_ups(noon(TODAY))  # the clock finds nothing that is overdue by far
    assert FollowUp.everywhere.filter(state="due").count() == 0
