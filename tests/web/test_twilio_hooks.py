"""What Twilio tells us: a text arrived, came back, was answered with STOP. Only under its signature."""

import base64
import hashlib
import hmac
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import people as make
from tests.web.test_messages_pages import post_out, told
from traboule.apps.branches.models import Branch
from traboule.apps.messages import queries
from traboule.apps.messages.enums import DeliveryState, MessageStep, Why
from traboule.apps.messages.models import Message
from traboule.apps.messages.sms import MemoryProvider
from traboule.apps.people.enums import Channel
from traboule.apps.steps.models import OpenStep

pytestmark = pytest.mark.django_db
TOKEN, PHONE = "sesame", "+33698765432"


@pytest.fixture
def message(lyon: Branch, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Message:
    """A text that went out to Selam."""
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)  # no quiet hours
    found = told(make.mentee(lyon, channel=Channel.SMS, phone=PHONE))
    post_out()
    MemoryProvider.sent.clear()
    settings.TRABOULE_SMS_PROVIDER, settings.TRABOULE_SMS_KEY = "twilio", TOKEN
    settings.TRABOULE_ADDRESS = "https://traboule.example"
    found.refresh_from_db()
    assert found.state == DeliveryState.SENT
    return found


def say(path: str, fields: dict[str, str], token: str = TOKEN) -> int:
    plain = f"https://traboule.example{path}" + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    signature = base64.b64encode(hmac.new(token.encode(), plain.encode(), hashlib.sha1).digest()).decode()
    client = Client(enforce_csrf_checks=True)
    return client.post(path, fields, headers={"X-Twilio-Signature": signature}).status_code


def report(message: Message, status: str, code: str = "", token: str = TOKEN) -> int:
    fields = {"MessageSid": "SM1", "MessageStatus": status, "To": PHONE} | (
        {"ErrorCode": code} if code else {}
    )
    return say(f"/hooks/sms/twilio/{message.uid}/", fields, token)


def test_a_text_that_arrived_is_written_down(message: Message) -> None:
    assert [report(message, status) for status in ("sent", "delivered", "sent")] == [200, 200, 200]
    message.refresh_from_db()
    assert message.state == DeliveryState.DELIVERED


@pytest.mark.parametrize("status", ["undelivered", "failed"])
def test_a_text_that_came_back_opens_a_step_once(lyon: Branch, message: Message, status: str) -> None:
    assert [report(message, status, "30005") for _time in range(2)] == [200, 200]
    message.refresh_from_db()
    assert (message.state, message.reason, message.trouble) == (
        DeliveryState.BOUNCED,
        Why.ADDRESS_REFUSED,
        "Twilio 30005",
    )
    assert list(OpenStep.everywhere.values_list("kind", flat=True)) == [MessageStep.BOUNCED]


def test_a_text_to_somebody_who_told_twilio_stop_is_a_stop(message: Message) -> None:
    assert report(message, "failed", "21610") == 200
    assert queries.has_stopped(Channel.SMS, PHONE)


@pytest.mark.parametrize("fields", [{"Body": " Stop. "}, {"Body": "FIN", "OptOutType": "STOP"}])
def test_a_stop_in_an_answer_is_obeyed(message: Message, fields: dict[str, str]) -> None:
    assert say("/hooks/sms/twilio/", {"From": PHONE} | fields) == 200
    assert queries.has_stopped(Channel.SMS, PHONE)


def test_any_other_answer_changes_nothing(message: Message) -> None:
    assert say("/hooks/sms/twilio/", {"From": PHONE, "Body": "Merci, à jeudi"}) == 200
    assert not queries.has_stopped(Channel.SMS, PHONE)


def test_somebody_elses_signature_is_not_heard(message: Message, settings: Any) -> None:
    assert report(message, "failed", token="wrong") == 404
    assert say("/hooks/sms/twilio/", {"From": PHONE, "Body": "STOP"}, token="wrong") == 404
    settings.TRABOULE_SMS_PROVIDER = "http"  # then our key is not Twilio's
    assert report(message, "failed") == 404
    settings.TRABOULE_SMS_PROVIDER, settings.TRABOULE_SMS_KEY = "twilio", ""
    assert report(message, "failed", token="") == 404
    message.refresh_from_db()
    assert message.state == DeliveryState.SENT
    assert not queries.has_stopped(Channel.SMS, PHONE)


def test_a_report_about_nothing_we_know_finds_nothing(message: Message) -> None:
    assert say("/hooks/sms/twilio/odd/", {"MessageStatus": "delivered"}) == 404
