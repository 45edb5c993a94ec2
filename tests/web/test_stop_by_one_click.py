"""STOP with one click (RFC 8058): what a mail carries, and what a mail program that clicks finds."""

from datetime import timedelta
from email import message_from_bytes
from email.message import Message as Mail
from typing import Any

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import people as make
from tests.web.test_messages_pages import BY, post_out, say, told
from traboule.apps.branches.models import Branch
from traboule.apps.messages import actions, queries
from traboule.apps.messages.enums import Why
from traboule.apps.messages.kinds import Kind, register_kind
from traboule.apps.messages.models import Message, Stop
from traboule.apps.messages.post import STOP_SALT, stop_in, stop_token
from traboule.apps.people.enums import Channel
from traboule.core.limits import LIMITS

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
ASKED = Kind(code="test.code", title="A code", subject="Your code", body="1234", sms="1234", urgent=True)
OWED = Kind(code="test.right", title="A right", subject="Your answer", body="Here it is.", owed=True)


@pytest.fixture(autouse=True)
def in_public(settings: Any) -> None:
    settings.TRABOULE_ADDRESS = "https://traboule.example"


def sent(index: int = 0) -> Mail:
    post_out()
    return mail.outbox[index].message()


def way_in(letter: Mail) -> str:
    address = str(letter["List-Unsubscribe"]).partition(">")[0].strip("< \n")
    return "/" + "".join(address.split()).split("/", 3)[3]


def machine() -> Client:
    """A mail program: no cookies, and no token of a form."""
    return Client(enforce_csrf_checks=True)


def test_a_mail_with_news_offers_one_click_over_https(lyon: Branch) -> None:
    message = told(make.mentee(lyon))
    letter = sent()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"] == f"<https://traboule.example/stop/{stop_token(message)}/>"
    assert stop_token(message) in str(mail.outbox[0].body)


def test_the_address_survives_the_way_through_a_mail_server(lyon: Branch) -> None:
    message = told(make.mentee(lyon))
    arrived = message_from_bytes(sent().as_bytes())
    assert stop_token(message) in str(arrived["List-Unsubscribe"])


def test_where_an_address_for_it_is_set_a_mail_does_as_well(lyon: Branch, settings: Any) -> None:
    settings.TRABOULE_STOP_MAIL = "stop@traboule.example"
    told(make.mentee(lyon))
    click, _comma, by_mail = str(sent()["List-Unsubscribe"]).replace("\n", "").partition(", ")
    assert click.startswith("<https://")
    assert by_mail.startswith("<mailto:stop@traboule.example?subject=STOP%20")


def test_without_https_nobody_is_promised_one_click(lyon: Branch, settings: Any) -> None:
    settings.TRABOULE_ADDRESS = "http://localhost:8000"
    told(make.mentee(lyon))
    letter = sent()
    assert letter["List-Unsubscribe-Post"] is None
    assert letter["List-Unsubscribe"] is not None


@pytest.mark.parametrize("kind", [ASKED, OWED])
def test_what_somebody_just_asked_for_or_is_owed_cannot_be_stopped_and_offers_it_not(
    lyon: Branch, kind: Kind
) -> None:
    register_kind(kind)
    selam = make.mentee(lyon)
    actions.tell(branch=lyon, kind=kind.code, event="1", values={}, person=selam, by=BY, now=timezone.now())
    letter = sent()
    assert letter["List-Unsubscribe"] is None
    assert letter["List-Unsubscribe-Post"] is None
    assert "/stop/" not in str(mail.outbox[0].body)


def test_one_click_without_cookie_and_token_stops_the_mails_and_twice_is_once(lyon: Branch) -> None:
    selam = make.mentee(lyon)
    told(selam)
    address = way_in(sent())
    for _click in range(2):
        assert machine().post(address, ONE_CLICK).status_code == 200
    assert Stop.objects.count() == 1
    assert told(selam, "2").reason == Why.STOPPED


