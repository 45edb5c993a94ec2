"""The pages of people's rights, of their documents, and of the path in figures."""

import html
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.core import hostile_files as files
from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.applications.models import Application, Decision
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Consent, Person, PersonDocument
from traboule.apps.privacy.actions import ask
from traboule.apps.privacy.enums import AskedBy, RequestKind
from traboule.apps.privacy.models import ErasureEntry, LegalHold, RetentionNotice, RightsRequest
from traboule.core.actors import Actor
from traboule.core.fields import record_of_processing
from traboule.core.links import make_link
from traboule.core.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(lyon: Branch) -> Actor:
    return make.actor(Role.DPO, lyon)


def request_of(person: Person, by: Actor, kind: RequestKind = RequestKind.ERASE) -> RightsRequest:
    return ask(person=person, kind=kind, asked_by=AskedBy.PHONE, by=by, now=timezone.now())


def at(name: str, *more: object) -> str:
    return reverse(name, args=["lyon", *more])


def test_a_request_goes_from_the_page_of_a_person_to_the_list_with_its_clock(
    lyon: Branch, sign_in: SignIn
) -> None:
    person, client = make.mentee(lyon, first_name="Selam"), sign_in(Role.DIRECTOR, at=lyon)
    assert at("rights_new", person.pk) in client.get(at("person", person.pk)).content.decode()
    answer = client.post(
        at("rights_new", person.pk), {"kind": "erase", "asked_by": "phone", "said": "Please."}
    )
    made = RightsRequest.everywhere.get()
    assert answer["Location"] == at("rights_one", made.pk)
    assert 27 <= (made.due_on - timezone.localdate()).days <= 31
    assert "Selam" in client.get(at("rights")).content.decode()
    assert at("rights_one", made.pk) in client.get(at("today")).content.decode()


