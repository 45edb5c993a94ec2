"""Pages of screening, training and readiness; all without JavaScript."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import people as make
from tests.factories import training as train
from tests.factories.people import NOW, TODAY
from tests.web.conftest import SignIn
from traboule.apps.applications.models import IdentityCheck, Reference, SafeguardingCheck
from traboule.apps.applications.screening_enums import Known, Trust
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MentorState, Role
from traboule.apps.people.models import MentorProfile, Person
from traboule.apps.training.actions.exchange import tick_exchange_due
from traboule.apps.training.enums import Presence
from traboule.apps.training.models import Attendance, ConditionWaiver, Module, ReadinessRule, TrainingSession
from traboule.core.actors import system

pytestmark = pytest.mark.django_db


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def said(response: Any) -> str:
    return " ".join(soup(response).get_text(" ").split())


@pytest.fixture
def coordinator(lyon: Branch, sign_in: SignIn) -> Client:
    return sign_in(at=lyon, name="Claire Vasseur")


@pytest.fixture
def director(lyon: Branch, sign_in: SignIn) -> Client:
    return sign_in(role=Role.DIRECTOR, at=lyon, name="Agnès Morel")


@pytest.fixture
def anne(lyon: Branch) -> Person:
    return train.candidate(lyon, first_name="Anne", last_name="Martin")


def go(name: str, *arguments: object) -> str:
    return reverse(name, args=["lyon", *arguments])


# --- the first page ---------------------------------------------------------------------------------------


def test_a_branch_without_modules_is_told_how_to_begin(
    lyon: Branch, coordinator: Client, director: Client
) -> None:
    assert "no modules yet" in said(coordinator.get(go("training")))
    train.modules(lyon)
    Module.everywhere.all().delete()
    answer = director.post(go("training_modules_start"), follow=True)
    assert "8. Towards autonomy" in said(answer)
    assert coordinator.get(go("training_modules")).status_code == 403


def test_each_mentor_under_way_has_a_square_per_module_and_one_next_act(
    lyon: Branch, coordinator: Client, anne: Person
) -> None:
    modules = train.modules(lyon)
    train.seat(train.sitting(lyon, module=modules[0]), anne)
    train.seat(train.sitting(lyon, module=modules[1]), anne, Presence.MISSED)
    make.mentor(lyon, first_name="Ready", last_name="Already")
    page = coordinator.get(go("training"))
    rows = soup(page).select("#mentors tbody tr")
    assert len(rows) == 1
    assert [square["class"][0] for square in rows[0].select("svg rect")] == ["held", "missed", *["ahead"] * 6]
    assert "1 of 8 half-days attended, 0 planned, 1 missed." in rows[0].select("svg")[0]["aria-label"]
    assert "Application accepted" in rows[0].get_text()


def test_a_half_day_is_planned_with_its_room_or_its_place(lyon: Branch, coordinator: Client) -> None:
    train.modules(lyon)
    typed = {"what": "module-1", "day": "2030-01-08", "begins": "09:00", "ends": "12:00", "seats": "10"}
    typed |= {"language": "fr"}
    wrong = coordinator.post(go("training_session_new"), typed | {"ends": "08:00"})
    assert wrong.status_code == 422
    assert {"#id_ends", "#id_place"} <= {a["href"] for a in soup(wrong).select(".errors a")}
    answer = coordinator.post(go("training_session_new"), typed | {"place": "La Duchère"})
    session = TrainingSession.everywhere.get()
    assert answer.headers["Location"] == go("training_session", session.pk)
    assert timezone.localtime(session.starts_at).hour == 9


# --- one sitting ------------------------------------------------------------------------------------------


def test_attendance_is_noted_in_one_go_and_an_empty_answer_changes_nothing(
    lyon: Branch, coordinator: Client, anne: Person
) -> None:
    session = train.sitting(lyon, module=train.modules(lyon)[0])
    seat, other = (train.seat(session, who, Presence.PLANNED) for who in (anne, train.candidate(lyon)))
    page = soup(coordinator.get(go("training_attendance", session.pk)))
    assert len(page.select(f"input[name=mark-{seat.pk}]")) == 3
    coordinator.post(go("training_attendance", session.pk), {f"mark-{seat.pk}": "present", "mark-1x": "hm"})
    found = dict(Attendance.everywhere.values_list("pk", "presence"))
    assert found == {seat.pk: "present", other.pk: "planned"}


def test_a_full_half_day_says_so(lyon: Branch, coordinator: Client, anne: Person) -> None:
    session = train.sitting(
        lyon, module=train.modules(lyon)[0], starts_at=timezone.now() + timedelta(days=3), seats=1
    )
    for person in (train.candidate(lyon), anne):
        answer = coordinator.post(go("training_enrol", session.pk), {"person": person.pk}, follow=True)
    assert "All 1 seats are taken." in said(answer)
    assert coordinator.post(go("training_enrol", session.pk), {"person": "x"}).status_code == 404
    seat = Attendance.everywhere.get()
    coordinator.post(go("training_seat_back", session.pk, seat.pk))
    assert not Attendance.everywhere.exists()


def test_the_sheet_to_sign_holds_the_names_and_a_code(
    lyon: Branch, coordinator: Client, anne: Person
) -> None:
    session = train.sitting(lyon, module=train.modules(lyon)[0])
    train.seat(session, anne)
    page = coordinator.get(go("training_sheet", session.pk))
    assert "Anne Martin" in said(page)
    assert soup(page).select(".qr svg path")
    coordinator.post(go("training_sheet_seen", session.pk))
    assert TrainingSession.everywhere.get().sheet_seen_at is not None


def test_cancelling_asks_first(lyon: Branch, coordinator: Client) -> None:
    session = train.sitting(lyon, module=train.modules(lyon)[0], starts_at=timezone.now() + timedelta(days=3))
    assert coordinator.get(go("training_cancel", session.pk)).status_code == 200
    assert TrainingSession.everywhere.get().cancelled_at is None
    coordinator.post(go("training_cancel", session.pk))
    assert TrainingSession.everywhere.get().cancelled_at is not None


# --- one mentor -------------------------------------------------------------------------------------------


def test_a_mentor_with_everything_is_declared_ready_after_a_question(
    lyon: Branch, coordinator: Client, anne: Person
) -> None:
    train.complete(anne, make.coordinator(lyon))
    SafeguardingCheck.everywhere.update(valid_until=timezone.now().date() + timedelta(days=300))
    assert "Is Anne Martin ready?" in said(coordinator.get(go("mentor_ready", anne.pk)))
    assert MentorProfile.everywhere.get(person=anne).state == MentorState.NEW
    answer = coordinator.post(go("mentor_ready", anne.pk), follow=True)
    assert "Declared ready by Claire Vasseur" in said(answer)
    assert MentorProfile.everywhere.get(person=anne).state == MentorState.POOL


def test_what_lacks_is_said_instead_of_a_button(coordinator: Client, anne: Person) -> None:
    page = soup(coordinator.get(go("mentor_ready", anne.pk)))
    assert page.select("main form") == []
    answer = coordinator.post(go("mentor_ready", anne.pk), follow=True)
    assert "Not yet: Application accepted, Identity seen" in said(answer)


def test_letting_a_condition_go_needs_a_reason_and_the_right_person(
    coordinator: Client, director: Client, anne: Person
) -> None:
    references, check = (go("mentor_waive", anne.pk, name) for name in ("references", "safeguarding"))
    assert coordinator.post(references, {"reason": ""}).status_code == 422
    coordinator.post(references, {"reason": "Known to the team for years."})
    assert ConditionWaiver.everywhere.get().condition == "references"
    assert (coordinator.get(check).status_code, director.get(check).status_code) == (403, 200)
    assert coordinator.get(go("mentor_waive", anne.pk, "profile")).status_code == 404
    coordinator.post(references)
    assert not ConditionWaiver.everywhere.exists()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Attestation de formation"),
        ("nl", "Bewijs van opleiding"),
        ("en", "Certificate of training"),
    ],
)
def test_the_certificate_is_a_pdf_with_the_name_in_its_text(
    lyon: Branch, coordinator: Client, anne: Person, language: str, title: str
) -> None:
    for module in train.modules(lyon)[:3]:
        train.seat(train.sitting(lyon, module=module, place="La Duchère"), anne)
    answer = coordinator.get(go("training_certificate", anne.pk) + f"?language={language}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    text = text_of(answer.content)
    assert title in text
    assert "Anne Martin" in text
    assert text.count("La Duchère") == 3


def text_of(content: bytes) -> str:
    """The text of a PDF, read through the tables that say which letter each sign of a font is."""
    found = []
    with pikepdf.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            maps = {name: letters_of(font) for name, font in page.Resources.Font.items()}
            font: dict[bytes, str] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    font = maps[str(operands[0])]
                elif str(operator) in {"Tj", "TJ"}:
                    parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                    signs = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                    found.append("".join(font.get(signs[n : n + 2], "") for n in range(0, len(signs), 2)))
    return "".join(found)


def letters_of(font: Any) -> dict[bytes, str]:
    """Sign to letters, from the lines `<0001> <0041>` of a font's own table."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = [line.split() for line in table.splitlines() if line.startswith("<") and line.count("<") == 2]
    return {
        bytes.fromhex(sign.strip("<>")): bytes.fromhex(letters.strip("<>")).decode("utf-16-be")
        for sign, letters in pairs
        if len(sign) == 6
    }


