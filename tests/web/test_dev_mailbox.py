"""The mailbox of the demo: mails, texts on phones, letters to print; nowhere else."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from tests.factories import people as make
from tests.web.test_messages_pages import post_out, told
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Channel
from traboule.core.mailbox import DevMailbox, dev_mails, keep_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def box(settings: Any, tmp_path: Path) -> Path:
    settings.TRABOULE_DEV_MAILBOX = str(tmp_path)
    return tmp_path


def seen(client: Client) -> str:
    answer = client.get("/mails/", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_mailbox_says_what_to_do(client: Client) -> None:
    assert "No message yet." in seen(client)


def test_texts_stand_in_phones_and_their_links_can_be_pressed(client: Client) -> None:
    for number in range(7):
        keep_text(to="+33698765432", text=f"Text {number}: http://127.0.0.1:8000/l/abc{number}/")
    keep_text(to="+33611111111", text="Bonjour <b>Omar</b>")
    page = seen(client)
    assert page.count('class="phone"') == 2
    assert page.index("+33611111111") < page.index("+33698765432")  # it rang last
    assert page.count('class="bubble"') == 5 + 1
    assert page.index("Text 2") < page.index("Text 6")  # the newest last, as on a phone
    assert '<a href="http://127.0.0.1:8000/l/abc6/"' in page
    assert "<b>Omar</b>" not in page


def test_a_mail_keeps_its_subject_and_a_text_of_an_older_demo_is_known(client: Client, box: Path) -> None:
    DevMailbox().send_messages([EmailMessage("Your code", "1234", to=["anne@example.org"])])
    old = {
        "to": ["+33698765432"],
        "subject": "SMS",
        "body": "Bonjour",
        "sent_at": "2026-03-02T09:00:00+00:00",
    }
    (box / "20260302T090000000000-old.json").write_text(json.dumps(old), "utf-8")
    assert [(mail.is_text, mail.subject) for mail in dev_mails()] == [(False, "Your code"), (True, "SMS")]
    page = seen(client)
    assert "Your code" in page
    assert page.count('class="phone"') == 1


def test_a_letter_that_waits_to_be_printed_is_there_until_it_is_posted(lyon: Branch, client: Client) -> None:
    message = told(make.mentee(lyon, first_name="Selam", channel=Channel.LETTER))
    assert 'class="paper"' not in seen(client)
    post_out()
    page = seen(client)
    assert page.count('class="paper"') == 1
    assert message.subject in page
    message.refresh_from_db()
    message.state = "delivered"
    message.save()
    assert 'class="paper"' not in seen(client)


def test_what_is_half_written_is_not_read(box: Path) -> None:
    (box / "20260302T090000000000-half.part").write_text('{"to": [', "utf-8")
    assert dev_mails() == []


def test_where_real_messages_go_out_there_is_no_such_page(
    lyon: Branch, client: Client, settings: Any
) -> None:
    settings.TRABOULE_DEV_MAILBOX = None
    told(make.mentee(lyon, channel=Channel.LETTER), due_at=timezone.now())
    post_out()
    assert client.get("/mails/").status_code == 404
