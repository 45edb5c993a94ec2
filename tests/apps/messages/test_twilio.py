"""Twilio on this machine: a receiver that asks who one is, keeps what it took, and can be in a bad mood."""

import base64
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from benchmarks.receivers import free_port
from tests.apps.messages.conftest import Deliver
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.messages import actions, queries
from traboule.apps.messages.enums import DeliveryState, MessageStep, Why
from traboule.apps.messages.models import Message
from traboule.apps.messages.twilio import is_signed
from traboule.apps.people.enums import Channel
from traboule.apps.people.models import Person
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import system

ACCOUNT, TOKEN, PHONE = "AC" + "0" * 32, "sesame", "+33698765432"
LATER = NOW + timedelta(minutes=30)


@dataclass
class Receiver:
    """What it took, when it thinks it is, and how it answers a POST: 0 well, else status and code."""

    took: list[dict[str, Any]] = field(default_factory=list)
    now: datetime = NOW
    says: tuple[int, int] = (0, 0)
    asked: list[str] = field(default_factory=list)
    deaf: bool = False  # takes the text, and the line breaks before the answer

    def take(self, fields: dict[str, str]) -> dict[str, Any]:
        text = {
            "sid": f"SM{len(self.took):032}",
            "body": fields["Body"],
            "to": fields["To"],
            "date_created": format_datetime(self.now),
            "status": "queued",
            "error_code": None,
        }
        self.took.append(text | {"fields": fields})
        return text


def _answers(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            words = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if receiver.says[0]:
                return self._say(receiver.says[0], {"code": receiver.says[1], "message": "no"})
            if not self._is_known():
                return self._say(401, {"code": 20003, "message": "Authenticate"})
            text = receiver.take(dict(parse_qsl(words)))
            if receiver.deaf:
                return self.connection.close()
            return self._say(201, text)

        def do_GET(self) -> None:
            receiver.asked.append(self.path)
            if not self._is_known():
                return self._say(401, {"code": 20003, "message": "Authenticate"})
            to = parse_qs(urlsplit(self.path).query)["To"][0]
            return self._say(200, {"messages": [one for one in receiver.took if one["to"] == to]})

        def _is_known(self) -> bool:
            wanted = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
            path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
            return self.headers["Authorization"] == f"Basic {wanted}" and urlsplit(self.path).path == path

        def _say(self, status: int, words: dict[str, Any]) -> None:
            body = json.dumps(words).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            return None

    return Answers


@pytest.fixture
def twilio(settings: Any) -> Iterator[Receiver]:
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answers(receiver))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TRABOULE_SMS_PROVIDER = "twilio"
    settings.TRABOULE_SMS_ADDRESS = f"http://127.0.0.1:{server.server_port}"
    settings.TRABOULE_SMS_ACCOUNT, settings.TRABOULE_SMS_KEY = ACCOUNT, TOKEN
    settings.TRABOULE_ADDRESS = "https://traboule.example"
    yield receiver
    server.shutdown()
    server.server_close()


@pytest.fixture
def selam(lyon: Branch) -> Person:
    return make.mentee(lyon, channel=Channel.SMS, phone=PHONE)


def told(person: Person, event: str = "1") -> Message:
    values = {"first_name": person.first_name, "day": f"Tuesday {event}", "branch": "Lyon"}
    message = actions.tell(
        branch=person.branch,
        person=person,
        kind="pool.news",
        event=event,
        values=values,
        by=system("test"),
        now=NOW,
    )
    assert message is not None
    return message


def lose_the_note(message: Message) -> None:
    """The worker died between "accepted" and its own note: the lease runs out."""
    until = NOW + timedelta(minutes=10)
    rows = Message.everywhere.filter(pk=message.pk)
    rows.update(state=DeliveryState.SENDING, lease="dead", leased_until=until, receipt="", sent_at=None)


def steps(branch: Branch) -> list[str]:
    return list(OpenStep.everywhere.filter(branch=branch, closed_at=None).values_list("kind", flat=True))


def test_a_text_goes_with_receiver_words_sender_and_where_to_report(
    selam: Person, twilio: Receiver, deliver: Deliver
) -> None:
    message = told(selam)
    deliver(NOW)
    (took,) = twilio.took
    assert took["fields"] == {
        "To": PHONE,
        "Body": message.body,
        "From": "Traboule",
        "StatusCallback": f"https://traboule.example/hooks/sms/twilio/{message.uid}/",
    }
    message.refresh_from_db()
    assert (message.state, message.receipt) == (DeliveryState.SENT, took["sid"])
    assert twilio.asked == []  # nobody looks before a first try


def test_a_number_that_was_written_with_blanks_goes_without(
    lyon: Branch, twilio: Receiver, deliver: Deliver
) -> None:
    told(make.mentee(lyon, channel=Channel.SMS, phone="+33 6 98 76 54 32"))
    deliver(NOW)
    assert twilio.took[0]["fields"]["To"] == PHONE


def test_a_messaging_service_chooses_the_number(
    selam: Person, twilio: Receiver, deliver: Deliver, settings: Any
) -> None:
    settings.TRABOULE_SMS_SENDER = "MG" + "1" * 32
    told(selam)
    deliver(NOW)
    assert twilio.took[0]["fields"]["MessagingServiceSid"] == "MG" + "1" * 32
    assert "From" not in twilio.took[0]["fields"]


