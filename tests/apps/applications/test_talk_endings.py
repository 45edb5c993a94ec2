"""An answer before the talk: the talk is off, with news, and holds again if the answer is taken back."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import judging as app
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.actions import decisions, talks
from traboule.apps.applications.enums_judging import Outcome, Reason
from traboule.apps.applications.models import Application, Decision, Talk, TalkSlot
from traboule.apps.applications.queries.talks import free_slots, talk_behind
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.models import Login
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor, system
from traboule.core.models import Link

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=20)
ANSWERS = {
    Outcome.REFUSED: {"reason": Reason.AGE},
    Outcome.DEFERRED: {"reason": Reason.NO_PLACE, "until": TODAY + timedelta(days=30)},
}


@pytest.fixture
def lyon() -> Branch:
    return make.branch(name="Lyon")


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Claire")


@pytest.fixture
def talk(lyon: Branch, claire: Actor) -> Talk:
    """A talk in five days, told, with two other dates offered and a wish that waits."""
    planned = talks.plan_talk(
        application=app.application(lyon),
        starts_at=NOW + timedelta(days=5),
        host=Login.objects.get(pk=claire.id),
        others=[NOW + timedelta(days=6, hours=at) for at in range(2)],
        by=claire,
        now=NOW,
    )
    Message.everywhere.filter(kind="talk.planned").update(state="sent", sent_at=NOW)
    return talks.ask_another_date(talk=planned, wish="later", by=system("link"), now=NOW)


def answer(talk: Talk, by: Actor, outcome: Outcome = Outcome.REFUSED, now: Any = NOW) -> Decision:
    of = Application.everywhere.get(pk=talk.application_id)
    return decisions.decide(application=of, outcome=outcome, by=by, now=now, **ANSWERS[outcome])


def standing(talk: Talk) -> tuple[str, str]:
    fresh = Talk.everywhere.select_related("application").get(pk=talk.pk)
    return fresh.state, fresh.application.state


def waiting() -> list[str]:
    return sorted(Message.everywhere.filter(state="waiting").values_list("kind", flat=True))


def open_kinds() -> list[str]:
    return sorted(OpenStep.everywhere.filter(closed_at=None).values_list("kind", flat=True))


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.DEFERRED])
def test_an_answer_calls_the_talk_off_and_withholds_its_reminders(
    talk: Talk, claire: Actor, outcome: Outcome
) -> None:
    assert waiting() == ["talk.reminder", "talk.reminder"]
    answer(talk, claire, outcome)
    assert standing(talk) == ("cancelled", outcome)
    assert waiting() == [f"decision.{outcome}.{ANSWERS[outcome]['reason']}", "talk.called_off"]
    news = Message.everywhere.get(kind="talk.called_off")
    assert news.due_at == NOW + timedelta(hours=1)
    assert "will not take place" in news.body or "n’aura pas lieu" in news.body
    assert not Link.objects.filter(subject_type="talk", withdrawn_at=None).exists()
    assert [kind for kind in open_kinds() if kind.startswith("talk.")] == []


def test_an_answer_taken_back_leaves_the_talk_as_it_was(talk: Talk, claire: Actor) -> None:
    before = waiting(), open_kinds(), TalkSlot.everywhere.count()
    made = answer(talk, claire)
    decisions.undo_decision(decision=made, by=claire, now=SOON)
    assert standing(talk) == ("planned", "talk_planned")
    step = OpenStep.everywhere.filter(kind="decision.to_decide")
    step.delete()
    assert (waiting(), open_kinds(), TalkSlot.everywhere.count()) == before
    held = talk_behind(str(talk.pk))
    assert held is not None
    assert len(free_slots(held, SOON)) == 2
    assert Link.objects.get(subject_type="talk", withdrawn_at=None).right == "answer_talk"
    assert Message.everywhere.get(kind="talk.called_off").state == "withheld"


def test_a_second_answer_says_it_anew(talk: Talk, claire: Actor) -> None:
    decisions.undo_decision(decision=answer(talk, claire), by=claire, now=SOON)
    answer(talk, claire, Outcome.DEFERRED, now=SOON)
    assert sorted(Message.everywhere.filter(kind="talk.called_off").values_list("state", flat=True)) == [
        "waiting",
        "withheld",
    ]


def test_a_talk_that_is_near_is_called_off_at_once_and_then_planned_anew_if_the_answer_is_taken_back(
    talk: Talk, claire: Actor
) -> None:
    near = talk.starts_at - timedelta(hours=2)
    made = answer(talk, claire, now=near)
    news = Message.everywhere.filter(kind="talk.called_off")
    assert news.get().due_at == near
    news.update(state="sent", sent_at=near)
    decisions.undo_decision(decision=made, by=claire, now=near + timedelta(minutes=10))
    assert standing(talk) == ("cancelled", "sent")
    assert "talk.to_plan" in open_kinds()


def test_who_never_heard_of_the_talk_is_not_told_that_it_is_off(talk: Talk, claire: Actor) -> None:
    Message.everywhere.filter(kind="talk.planned").update(state="waiting", sent_at=None)
    answer(talk, claire)
    assert standing(talk) == ("cancelled", "refused")
    assert not Message.everywhere.filter(kind="talk.called_off").exists()


def test_a_talk_that_was_to_begin_meanwhile_is_not_put_back(talk: Talk, claire: Actor) -> None:
    made = answer(talk, claire, now=talk.starts_at - timedelta(minutes=5))
    decisions.undo_decision(decision=made, by=claire, now=talk.starts_at + timedelta(minutes=5))
    assert standing(talk) == ("cancelled", "sent")