def test_nothing_is_handed_out_before_it_is_known_who_asks(
    lyon: Branch, sign_in: SignIn, officer: Actor
) -> None:
    person, client = make.mentee(lyon), sign_in(Role.DPO, at=lyon)
    asked = request_of(person, officer, RequestKind.ACCESS)
    assert client.post(at("rights_export", asked.pk)).status_code == 302
    client.post(at("rights_identity", asked.pk), {"check": "paper_seen"})
    answer = client.post(at("rights_export", asked.pk))
    assert answer["Content-Type"] == "application/zip"
    assert set(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == {"index.html", "data.json"}


def test_erasing_asks_for_the_name_and_then_does_it(lyon: Branch, sign_in: SignIn, officer: Actor) -> None:
    person = make.mentee(lyon, first_name="Selam", last_name="Tesfay")
    client, asked = sign_in(Role.DPO, at=lyon), request_of(person, officer)
    client.post(at("rights_identity", asked.pk), {"check": "known"})
    assert client.post(at("rights_erase", asked.pk), {"name": "Selam"}).status_code == 422
    assert Person.everywhere.filter(pk=person.pk).exists()
    client.post(at("rights_erase", asked.pk), {"name": " selam  TESFAY"})
    assert not Person.everywhere.filter(pk=person.pk).exists()
    assert ErasureEntry.everywhere.get().number == person.pk
    asked.refresh_from_db()
    assert (asked.person, asked.answer) == (None, "done")
    assert client.get(at("rights_one", asked.pk)).status_code == 200


def test_a_refusal_says_why_and_keeps_what_was_typed(lyon: Branch, sign_in: SignIn, officer: Actor) -> None:
    client, asked = sign_in(Role.DPO, at=lyon), request_of(make.mentee(lyon), officer)
    assert client.post(at("rights_answer", asked.pk), {"answer": "refused", "text": ""}).status_code == 422
    client.post(at("rights_answer", asked.pk), {"answer": "refused", "text": "A court asked us to keep it."})
    asked.refresh_from_db()
    assert asked.answer == "refused"
    client.post(at("rights_answer", asked.pk), {"answer": "done"})
    asked.refresh_from_db()
    assert asked.answer == "refused"


def test_taking_a_consent_back_is_one_press(lyon: Branch, sign_in: SignIn, officer: Actor) -> None:
    person = make.mentee(lyon)
    given = {"purpose": "programme", "text_version": "1", "language": "fr", "channel": "email"}
    Consent.everywhere.create(person=person, given_at=make.NOW, **given)
    asked = request_of(person, officer, RequestKind.WITHDRAW)
    sign_in(Role.DPO, at=lyon).post(at("rights_withdraw", asked.pk))
    assert Consent.everywhere.get().withdrawn_at is not None


def test_retention_shows_who_is_due_and_a_notice_starts_thirty_days(lyon: Branch, sign_in: SignIn) -> None:
    now, client = timezone.now(), sign_in(Role.DPO, at=lyon)
    kept = make.mentee(lyon, first_name="Kept", last_contact_at=now - timedelta(days=729))
    due = make.mentee(lyon, first_name="Due", last_contact_at=now - timedelta(days=731))
    page = client.get(at("retention")).content.decode()
    assert "Due" in page
    assert "Kept" not in page
    client.post(at("retention_notice", due.pk))
    assert RetentionNotice.everywhere.get().person == due
    assert kept.pk


def test_a_hold_is_set_and_lifted(lyon: Branch, sign_in: SignIn) -> None:
    person, client = make.mentee(lyon), sign_in(Role.DPO, at=lyon)
    tomorrow = timezone.localdate() + timedelta(1)
    client.post(at("rights_hold", person.pk), {"reason": "A court asked.", "until": tomorrow.isoformat()})
    hold = LegalHold.everywhere.get()
    assert "A court asked." in client.get(at("rights_hold", person.pk)).content.decode()
    client.post(at("rights_hold_lift", hold.pk))
    hold.refresh_from_db()
    assert hold.lifted_at is not None


def test_the_record_of_processing_is_the_list_of_the_declarations(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.DPO, at=lyon)
    assert client.get(at("processing")).status_code == 200
    few = client.get(at("processing"), {"category": "sensitive"}).content.decode()
    assert few.count('<tr><th scope="row">') < 40
    table = client.get(at("processing_export")).content.decode("utf-8-sig")
    assert len(table.splitlines()) > 100


def test_the_record_of_processing_weighs_under_60_kb_and_names_every_field(
    lyon: Branch, sign_in: SignIn
) -> None:
    client = sign_in(Role.DPO, at=lyon)
    pages = [client.get(at("processing"), {"page": number}).content for number in range(1, 9)]
    assert max(map(len, pages)) < 60_000
    text = html.unescape(b"".join(pages).decode())
    for row in record_of_processing():
        assert str(row.personal.export_label) in text
        assert str(row.personal.purpose) in text


# --- documents --------------------------------------------------------------------------------------------


def hand_in(client: Client, person: Person, name: str, content: bytes) -> int:
    file = SimpleUploadedFile(name, content)
    return client.post(at("person_documents", person.pk), {"about": "CV", "file": file}).status_code


def test_a_document_is_kept_and_taken_out_and_both_are_written_down(lyon: Branch, sign_in: SignIn) -> None:
    person, client = make.mentee(lyon), sign_in(at=lyon)
    assert hand_in(client, person, "cv.pdf", files.pdf()) == 302
    document = PersonDocument.everywhere.get()
    assert re.fullmatch(r"checked/[0-9a-f]{40}", document.file.name)
    answer = client.get(at("person_document", person.pk, document.pk))
    assert answer["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"document.kept", "document.read"} <= verbs
    storage, name = document.file.storage, document.file.name
    client.post(at("person_document_drop", person.pk, document.pk))
    assert not PersonDocument.everywhere.exists()
    assert storage.exists(name)  # until the transaction is committed


def test_a_hostile_document_is_refused_in_words(lyon: Branch, sign_in: SignIn) -> None:
    person, client = make.mentee(lyon), sign_in(at=lyon, locale="en")
    assert hand_in(client, person, "cv.pdf", b"MZ a program") == 422
    assert not PersonDocument.everywhere.exists()


# --- the person's own door --------------------------------------------------------------------------------


def test_a_person_asks_on_their_own_page_and_sees_when_we_answer(lyon: Branch) -> None:
    person, now = make.mentee(lyon, contact_language="en"), timezone.now()
    secret = make_link(
        right="my.rights",
        subject_type="person",
        subject_id=person.pk,
        scope=lyon.pk,
        now=now,
        ends_at=now + timedelta(days=30),
    )
    client, door = Client(), reverse("door", args=[secret])
    assert client.get(door).status_code == 200
    assert not RightsRequest.everywhere.exists()
    assert client.post(door, {}).status_code == 422
    assert client.post(door, {"kind": "access", "said": "All of it."}).status_code == 302
    made = RightsRequest.everywhere.get()
    assert (made.asked_by, made.identity, made.person) == ("door", "link", person)
    assert "You hear from us by" in client.get(door).content.decode()
    client.post(door, {"kind": "access"})
    assert RightsRequest.everywhere.count() == 1


# --- the path in figures ----------------------------------------------------------------------------------


def test_the_path_shows_its_picture_its_table_and_an_empty_state(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)
    assert '<svg class="bars' not in client.get(at("funnel")).content.decode()
    for _ in range(6):
        make.mentee(lyon)
    page = client.get(at("funnel")).content.decode()
    assert '<svg class="bars path-bars"' in page
    assert client.get(at("funnel"), {"side": "mentor"}).status_code == 200
    assert client.get(at("funnel"), {"side": "nonsense", "cohort": "x"}).status_code == 200


def test_the_path_names_the_session_the_screening_the_training_and_the_coded_reason(
    lyon: Branch, sign_in: SignIn
) -> None:
    client = sign_in(at=lyon)
    dates = {"started_at": NOW, "saved_at": NOW, "sent_at": NOW, "moved_at": NOW}
    for person in [make.mentee(lyon) for _ in range(6)]:
        row = Application.everywhere.create(
            branch=lyon, person=person, side="mentee", state="refused", decided_at=NOW, **dates
        )
        Decision.everywhere.create(
            branch=lyon,
            application=row,
            outcome="refused",
            state="made",
            reason="territory",
            state_before="talk_held",
            decided_at=NOW,
        )
    page = client.get(at("funnel")).content.decode()
    for words in ("Came to an information session", "Screening done", "Training begun"):
        assert words in page
    assert "Lives too far away 6" in " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "Screening done" not in client.get(at("funnel"), {"side": "mentee"}).content.decode()


def test_somebody_who_pays_sees_the_path_and_nobody_s_data(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.FUNDER, at=lyon)
    assert client.get(at("funnel")).status_code == 200
    assert client.get(at("rights")).status_code == 403
    assert client.get(at("processing")).status_code == 403