def test_nobody_gets_a_certificate_of_nothing(coordinator: Client, anne: Person) -> None:
    assert coordinator.get(go("training_certificate", anne.pk)).status_code == 404


# --- screening --------------------------------------------------------------------------------------------


def test_identity_is_noted_without_number_or_copy(coordinator: Client, anne: Person) -> None:
    page = soup(coordinator.get(go("screening_identity", anne.pk)))
    assert {field.get("name") for field in page.select("main form input, main form select")} == {
        "csrfmiddlewaretoken",
        "document",
        "seen_on",
    }
    late = coordinator.post(
        go("screening_identity", anne.pk), {"document": "passport", "seen_on": "2999-01-01"}
    )
    assert late.status_code == 422
    coordinator.post(go("screening_identity", anne.pk), {"document": "passport", "seen_on": "2026-03-01"})
    assert IdentityCheck.everywhere.get().document == "passport"


def test_a_reference_is_asked_by_mail_or_by_sms(coordinator: Client, anne: Person) -> None:
    where, typed = go("reference_new", anne.pk), {"referee": "Jeanne", "language": "fr"}
    assert coordinator.post(where, typed | {"channel": "email"}).status_code == 422
    assert coordinator.post(where, typed | {"channel": "sms", "phone": "12"}).status_code == 422
    coordinator.post(where, typed | {"channel": "sms", "phone": "06 12 34 56 78"})
    row = Reference.everywhere.get()
    assert (row.address, row.channel) == ("+33612345678", "sms")


