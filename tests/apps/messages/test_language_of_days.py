"""Days and hours inside a message are in its language; and every reason not to send has words."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import translation

from tests.factories import applications as asking
from tests.factories import judging as app
from tests.factories import people as make
from tests.factories import sessions as at
from tests.factories import training as train
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.actions import _session_messages, talks
from traboule.apps.applications.actions.session_bookings import cancel_booking
from traboule.apps.applications.actions.sessions import cancel_session
from traboule.apps.branches.models import Branch
from traboule.apps.messages import actions
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.models import Message
from traboule.apps.training.actions import sessions as training
from traboule.core.actors import Actor

SOURCE = Path(__file__).parents[3] / "src" / "traboule"
FRENCH = re.compile(
    r"\b(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|mai|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre)\b",
    re.IGNORECASE,
)


@pytest.mark.django_db
def test_no_message_to_a_reader_of_dari_holds_a_french_day(lyon: Branch, coordinator: Actor) -> None:
    make_dari = {"contact_language": "prs"}
    waits = make.mentee(lyon, waiting_since=TODAY, can_wait_until=TODAY + timedelta(days=90), **make_dari)
    actions.pool_tick(NOW)
    of = app.application(lyon, person=make.mentee(lyon, **make_dari))
    talks.cancel_talk(talk=app.talk(of, coordinator), by=coordinator, now=NOW)
    at.booking(at.session(lyon), language="prs")
    at.booking(at.session(lyon), 1, language="prs", person=make.mentee(lyon, **make_dari))
    asking.sent(lyon, reach={**asking.ANSWERS["reach"], "contact_language": ["prs"]})
    taught = train.candidate(lyon, **make_dari)
    training.enrol(
        session=train.sitting(lyon, module=train.modules(lyon)[0], starts_at=NOW + timedelta(days=9)),
        person=taught,
        by=coordinator,
        now=NOW,
    )
    told = Message.everywhere.all()
    assert waits.messages.exists()
    kinds = set(told.values_list("kind", flat=True))
    assert {"pool.entered", "talk.planned", "session.booked", "session.reminder"} <= kinds
    assert {"application.received"} <= kinds
    for message in told:
        assert message.language == "fa-af", message.kind
        assert not FRENCH.search(message.body), (message.kind, message.body)


@pytest.mark.django_db
def test_what_names_a_day_is_stale_when_the_day_is_over(lyon: Branch, coordinator: Actor) -> None:
    session = at.session(lyon)
    cancel_booking(booking=at.booking(session), by=coordinator, now=NOW)
    at.booking(session, 1)
    cancel_session(session=session, reason="", by=coordinator, now=NOW)
    row = asking.sent(lyon)
    talks.cancel_talk(talk=app.talk(row, coordinator), by=coordinator, now=NOW)
    talks.miss_talk(talk=app.talk(app.application(lyon), coordinator), by=coordinator, now=NOW)
    told = Message.everywhere.all()
    kinds = set(told.values_list("kind", flat=True))
    assert {"session.cancelled", "session.unbooked", "application.received"} <= kinds
    assert {"talk.planned", "talk.cancelled", "talk.missed"} <= kinds
    for message in told:
        assert message.not_after is not None, message.kind
        assert message.not_after > max(message.due_at, NOW), message.kind


def test_no_code_speaks_a_contact_language_without_asking_which_pages_there_are() -> None:
    bare = re.compile(r"(?:override|activate)\([a-z_.]*contact_language")
    found = [str(path) for path in SOURCE.rglob("*.py") if bare.search(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.django_db
def test_what_is_withheld_says_why_in_words(lyon: Branch) -> None:
    booking = at.booking(at.session(lyon))
    _session_messages.withdraw(booking)
    reasons = set(Message.everywhere.filter(state=DeliveryState.WITHHELD).values_list("reason", flat=True))
    assert reasons == {Why.WITHDRAWN}
    for reason in (*reasons, actions.pool.UNDONE):
        with translation.override("en"):
            assert Why(reason).label


def test_a_reason_is_a_member_and_no_bare_word() -> None:
    bare = re.compile(r"WITHHELD, *reason=[\"\']")
    found = [str(path) for path in SOURCE.rglob("*.py") if bare.search(path.read_text("utf-8"))]
    assert found == []
