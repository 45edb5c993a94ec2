"""Links of referees and of mentors: no account, no JavaScript, nothing changes when they are read."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from tests.factories import people as make
from tests.factories import places
from tests.factories import training as train
from traboule.apps.applications.actions import references as asking
from traboule.apps.applications.models import Reference
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.models import Person
from traboule.apps.training.actions.attendance import feedback_link
from traboule.apps.training.actions.sessions import dates_link, enrol
from traboule.apps.training.enums import Presence
from traboule.apps.training.models import Attendance, Feedback
from traboule.core.links import make_link

pytestmark = pytest.mark.django_db
SAID = {"known": "over_5", "trust": "yes", "text": "She keeps her word.", "act": "answer"}


@pytest.fixture
def anne(lyon: Branch) -> Person:
    return train.candidate(lyon, first_name="Anne", last_name="Martin", contact_language="en")


def asked(anne: Person) -> tuple[Reference, str]:
    """A reference asked just now, and the address that its referee received."""
    row = train.reference(anne, now=timezone.now(), language="en")
    message = Message.everywhere.get(kind="reference.ask")
    return row, f"/l/{message.body.split('/l/')[1].split('/')[0]}/"


def said(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_a_referee_answers_without_an_account(client: Client, anne: Person) -> None:
    row, where = asked(anne)
    page = client.get(where)
    assert "Three questions about Anne Martin" in said(page)
    assert "script-src" in page.headers["Content-Security-Policy"]
    answer = client.post(where, SAID)
    row.refresh_from_db()
    assert (row.state, row.text, answer.status_code) == ("answered", "She keeps her word.", 200)
    assert "Thank you." in said(answer)


def test_reading_the_link_changes_nothing_however_often(client: Client, anne: Person) -> None:
    row, where = asked(anne)
    before = Reference.everywhere.values().get(pk=row.pk)
    for _ in range(3):
        client.get(where)
        client.head(where)
    assert Reference.everywhere.values().get(pk=row.pk) == before


def test_a_second_answer_is_thanked_for_and_not_taken(client: Client, anne: Person) -> None:
    row, where = asked(anne)
    client.post(where, SAID)
    again = client.post(where, SAID | {"trust": "no", "text": "No!"})
    row.refresh_from_db()
    assert (row.trust, row.text) == ("yes", "She keeps her word.")
    assert "It cannot be changed here." in said(again)
    assert "She keeps her word." not in said(client.get(where))  # whoever finds the link reads no answer


def test_an_unfinished_answer_keeps_what_was_typed(client: Client, anne: Person) -> None:
    _row, where = asked(anne)
    answer = client.post(where, {"text": "a long story", "act": "answer"})
    assert answer.status_code == 422
    assert "a long story" in answer.content.decode()


def test_a_referee_asks_for_a_call_and_may_still_answer(client: Client, anne: Person) -> None:
    row, where = asked(anne)
    assert "We will call you." in said(client.post(where, {"act": "call"}))
    client.post(where, SAID)
    row.refresh_from_db()
    assert row.state == "answered"


def test_a_withdrawn_forged_or_ended_link_opens_nothing(client: Client, anne: Person) -> None:
    row, where = asked(anne)
    now = timezone.now()
    past = make_link(
        right="reference.give",
        subject_type="reference",
        subject_id=row.pk,
        scope=row.branch_id,
        now=now - timedelta(days=70),
        ends_at=now - timedelta(days=10),
    )
    stranger = make_link(
        right="reference.give",
        subject_type="reference",
        subject_id=row.pk,
        scope=make.branch().pk,
        now=now,
        ends_at=now + timedelta(days=1),
    )
    for secret, status in ((past, 410), (stranger, 410), ("x" * 20, 404)):
        assert client.post(f"/l/{secret}/", SAID).status_code == status
    asking.withdraw_reference(reference=row, by=make.coordinator(anne.branch), now=now)
    assert client.post(where, SAID).status_code == 404
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_one_link_opens_one_reference_only(client: Client, anne: Person) -> None:
    _row, where = asked(anne)
    other = train.reference(train.candidate(anne.branch), now=timezone.now())
    client.post(where, SAID | {"pk": other.pk, "reference": other.pk})
    other.refresh_from_db()
    assert other.state == "asked"


def test_a_mentor_chooses_dates_and_gives_one_back(client: Client, lyon: Branch, anne: Person) -> None:
    now = timezone.now()
    modules = train.modules(lyon)
    first, second = (
        train.sitting(lyon, module=module, starts_at=now + timedelta(days=5)) for module in modules[:2]
    )
    where = f"/l/{dates_link(anne, now)}/"
    assert "Your training, Anne" in said(client.get(where))
    client.post(where, {"dates": [first.pk, second.pk]})
    seats = list(Attendance.everywhere.filter(person=anne).order_by("session"))
    assert [seat.session for seat in seats] == [first, second]
    client.post(where, {"give_back": seats[0].pk})
    assert Attendance.everywhere.get(person=anne).session == second


def test_a_mentor_takes_no_seat_that_is_not_offered_and_gives_back_no_seat_of_others(
    client: Client, lyon: Branch, anne: Person
) -> None:
    now = timezone.now()
    module = train.modules(lyon)[0]
    full = train.sitting(lyon, module=module, starts_at=now + timedelta(days=5), seats=1)
    other = train.seat(full, train.candidate(lyon), Presence.PLANNED)
    abroad = make.branch()
    elsewhere = train.sitting(abroad, module=train.modules(abroad)[0], starts_at=now + timedelta(days=5))
    where = f"/l/{dates_link(anne, now)}/"
    for wanted in (full.pk, elsewhere.pk, 0, "x"):
        assert client.post(where, {"dates": [wanted]}).status_code == 422
    client.post(where, {"give_back": other.pk})
    assert list(Attendance.everywhere.all()) == [other]


def test_feedback_is_three_taps_and_may_be_corrected(client: Client, lyon: Branch, anne: Person) -> None:
    seat = train.seat(train.sitting(lyon, module=train.modules(lyon)[0]), anne)
    where = f"/l/{feedback_link(seat, timezone.now())}/"
    assert "How was it?" in said(client.get(where))
    assert client.post(where, {"useful": "3"}).status_code == 422
    for useful in ("1", "3"):
        client.post(where, {"useful": useful, "pace": "right", "recommends": "no", "sentence": "Merci"})
    row = Feedback.everywhere.get()
    assert (row.useful, row.recommends, row.sentence) == (3, False, "Merci")


def test_an_erased_mentor_leaves_links_that_open_nothing(client: Client, lyon: Branch, anne: Person) -> None:
    from traboule.apps.training.hooks import erase

    seat = train.seat(train.sitting(lyon, module=train.modules(lyon)[0]), anne)
    now = timezone.now()
    links = [feedback_link(seat, now), dates_link(anne, now)]
    erase(anne.pk, now)
    assert [client.get(f"/l/{secret}/").status_code for secret in links] == [404, 404]


def test_a_seat_goes_into_the_calendar_of_its_holder_and_of_nobody_else(client: Client, anne: Person) -> None:
    coming = timezone.now() + timedelta(days=9)
    session = train.sitting(anne.branch, starts_at=coming)
    own = train.seat(session, anne, Presence.PLANNED)
    other = train.seat(session, make.mentor(anne.branch), Presence.PLANNED)
    where = f"/l/{dates_link(anne, timezone.now())}/"
    assert f"?calendar={own.pk}" in client.get(where).content.decode()
    file = client.get(where, {"calendar": own.pk})
    assert file.headers["Content-Type"].startswith("text/calendar")
    assert "LOCATION:La Duchère" in file.content.decode()
    assert client.get(where, {"calendar": other.pk}).status_code == 404


def test_a_mentor_reads_how_to_get_to_a_half_day(client: Client, anne: Person) -> None:
    room = places.room(anne.branch)
    room.venue.access_notes = "Ring twice."
    room.venue.save()
    session = train.sitting(anne.branch, starts_at=timezone.now() + timedelta(days=9), room=room)
    enrol(session=session, person=anne, by=make.coordinator(anne.branch), now=timezone.now())
    assert "Ring twice." in said(client.get(f"/l/{dates_link(anne, timezone.now())}/"))
    assert "Ring twice." in Message.everywhere.get(kind="training.enrolled").body