def test_the_answer_of_a_referee_is_read_by_the_team_only(
    lyon: Branch, coordinator: Client, sign_in: SignIn, anne: Person
) -> None:
    row = train.reference(anne)
    told = {"known": "over_5", "trust": "yes", "text": "canary"}
    assert coordinator.post(go("reference", row.pk), {"known": "over_5"}).status_code == 422
    assert "canary" in said(coordinator.post(go("reference", row.pk), told, follow=True))
    mentor = sign_in(role=Role.MENTOR, at=lyon)
    assert mentor.get(go("reference", row.pk)).status_code == 403
    assert sign_in(at=make.branch()).get(go("reference", row.pk)).status_code == 404


def test_a_check_goes_through_two_pairs_of_eyes(
    coordinator: Client, sign_in: SignIn, lyon: Branch, anne: Person
) -> None:
    coordinator.post(go("check_ask", anne.pk))
    check = SafeguardingCheck.everywhere.get()
    today = timezone.localdate().isoformat()
    typed = {"issued_on": today, "seen_on": today}
    assert coordinator.post(go("check_note", check.pk), typed).status_code == 422  # not said to be in order
    coordinator.post(go("check_note", check.pk), typed | {"is_clear": "on"})
    own = coordinator.post(go("check_approve", check.pk), {"act": "yes"}, follow=True)
    assert "You noted it yourself." in said(own)
    sign_in(at=lyon).post(go("check_approve", check.pk), {"act": "yes"})
    check.refresh_from_db()
    assert check.approved_by_id is not None


