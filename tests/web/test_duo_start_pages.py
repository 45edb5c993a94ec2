"""The coordinator's pages from the yes to the agreement."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import pairing, starting
from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Agreement, Duo, FirstMeeting, Meeting
from traboule.apps.messages.models import Message
from traboule.apps.pairing.models import Proposal, ProposalLetter
from traboule.apps.people.enums import Role
from traboule.core.actors import Actor

pytestmark = pytest.mark.django_db
BUDGET = 15


@pytest.fixture
def ines(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Inès")


@pytest.fixture
def asked(lyon: Branch, ines: Actor) -> Proposal:
    selam = make.mentee(lyon, first_name="Selam", contact_language="ar", needs=["cv"])
    return starting.proposal(selam, make.mentor(lyon, first_name="Anne", strengths=["cv"]), ines)


@pytest.fixture
def duo(lyon: Branch, ines: Actor) -> Duo:
    selam = make.mentee(lyon, first_name="Selam", contact_language="ar")
    return pairing.duo(selam, make.mentor(lyon, first_name="Anne"), ines)


def said(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def at(name: str, pk: int) -> str:
    return reverse(name, args=["lyon", pk])


def test_the_coordinator_sees_what_is_told_and_sends_it(
    sign_in: SignIn, lyon: Branch, asked: Proposal
) -> None:
    client = sign_in(at=lyon)
    page = client.get(at("proposal_send", asked.pk))
    assert "has not agreed yet that we tell about them" in said(page)
    assert 'dir="rtl"' in page.content.decode()
    refused = client.post(at("proposal_send", asked.pk), {"codes": ["both_speak"]})
    assert (refused.status_code, ProposalLetter.everywhere.exists()) == (422, False)
    sent = client.post(at("proposal_send", asked.pk), {"codes": ["both_speak"], "agreed": "on"}, follow=True)
    assert "Sent to Selam." in said(sent)
    assert [fact["code"] for fact in ProposalLetter.everywhere.get().shared] == ["both_speak"]
    again = client.post(at("proposal_send", asked.pk), {"codes": [], "agreed": "on"}, follow=True)
    assert "This is how it stands now." in said(again)


def test_four_sentences_are_one_too_many(sign_in: SignIn, lyon: Branch, asked: Proposal) -> None:
    page = sign_in(at=lyon).post(
        at("proposal_send", asked.pk),
        {"codes": ["both_speak", "work_done", "can_help"], "own_words": "Elle rit souvent.", "agreed": "on"},
    )
    assert (page.status_code, "Three sentences at most" in said(page)) == (422, True)
    assert "Elle rit souvent." in page.content.decode()


def test_the_first_meeting_is_booked_moved_and_held(sign_in: SignIn, lyon: Branch, duo: Duo) -> None:
    client = sign_in(at=lyon)
    day = timezone.localdate() + timedelta(days=4)
    sent = {"day": day.isoformat(), "hour": "15:00", "place": "La Duchère"}
    wrong = client.post(at("duo_first_meeting", duo.pk), sent | {"day": "2020-01-01"})
    assert (wrong.status_code, "This date lies behind us." in said(wrong)) == (422, True)
    page = client.post(at("duo_first_meeting", duo.pk), sent, follow=True)
    assert "has not answered yet" in said(page)
    client.post(at("duo_first_meeting", duo.pk), sent | {"hour": "16:00"})
    row = FirstMeeting.everywhere.get(state="planned")
    page = client.post(at("duo_first_meeting_close", row.pk), {"act": "held"}, follow=True)
    assert "Noted: they have met." in said(page)
    again = client.post(at("duo_first_meeting_close", row.pk), {"act": "held"}, follow=True)
    assert "Somebody was faster." in said(again)


def test_the_first_meeting_makes_way_once_the_two_meet_by_themselves(
    sign_in: SignIn, lyon: Branch, duo: Duo
) -> None:
    client = sign_in(at=lyon)
    assert "Both said yes. Now bring them together." in said(client.get(at("duo", duo.pk)))
    now = timezone.now()
    Meeting.everywhere.create(
        duo=duo, planned_at=now, state="held", met_minutes=60, source="mentor", changed_at=now
    )
    assert "First meeting of three" not in said(client.get(at("duo", duo.pk)))
    sent = {"day": (timezone.localdate() + timedelta(days=4)).isoformat(), "hour": "15:00", "place": "Ici"}
    client.post(at("duo_first_meeting", duo.pk), sent)
    assert "First meeting of three" in said(client.get(at("duo", duo.pk)))


def test_three_people_sign_on_one_screen(sign_in: SignIn, lyon: Branch, duo: Duo) -> None:
    client = sign_in(at=lyon)
    sent = {
        "hours": "2",
        "weekday": "1",
        "place": "La Duchère",
        "parties": ["mentee", "mentor", "coordinator"],
    }
    draft = client.post(at("duo_agreement_draft", duo.pk), sent, follow=True)
    assert "Fix the text and ask for signatures" in said(draft)
    row = Agreement.everywhere.get()
    client.post(at("duo_agreement_act", row.pk), {"act": "send"})
    assert Message.everywhere.filter(kind="agreement.sign").count() == 2
    where = at("duo_agreement_sign", row.pk)
    for number in (1, 2, 3):
        page = client.get(where)
        assert f"Signature {number} of 3" in said(page)
        hidden = BeautifulSoup(page.content, "html.parser").find("input", {"name": "signature"})
        assert hidden is not None
        form = {"signature": hidden["value"], "name": f"Person {number}", "agrees": "on"}
        page = client.post(where, form, follow=True)
    assert "Everybody has signed." in said(page)
    row.refresh_from_db()
    assert (row.state, client.get(where).status_code) == ("signed", 302)
    assert client.get(at("duo_agreement_paper", row.pk)).content[:5] == b"%PDF-"


def test_a_form_for_somebody_who_signed_meanwhile_does_not_sign_for_the_next(
    sign_in: SignIn, lyon: Branch, duo: Duo, ines: Actor
) -> None:
    row, client = starting.agreement(duo, ines), sign_in(at=lyon)
    own = starting.signature(row, "mentee")
    form = {"signature": own.pk, "name": "Selam", "agrees": "on"}
    for _ in range(2):
        page = client.post(at("duo_agreement_sign", row.pk), form, follow=True)
    assert "Somebody was faster." in said(page)
    assert row.signatures.exclude(signed_at=None).count() == 1


def test_the_words_of_the_branch_are_for_those_who_set_templates(sign_in: SignIn, lyon: Branch) -> None:
    where = reverse("agreement_template", args=["lyon"])
    assert sign_in(at=lyon).get(where).status_code == 403
    boss = sign_in(Role.DIRECTOR, lyon)
    page = boss.post(where, {"hours": "3", "words_fr": "Au tiers-lieu."}, follow=True)
    assert "Version 1 holds for new agreements." in said(page)


def counted(client: Client, where: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(where).status_code == 200
    return len(found)


def test_pages_of_the_start_stay_within_their_budget_at_one_and_at_many_versions(
    sign_in: SignIn, lyon: Branch, duo: Duo, asked: Proposal, ines: Actor
) -> None:
    now = timezone.now()
    starting.meeting(duo, ines, now=now, starts_at=now + timedelta(days=3))
    row, client = starting.agreement(duo, ines), sign_in(at=lyon)
    pages = [
        at("duo_agreement", row.pk),
        at("duo_agreement_sign", row.pk),
        at("duo_first_meeting", duo.pk),
        at("proposal_send", asked.pk),
        at("proposal", asked.pk),
        at("duo", duo.pk),
    ]
    counted(client, pages[0])  # what a process remembers from its first page on
    few = [counted(client, where) for where in pages]
    Agreement.everywhere.bulk_create(
        Agreement(
            branch=lyon,
            duo=duo,
            version=number,
            state="withdrawn",
            language="ar",
            place="x",
            wording="1",
            drafted_by_id=ines.id,
            drafted_at=now,
        )
        for number in range(10, 60)
    )
    many = [counted(client, where) for where in pages]
    assert (few, max(few) <= BUDGET) == (many, True), few