def test_it_stops_this_channel_of_this_person_and_nothing_else(lyon: Branch) -> None:
    selam, omar = make.mentee(lyon, phone="+33698765432"), make.mentee(lyon)
    told(selam)
    machine().post(way_in(sent()), ONE_CLICK)
    assert queries.stopped_channels(selam) == [Channel.EMAIL]
    assert queries.stopped_channels(omar) == []


def test_a_person_who_opens_the_address_sees_a_button_and_nothing_happens_yet(
    lyon: Branch, client: Client
) -> None:
    selam = make.mentee(lyon)
    told(selam)
    page = client.get(way_in(sent()))
    assert "<button" in page.content.decode()
    assert selam.email in page.content.decode()
    assert not Stop.objects.exists()


def test_an_old_mail_still_stops_its_address_after_it_was_sent_again_elsewhere(lyon: Branch) -> None:
    selam = make.mentee(lyon, email="old@example.org")
    message = told(selam)
    address = way_in(sent())
    selam.email = "new@example.org"
    selam.save()
    message.refresh_from_db()
    actions.send_again(message=message, by=BY, now=timezone.now())
    assert machine().post(address, ONE_CLICK).status_code == 200
    assert queries.has_stopped(Channel.EMAIL, "old@example.org")
    assert not queries.has_stopped(Channel.EMAIL, "new@example.org")


def test_a_mail_to_somebody_who_was_erased_still_stops_its_address(lyon: Branch) -> None:
    selam = make.mentee(lyon, email="selam@example.org")
    told(selam)
    address = way_in(sent())
    Message.everywhere.all().delete()
    assert machine().get(address).status_code == 200
    assert machine().post(address, ONE_CLICK).status_code == 200
    assert queries.has_stopped(Channel.EMAIL, "selam@example.org")


def test_the_address_in_a_mail_of_last_year_is_still_good(lyon: Branch) -> None:
    message = told(make.mentee(lyon))
    old = signing.Signer(salt=STOP_SALT).sign(str(message.uid))
    assert stop_in(old) == (str(message.uid), "")
    assert machine().post(reverse("message_stop", args=[old]), ONE_CLICK).status_code == 200
    assert queries.has_stopped(Channel.EMAIL, message.address)


def test_whoever_changes_the_token_stops_nobody(lyon: Branch) -> None:
    token = stop_token(told(make.mentee(lyon)))
    changed = token.replace(".", ".0", 1)
    assert machine().post(reverse("message_stop", args=[changed]), ONE_CLICK).status_code == 404
    assert not Stop.objects.exists()


def test_whoever_clicks_too_often_is_asked_to_wait(lyon: Branch) -> None:
    address = reverse("message_stop", args=[stop_token(told(make.mentee(lyon)))])
    answers = [machine().post(address, ONE_CLICK) for _click in range(LIMITS["door"].address.count + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_mail_that_a_mail_program_sends_for_its_reader_stops_too(lyon: Branch, client: Client) -> None:
    selam = make.mentee(lyon)
    message = told(selam)
    token = stop_token(message)
    folded = f"STOP {token[:60]} {token[60:]}"  # mail servers fold what is long
    assert say(client, "mail_hook", {"type": "inbound", "subject": folded, "from": "x@y.org"}) == 200
    assert told(selam, "2").reason == Why.STOPPED


@pytest.mark.parametrize("subject", ["", "STOP", "STOP it", "Re: hello", "STOP a.b:c"])
def test_any_other_mail_to_that_address_stops_nobody(lyon: Branch, client: Client, subject: str) -> None:
    assert say(client, "mail_hook", {"type": "inbound", "subject": subject}) == 200
    assert not Stop.objects.exists()


def test_a_page_of_a_stop_has_no_end(lyon: Branch) -> None:
    message = told(make.mentee(lyon))
    Message.everywhere.update(created_at=timezone.now() - timedelta(days=900))
    assert machine().post(reverse("message_stop", args=[stop_token(message)]), ONE_CLICK).status_code == 200


def test_the_last_line_speaks_the_language_of_the_mail(lyon: Branch) -> None:
    told(make.mentee(lyon, contact_language="fr"))
    post_out()
    assert "No more e-mails" not in str(mail.outbox[0].body)
    assert "/stop/" in str(mail.outbox[0].body)