def test_a_director_sets_what_is_asked(lyon: Branch, director: Client) -> None:
    module = train.modules(lyon)[0]
    typed = {"modules": "6", "references": "1", "exchange_days": "90"}
    director.post(go("training_modules"), typed)
    rule = ReadinessRule.everywhere.get()
    assert (rule.modules, rule.references, rule.safeguarding) == (6, 1, False)
    director.post(go("training_module", module.pk), {"title": "Bienvenue", "kind": "know_how"})
    module.refresh_from_db()
    assert module.said_title == "Bienvenue"
    assert director.post(go("training_module_new"), {"kind": "know_how"}).status_code == 422


def test_a_half_day_is_changed_on_a_page_that_keeps_what_was_typed(
    lyon: Branch, coordinator: Client, anne: Person
) -> None:
    ten = timezone.now().replace(hour=10, minute=0)  # a half-day does not go past midnight
    session = train.sitting(lyon, starts_at=ten + timedelta(days=9), trainer="Paul")
    train.seat(session, anne, Presence.PLANNED)
    assert soup(coordinator.get(go("training_session", session.pk))).select_one(
        f'a[href="{go("training_session_edit", session.pk)}"]'
    )
    where = go("training_session_edit", session.pk)
    fields = soup(coordinator.get(where)).select("main input[name], main select[name]")
    typed = {f["name"]: f.get("value", "") for f in fields if f.name == "input"} | {"language": "fr"}
    assert typed["trainer"] == "Paul"
    refused = coordinator.post(where, typed | {"day": "2020-01-01", "place": "The museum"})
    assert (refused.status_code, "The museum" in refused.content.decode()) == (422, True)
    assert coordinator.post(where, typed | {"place": "The museum"}).status_code == 302
    session.refresh_from_db()
    assert (session.place, session.sequence) == ("The museum", 1)


def test_who_has_not_come_is_listed(lyon: Branch, coordinator: Client) -> None:
    make.mentor(lyon, first_name="Odile", last_name="Moreau", trained_on=TODAY - timedelta(days=200))
    page = soup(coordinator.get(go("training_exchange")))
    assert "Odile Moreau" in page.text
    assert page.select_one(f'main a[href="{go("exchange")}"]')
    assert soup(coordinator.get(go("exchange"))).select_one(f'main a[href="{go("training_exchange")}"]')


def test_who_misses_the_exchange_is_a_step_that_leads_to_the_list(lyon: Branch, coordinator: Client) -> None:
    make.mentor(lyon, trained_on=TODAY - timedelta(days=200))
    tick_exchange_due(by=system("clock"), now=NOW)
    page = soup(coordinator.get(go("today")))
    assert page.select_one(f'main a[href="{go("training_exchange")}"]')


def test_a_referee_who_says_no_is_counted_by_nobody(lyon: Branch, coordinator: Client, anne: Person) -> None:
    from traboule.apps.applications.actions.references import answer_reference

    for trust in (Trust.NO, Trust.YES):
        answer_reference(
            reference=train.reference(anne),
            known=Known.UNDER_ONE,
            trust=trust,
            by=make.coordinator(lyon),
            now=NOW,
        )
    assert "1 of 2 says yes" in said(coordinator.get(go("mentor_path", anne.pk)))
