"""The pages of messages: list, one message, texts; the doors for people and machines outside."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.messages import actions, queries
from traboule.apps.messages.enums import DeliveryState, MessageStep, Why
from traboule.apps.messages.models import Beat, Message, Wording
from traboule.apps.messages.post import stop_address
from traboule.apps.people.enums import Channel, Role
from traboule.apps.people.models import MenteeProfile, MentorProfile, Person
from traboule.core.actors import system
from traboule.core.links import make_link

pytestmark = pytest.mark.django_db
BY = system("test")
SECRET = "for-tests-only"


def told(person: Person, event: str = "1", **changes: Any) -> Message:
    values = {"first_name": person.first_name, "day": "Tuesday 10 March", "branch": "Lyon"}
    now = timezone.now()
    actions.tell(
        branch=person.branch,
        kind="pool.news",
        event=event,
        values=values,
        person=person,
        by=BY,
        now=now,
        **changes,
    )
    return Message.everywhere.get(person=person, key__contains=f":{event}:")


def post_out() -> None:
    while actions.deliver_due(by=BY, now=timezone.now()):
        pass


def say(client: Client, door: str, words: dict[str, Any], secret: str = SECRET) -> int:
    body = json.dumps(words).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    answer = client.post(
        reverse(door), body, content_type="application/json", headers={"X-Traboule-Signature": signature}
    )
    return answer.status_code


def test_the_list_says_what_was_not_sent_and_why(lyon: Branch, sign_in: SignIn) -> None:
    told(make.mentee(lyon, first_name="Selam", channel=Channel.SMS, phone="", email=""))
    page = sign_in(Role.COORDINATOR, lyon).get(reverse("messages", args=["lyon"])).content.decode()
    assert "Selam" in page
    assert "There is no address for this channel." in page


def test_the_list_is_filtered_by_state_channel_and_person(lyon: Branch, sign_in: SignIn) -> None:
    told(make.mentee(lyon, first_name="Selam"))
    told(make.mentee(lyon, first_name="Omar", channel=Channel.LETTER))
    client = sign_in(Role.COORDINATOR, lyon)
    for query, seen in (("channel=letter", "Omar"), ("text=first", ""), ("state=failed", "")):
        page = client.get(f"{reverse('messages', args=['lyon'])}?{query}").content.decode()
        assert ("Omar" in page) == (seen == "Omar")
        assert "Selam" not in page


def test_the_list_says_when_the_worker_sleeps(lyon: Branch, sign_in: SignIn) -> None:
    client, address = sign_in(Role.COORDINATOR, lyon), reverse("messages", args=["lyon"])
    assert "has never run here" in client.get(address).content.decode()
    actions.beat(now=timezone.now())
    assert "Nothing goes out" not in client.get(address).content.decode()
    Beat.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert "Nothing goes out" in client.get(address).content.decode()


def test_a_message_is_sent_again_by_hand(lyon: Branch, sign_in: SignIn) -> None:
    message = told(make.mentee(lyon))
    post_out()
    client = sign_in(Role.COORDINATOR, lyon)
    client.post(reverse("message_act", args=["lyon", message.pk]), {"act": "again"})
    post_out()
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(("act", "state"), [("bounced", "bounced"), ("done", "delivered")])
def test_the_team_writes_down_what_became_of_a_message(
    lyon: Branch, sign_in: SignIn, act: str, state: str
) -> None:
    message = told(make.mentee(lyon))
    post_out()
    client = sign_in(Role.COORDINATOR, lyon)
    client.post(reverse("message_act", args=["lyon", message.pk]), {"act": act})
    message.refresh_from_db()
    assert message.state == state


def test_the_team_writes_stop_down_and_takes_it_back(lyon: Branch, sign_in: SignIn) -> None:
    message = told(make.mentee(lyon))
    client, address = sign_in(Role.COORDINATOR, lyon), reverse("message_act", args=["lyon", message.pk])
    client.post(address, {"act": "stop"})
    assert queries.has_stopped(Channel.EMAIL, message.address)
    client.post(address, {"act": "start"})
    assert not queries.has_stopped(Channel.EMAIL, message.address)


def test_a_letter_is_a_pdf_in_every_script(lyon: Branch, sign_in: SignIn) -> None:
    message = told(make.mentee(lyon, channel=Channel.LETTER, contact_language="ar"))
    Message.everywhere.update(body="مرحبا سلام\n\n+33 6 12 34 56 78\n\nሰላም")
    answer = sign_in(Role.COORDINATOR, lyon).get(reverse("message_letter", args=["lyon", message.pk]))
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"


def test_what_the_team_must_do_stands_on_the_page_of_today_and_leads_to_the_message(
    lyon: Branch, sign_in: SignIn
) -> None:
    message = told(make.mentee(lyon, channel=Channel.PHONE))
    post_out()
    page = sign_in(Role.COORDINATOR, lyon).get(reverse("today", args=["lyon"])).content.decode()
    assert str(MessageStep.CALL.label) in page
    assert reverse("message", args=["lyon", message.pk]) in page


def test_a_director_rewords_sees_it_and_goes_back(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.DIRECTOR, lyon)
    address = reverse("message_template_edit", args=["lyon", "pool.news", "fr"])
    words = {"subject": "Du nouveau", "body": "Salut %(first_name)s ! %(day)s", "sms": ""}
    preview = client.post(address, {**words, "act": "preview"}).content.decode()
    assert "Salut Selam ! jeudi 10 décembre" in preview
    assert not Wording.everywhere.exists()
    client.post(address, {**words, "act": "save"})
    assert Wording.everywhere.get().subject == "Du nouveau"
    client.post(address, {"act": "default"})
    assert not Wording.everywhere.exists()


def test_a_place_that_is_not_known_is_named_beside_the_field(lyon: Branch, sign_in: SignIn) -> None:
    words = {"subject": "Du nouveau", "body": "Salut %(prenom)s", "sms": "", "act": "save"}
    address = reverse("message_template_edit", args=["lyon", "pool.news", "fr"])
    answer = sign_in(Role.DIRECTOR, lyon).post(address, words)
    assert answer.status_code == 422
    assert "%(prenom)s is not known here" in answer.content.decode()


def test_a_coordinator_reads_the_texts_and_cannot_change_them(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    address = reverse("message_template", args=["lyon", "pool.news", "fr"])
    page = client.get(address)
    assert page.status_code == 200
    edit = reverse("message_template_edit", args=["lyon", "pool.news", "fr"])
    assert edit not in page.content.decode()
    assert client.post(edit, {"act": "default"}).status_code == 403


def test_a_mail_scanner_stops_nothing_and_a_press_stops_the_mails(lyon: Branch, client: Client) -> None:
    message = told(make.mentee(lyon))
    post_out()
    address = "/" + stop_address(message).split("/", 3)[3]
    assert stop_address(message) in str(mail.outbox[0].message()["List-Unsubscribe"])
    assert client.get(address).status_code == 200
    assert not queries.has_stopped(Channel.EMAIL, message.address)
    assert client.post(address).status_code == 200
    assert told(message.person, "2").reason == Why.STOPPED  # type: ignore[arg-type]  # it has one


def test_an_invented_stop_address_opens_nothing(client: Client, db: None) -> None:
    assert client.get(reverse("message_stop", args=["invented:by:somebody"])).status_code == 404


def test_a_stop_by_text_message_is_obeyed(lyon: Branch, client: Client) -> None:
    selam = make.mentee(lyon, channel=Channel.SMS, phone="+33698765432")
    assert say(client, "sms_hook", {"type": "inbound", "from": "+33698765432", "text": " Stop. "}) == 200
    assert told(selam).reason == Why.STOPPED


def test_a_text_that_is_no_stop_changes_nothing(lyon: Branch, client: Client) -> None:
    words = {"type": "inbound", "from": "+33698765432", "text": "Je ne veux pas que tu stop"}
    assert say(client, "sms_hook", words) == 200
    assert not queries.has_stopped(Channel.SMS, "+33698765432")


@pytest.mark.parametrize("door", ["sms_hook", "mail_hook"])
def test_a_door_for_machines_opens_to_the_right_signature_only(
    lyon: Branch, client: Client, settings: Any, door: str
) -> None:
    words = {"type": "inbound", "from": "+33698765432", "text": "STOP"}
    assert say(client, door, words, secret="somebody else's") == 404
    settings.TRABOULE_HOOK_SECRET = ""
    assert say(client, door, words, secret="") == 404
    assert not queries.has_stopped(Channel.SMS, "+33698765432")


def test_the_mail_server_says_that_a_mail_came_back(lyon: Branch, client: Client) -> None:
    message = told(make.mentee(lyon))
    post_out()
    words = {"type": "bounced", "message_id": f"<{message.uid}@example.org>", "reason": "550 unknown"}
    assert say(client, "mail_hook", words) == 200
    message.refresh_from_db()
    assert (message.state, message.trouble) == (DeliveryState.BOUNCED, "550 unknown")
    assert say(client, "mail_hook", {"type": "bounced", "message_id": "<x@y>"}) == 404
    assert say(client, "sms_hook", {"type": "odd", "reference": str(message.uid)}) == 400


def test_a_mentee_says_by_link_until_when_they_can_wait(lyon: Branch, client: Client) -> None:
    selam = make.mentee(lyon, first_name="Selam", contact_language="en")
    now = timezone.now()
    secret = make_link(
        right="pool.wait", subject_type="person", subject_id=selam.pk, scope=lyon.pk, now=now,
        ends_at=now + timedelta(days=3),
    )  # fmt: skip
    address = reverse("door", args=[secret])
    assert "Selam, until when can you wait?" in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"until": "2001-01-01"}).status_code == 422
    assert "Thank you" in client.post(address, {"weeks": "4"}).content.decode()
    until = MenteeProfile.everywhere.get(person=selam).can_wait_until
    assert until is not None
    assert abs((until - timezone.localdate()).days - 28) <= 1
    MenteeProfile.everywhere.update(state="matched")
    assert client.get(address).status_code == 410


def test_a_mentor_says_by_link_until_when_they_can_wait(lyon: Branch, client: Client) -> None:
    anne = make.mentor(lyon, first_name="Anne", contact_language="en")
    now = timezone.now()
    secret = make_link(
        right="pool.wait", subject_type="person", subject_id=anne.pk, scope=lyon.pk, now=now,
        ends_at=now + timedelta(days=3),
    )  # fmt: skip
    address = reverse("door", args=[secret])
    assert "Anne, until when can you wait?" in client.get(address).content.decode()
    assert client.post(address, {"until": "2001-01-01"}).status_code == 422
    assert "Thank you" in client.post(address, {"weeks": "4"}).content.decode()
    until = MentorProfile.everywhere.get(person=anne).can_wait_until
    assert until is not None
    assert abs((until - timezone.localdate()).days - 28) <= 1
    MentorProfile.everywhere.update(state="paused")
    over = client.get(address)
    assert (over.status_code, "mentor" in over.content.decode().split("<main")[1]) == (410, False)


def test_the_list_costs_the_same_queries_at_1_and_at_1000_rows(
    lyon: Branch, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    message = told(make.mentee(lyon))
    client, address = sign_in(Role.COORDINATOR, lyon), reverse("messages", args=["lyon"])
    client.get(address)
    with django_assert_max_num_queries(15) as few:
        client.get(address)
    rows = make.PersonFactory.build_batch(1000, branch=lyon)
    people = Person.everywhere.bulk_create(rows)
    Message.everywhere.bulk_create(
        Message(branch=lyon, person=person, key=f"{person.pk}:x", kind="pool.news", channel="email",
                language="fr", body="…", created_at=message.created_at, due_at=message.due_at)
        for person in people
    )  # fmt: skip
    with django_assert_max_num_queries(15) as many:
        client.get(address)
    assert len(many) == len(few)


def test_the_texts_cost_few_queries(
    lyon: Branch, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    with django_assert_max_num_queries(15):
        client.get(reverse("message_templates", args=["lyon"]))
