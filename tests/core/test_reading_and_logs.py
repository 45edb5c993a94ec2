"""GET cannot write; logs hold nobody."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from tests.factories.people import NOW
from traboule.apps.branches.models import Organisation
from traboule.core.logs import MASK, mask_personal, strike_out
from traboule.core.mailbox import DevMailbox, dev_mails
from traboule.core.reading import ReadingOnlyMiddleware, WriteWhileReading, writes_on_get


@login_not_required
def writing(request: HttpRequest) -> HttpResponse:
    Organisation.objects.create(name="x", created_at=NOW)
    return HttpResponse("written")


@login_not_required
@writes_on_get("a test")
def allowed_to_write(request: HttpRequest) -> HttpResponse:
    return writing(request)


@login_not_required
def reading(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = 1
    request.session.save()
    return HttpResponse(str(Organisation.objects.count()))


def closed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


urlpatterns = [
    path("writing/", writing),
    path("allowed/", allowed_to_write),
    path("reading/", reading),
    path("closed/", closed),
    path("sign-in/", reading, name="account_login"),
]
own_urls = override_settings(ROOT_URLCONF="tests.core.test_reading_and_logs")


@pytest.mark.django_db
@own_urls
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_page_that_is_asked_for_cannot_write(method: str) -> None:
    with pytest.raises(WriteWhileReading), transaction.atomic():
        getattr(Client(), method)("/writing/")
    assert Organisation.objects.count() == 0


@pytest.mark.django_db
@own_urls
def test_a_form_that_is_sent_may_write_and_so_may_a_marked_view() -> None:
    assert Client().post("/writing/").status_code == 200
    assert Client().get("/allowed/").status_code == 200
    assert Organisation.objects.count() == 2


@pytest.mark.django_db
@own_urls
def test_a_session_may_be_kept_while_reading() -> None:
    assert Client().get("/reading/").content == b"0"


@pytest.mark.django_db
@own_urls
def test_a_page_without_a_mark_asks_for_sign_in() -> None:
    answer = Client().get("/closed/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/closed/")


@pytest.mark.django_db
def test_the_guard_is_gone_after_the_answer() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    ReadingOnlyMiddleware(view)(RequestFactory().get("/"))
    Organisation.objects.create(name="x", created_at=NOW)
    assert connection.execute_wrappers == []


@pytest.mark.parametrize(
    "text",
    [
        "mail to selam.haile@example.org now",
        "call +33 6 12 34 56 78 today",
        "call 06.12.34.56.78 today",
        "call 0612345678",
        "https://x.org/?next=anne@example.org",
    ],
)
def test_addresses_and_numbers_are_struck_out(text: str) -> None:
    struck = strike_out(text)
    assert MASK in struck
    assert not any(part in struck for part in ("selam", "anne@", "34"))


@pytest.mark.parametrize("text", ["GET /b/lyon/people/12/ 200", "2026-03-02T09:00:00Z", "port 8000"])
def test_ordinary_lines_stay_readable(text: str) -> None:
    assert strike_out(text) == text


def test_personal_keys_are_masked_however_deep() -> None:
    event: dict[str, Any] = {
        "event": "saved",
        "email": "a@b.org",
        "person": {"first_name": "Selam", "id": 3},
        "all": ["x@y.org", 4],
    }
    assert mask_personal(None, "info", event) == {
        "event": "saved",
        "email": MASK,
        "person": {"first_name": MASK, "id": 3},
        "all": [MASK, 4],
    }


def test_a_line_of_any_logger_goes_through_the_mask() -> None:
    handler = logging.getLogger().handlers[0]
    line = handler.format(
        logging.LogRecord(
            "django", logging.WARNING, "f", 1, "Not found: %s", ("/x?e=canary@example.org",), None
        )
    )
    assert "canary" not in line
    assert MASK in line


def test_the_development_mailbox_keeps_mails_newest_first(tmp_path: Path) -> None:
    with override_settings(TRABOULE_DEV_MAILBOX=str(tmp_path)):
        box = DevMailbox()
        for number in (1, 2):
            mail = EmailMessage(subject=f"Code {number}", body="123", to=["a@example.org"])
            assert box.send_messages([mail]) == 1
        assert [mail.subject for mail in dev_mails()] == ["Code 2", "Code 1"]
    with override_settings(TRABOULE_DEV_MAILBOX=None):
        assert dev_mails() == []
    assert all(json.loads(file.read_text()) for file in tmp_path.glob("*.json"))
