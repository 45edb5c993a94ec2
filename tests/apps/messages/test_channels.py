"""Real receivers on this machine: a mail server and an SMS provider, in good and in bad mood."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from benchmarks.outbox import ROUNDS, is_good, measure
from benchmarks.receivers import free_port
from tests.apps.messages.conftest import Deliver
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.messages import actions
from traboule.apps.messages.enums import DeliveryState, MessageStep, Why
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Channel
from traboule.apps.people.models import Person
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor, system


@dataclass
class Receiver:
    """What it answers, and what it took."""

    answer: int = 202
    took: list[dict[str, Any]] = field(default_factory=list)


def told(person: Person) -> Message:
    values = {"first_name": person.first_name, "day": "Tuesday", "branch": "Lyon"}
    by = system("test")
    message = actions.tell(
        branch=person.branch, person=person, kind="pool.news", event="1", values=values, by=by, now=NOW
    )
    assert message is not None
    return message


@pytest.fixture
def provider(settings: Any) -> Iterator[Receiver]:
    receiver = Receiver()

    class Texts(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            receiver.took.append({**body, "headers": dict(self.headers)})
            self.send_response(receiver.answer)
            self.end_headers()
            self.wfile.write(b'{"id": "receipt-1"}')

        def log_message(self, format: str, *args: Any) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Texts)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TRABOULE_SMS_PROVIDER = "http"
    settings.TRABOULE_SMS_ADDRESS = f"http://127.0.0.1:{server.server_port}/send"
    settings.TRABOULE_SMS_KEY = "sesame"
    yield receiver
    server.shutdown()
    server.server_close()


@pytest.mark.django_db
def test_an_http_provider_gets_text_sender_key_and_name(
    lyon: Branch, provider: Receiver, deliver: Deliver
) -> None:
    message = told(make.mentee(lyon, channel=Channel.SMS, phone="+33698765432"))
    deliver(NOW)
    (took,) = provider.took
    assert (took["to"], took["from"], took["text"]) == ("+33698765432", "Traboule", message.body)
    assert took["headers"]["Idempotency-Key"] == took["reference"] == str(message.uid)
    assert took["headers"]["Authorization"] == "Bearer sesame"
    message.refresh_from_db()
    assert (message.state, message.receipt) == (DeliveryState.SENT, "receipt-1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "state", "why"),
    [
        (400, DeliveryState.BOUNCED, Why.ADDRESS_REFUSED),
        (422, DeliveryState.BOUNCED, Why.ADDRESS_REFUSED),
        (401, DeliveryState.WAITING, Why.SHUT_OUT),
        (429, DeliveryState.WAITING, Why.TRIES_AGAIN),
        (503, DeliveryState.WAITING, Why.TRIES_AGAIN),
    ],
)
def test_what_a_provider_answers_decides_whether_to_try_again(
    lyon: Branch, provider: Receiver, deliver: Deliver, answer: int, state: DeliveryState, why: Why
) -> None:
    provider.answer = answer
    message = told(make.mentee(lyon, channel=Channel.SMS))
    deliver(NOW)
    message.refresh_from_db()
    assert (message.state, message.reason) == (state, why)


@pytest.mark.django_db
def test_a_provider_that_is_not_there_is_tried_again(lyon: Branch, deliver: Deliver, settings: Any) -> None:
    settings.TRABOULE_SMS_PROVIDER = "http"
    settings.TRABOULE_SMS_ADDRESS = f"http://127.0.0.1:{free_port()}/send"
    message = told(make.mentee(lyon, channel=Channel.SMS))
    deliver(NOW)
    message.refresh_from_db()
    assert (message.state, message.trouble) == (DeliveryState.WAITING, "ConnectError")


@pytest.fixture
def mail_server(settings: Any) -> Iterator[Receiver]:
    receiver = Receiver(answer=250)

    class Letters:
        async def handle_RCPT(
            self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
        ) -> str:
            if receiver.answer != 250:
                return f"{receiver.answer} says no"
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            receiver.took.append({"to": envelope.rcpt_tos, "content": envelope.content.decode()})
            return "250 OK"

    server = Controller(Letters(), hostname="127.0.0.1", port=free_port(), ready_timeout=30)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield receiver
    server.stop()


@pytest.mark.django_db
def test_two_mails_go_out_over_one_line_each_with_its_own_name(
    lyon: Branch, mail_server: Receiver, deliver: Deliver
) -> None:
    messages = [told(make.mentee(lyon)) for _ in range(2)]
    deliver(NOW)
    assert [str(m.uid) in took["content"] for m, took in zip(messages, mail_server.took, strict=True)] == [
        True,
        True,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "state"), [(550, DeliveryState.BOUNCED), (451, DeliveryState.WAITING)])
def test_an_address_that_a_mail_server_refuses_comes_back_and_a_full_box_is_tried_again(
    lyon: Branch, mail_server: Receiver, deliver: Deliver, answer: int, state: DeliveryState
) -> None:
    mail_server.answer = answer
    selam = make.mentee(lyon)
    message = told(selam)
    deliver(NOW)
    message.refresh_from_db()
    assert message.state == state
    steps = [MessageStep.BOUNCED] if state == DeliveryState.BOUNCED else []
    assert list(OpenStep.everywhere.filter(person=selam).values_list("kind", flat=True)) == steps


@pytest.mark.slow
def test_a_worker_that_is_killed_at_every_step_loses_nothing_and_doubles_nothing(own_database: str) -> None:
    figures = measure(own_database, messages=8)
    assert is_good(figures), figures
    assert figures["kills_by_step"] == dict.fromkeys(ROUNDS, 8)
    assert figures["copies_known_by_id"] > 0


def test_a_text_message_to_a_landline_is_a_call_of_the_team(
    lyon: Branch, coordinator: Actor, deliver: Deliver
) -> None:
    odette = make.mentee(lyon, channel=Channel.SMS, phone="+33478123456", email="")
    told = actions.tell(
        branch=lyon,
        kind="pool.news",
        event="news:landline",
        values={"first_name": "Odette", "day": "9 March", "branch": "Lyon"},
        person=odette,
        by=coordinator,
        now=NOW,
    )
    assert told is not None
    assert (told.channel, told.address) == (Channel.PHONE, "+33478123456")
    deliver(NOW)
    assert OpenStep.everywhere.get(person=odette, closed_at=None).kind == MessageStep.CALL