def test_a_worker_that_died_after_accepted_sends_no_second_copy(
    selam: Person, twilio: Receiver, deliver: Deliver
) -> None:
    message = told(selam)
    deliver(NOW)
    lose_the_note(message)
    deliver(LATER)
    message.refresh_from_db()
    assert len(twilio.took) == 1
    assert (message.state, message.receipt) == (DeliveryState.SENT, twilio.took[0]["sid"])


def test_a_line_that_broke_after_the_text_was_taken_brings_no_second_copy(
    selam: Person, twilio: Receiver, deliver: Deliver
) -> None:
    twilio.deaf = True
    message = told(selam)
    deliver(NOW)
    message.refresh_from_db()
    assert (message.state, len(twilio.took)) == (DeliveryState.WAITING, 1)
    twilio.deaf = False
    deliver(LATER)
    message.refresh_from_db()
    assert (message.state, len(twilio.took)) == (DeliveryState.SENT, 1)


def test_a_text_that_never_arrived_there_is_sent_by_the_second_try(
    selam: Person, twilio: Receiver, deliver: Deliver
) -> None:
    twilio.says = (503, 0)
    message = told(selam)
    deliver(NOW)
    twilio.says = (0, 0)
    deliver(LATER)
    message.refresh_from_db()
    assert (message.state, len(twilio.took)) == (DeliveryState.SENT, 1)


def test_what_the_team_sends_again_goes_out_although_twilio_knows_the_words(
    selam: Person, twilio: Receiver, deliver: Deliver
) -> None:
    message = told(selam)
    deliver(NOW)
    message.refresh_from_db()
    actions.send_again(message=message, by=system("test"), now=NOW)
    twilio.says = (503, 0)
    deliver(NOW)
    twilio.says, twilio.now = (0, 0), LATER
    deliver(LATER)
    message.refresh_from_db()
    assert [one["sid"] for one in twilio.took] == [f"SM{0:032}", message.receipt]


@pytest.mark.parametrize(
    ("says", "state", "why"),
    [
        ((400, 21211), DeliveryState.BOUNCED, Why.ADDRESS_REFUSED),
        ((400, 21614), DeliveryState.BOUNCED, Why.ADDRESS_REFUSED),
        ((429, 20429), DeliveryState.WAITING, Why.TRIES_AGAIN),
        ((400, 21611), DeliveryState.WAITING, Why.TRIES_AGAIN),
        ((500, 20500), DeliveryState.WAITING, Why.TRIES_AGAIN),
        ((401, 20003), DeliveryState.WAITING, Why.SHUT_OUT),
        ((400, 21606), DeliveryState.WAITING, Why.SHUT_OUT),
        ((400, 21610), DeliveryState.WITHHELD, Why.STOPPED),
    ],
)
def test_what_twilio_answers_is_put_into_our_words(
    selam: Person,
    twilio: Receiver,
    deliver: Deliver,
    says: tuple[int, int],
    state: DeliveryState,
    why: Why,
) -> None:
    twilio.says = says
    message = told(selam)
    deliver(NOW)
    message.refresh_from_db()
    assert (message.state, message.reason, message.trouble) == (state, why, f"Twilio {says[1]}")


def test_twilio_is_not_there_and_is_tried_again(
    selam: Person, twilio: Receiver, deliver: Deliver, settings: Any
) -> None:
    settings.TRABOULE_SMS_ADDRESS = f"http://127.0.0.1:{free_port()}"
    message = told(selam)
    deliver(NOW)
    message.refresh_from_db()
    assert (message.state, message.trouble) == (DeliveryState.WAITING, "ConnectError")


def test_a_wrong_token_opens_one_step_for_the_team_and_a_right_one_closes_it(
    lyon: Branch, twilio: Receiver, deliver: Deliver, settings: Any
) -> None:
    settings.TRABOULE_SMS_KEY = "wrong"
    for number in range(3):
        told(make.mentee(lyon, channel=Channel.SMS, phone=f"+3369876543{number}"))
    deliver(NOW)
    assert steps(lyon) == [MessageStep.SHUT_OUT]
    step = OpenStep.everywhere.get(branch=lyon)
    assert (step.person, step.text) == (None, "Twilio 20003")
    settings.TRABOULE_SMS_KEY = TOKEN
    deliver(LATER)
    assert len(twilio.took) == 3
    assert steps(lyon) == []


def test_a_stop_that_twilio_heard_first_is_obeyed_from_then_on(
    lyon: Branch, selam: Person, twilio: Receiver, deliver: Deliver
) -> None:
    twilio.says = (400, 21610)
    told(selam)
    deliver(NOW)
    assert queries.has_stopped(Channel.SMS, PHONE)
    assert steps(lyon) == [MessageStep.UNREACHABLE]


def test_the_signature_is_that_of_twilios_documentation() -> None:
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    example = {
        "token": "12345",
        "address": "https://mycompany.com/myapp.php?foo=1&bar=2",
        "signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    }
    assert is_signed(fields=fields.items(), **example)
    assert not is_signed(fields=(fields | {"Digits": "1235"}).items(), **example)
    assert not is_signed(fields=fields.items(), **(example | {"token": ""}))
