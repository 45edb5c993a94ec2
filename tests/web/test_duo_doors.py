"""Links of the two at the start of a duo: no account, no JavaScript, nothing changes when they are read."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.factories import pairing, starting
from tests.factories import people as make
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions.agreements import sign, withdraw_agreement
from traboule.apps.duos.enums import SignedBy
from traboule.apps.duos.models import Agreement, Duo
from traboule.apps.pairing.models import Proposal, ProposalLetter
from traboule.apps.people.actions.consents import withdraw_consent
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import ConsentPurpose, Role
from traboule.apps.people.models import Person
from traboule.core.actors import Actor, system
from traboule.core.links import LinkEnded
from traboule.core.models import Link

pytestmark = pytest.mark.django_db
SIGNED = {"act": "sign", "name": "Selam Haile", "agrees": "on"}


@pytest.fixture
def ines(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Inès")


@pytest.fixture
def selam(lyon: Branch) -> Person:
    return make.mentee(lyon, first_name="Selam", last_name="Haile", contact_language="en", needs=["cv"])


@pytest.fixture
def anne(lyon: Branch) -> Person:
    return make.mentor(lyon, first_name="Anne", last_name="Martin", contact_language="en", strengths=["cv"])


@pytest.fixture
def letter(selam: Person, anne: Person, ines: Actor) -> ProposalLetter:
    asked = starting.proposal(selam, anne, ines)
    return starting.letter(asked, ines, codes=["work_done", "can_help"], now=timezone.now())


@pytest.fixture
def duo(selam: Person, anne: Person, ines: Actor) -> Duo:
    return pairing.duo(selam, anne, ines)


@pytest.fixture
def agreement(duo: Duo, ines: Actor) -> Agreement:
    return starting.agreement(duo, ines, now=timezone.now())


def said(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


# --- the proposal -----------------------------------------------------------------------------------------


def test_a_scanner_that_opens_the_link_opens_no_letter(
    client: Client, selam: Person, letter: ProposalLetter
) -> None:
    where = starting.link_of(selam, "proposal.ask")
    for _ in range(3):
        page = client.get(where)
    assert "Anne" not in said(page)
    letter.refresh_from_db()
    assert letter.opened_at is None


def test_read_then_yes(client: Client, selam: Person, letter: ProposalLetter) -> None:
    where = starting.link_of(selam, "proposal.ask")
    page = client.post(where, {"act": "read"}, follow=True)
    assert "Anne can help with: CV." in said(page)
    assert "Martin" not in said(page)
    answer = client.post(where, {"act": "yes"}, follow=True)
    assert "You said yes. Thank you." in said(answer)
    letter.proposal.refresh_from_db()
    assert letter.proposal.mentee_answer == "yes"


def test_a_no_may_skip_why_and_a_second_answer_changes_nothing(
    client: Client, selam: Person, letter: ProposalLetter
) -> None:
    where = starting.link_of(selam, "proposal.ask")
    client.post(where, {"act": "read"})
    assert "Why?" in said(client.get(where + "?show=no"))
    assert "Thank you for telling us." in said(client.post(where, {"act": "no"}, follow=True))
    client.post(where, {"act": "yes"})
    found = Proposal.everywhere.get()
    assert (found.state, found.decline_reason) == ("declined", "not_said")


def test_whom_she_would_rather_not_meet_is_asked_and_an_empty_answer_is_explained(
    client: Client, selam: Person, letter: ProposalLetter
) -> None:
    where = starting.link_of(selam, "proposal.ask")
    client.post(where, {"act": "read"})
    wrong = client.post(where, {"act": "rather", "text": " "})
    assert (wrong.status_code, "Write a name, or go back." in said(wrong)) == (422, True)
    page = client.post(where, {"act": "rather", "text": "My cousin Paul"}, follow=True)
    assert "Paul" not in said(page)
    letter.refresh_from_db()
    assert letter.rather_not == "My cousin Paul"
    client.post(where, {"act": "no", "reason": ""})
    client.post(where, {"act": "rather", "text": "Somebody else"})
    letter.refresh_from_db()
    assert letter.rather_not == "My cousin Paul"


def test_a_consent_that_was_taken_back_hides_the_sentences(
    client: Client, selam: Person, anne: Person, letter: ProposalLetter, ines: Actor
) -> None:
    where = starting.link_of(selam, "proposal.ask")
    client.post(where, {"act": "read"})
    withdraw_consent(person=anne, purpose=ConsentPurpose.SHARING, by=ines, now=timezone.now())
    page = said(client.get(where))
    assert "CV" not in page
    assert "Somebody of the team tells you more" in page


def test_an_expired_link_says_so_and_writes_nothing(
    client: Client, selam: Person, letter: ProposalLetter
) -> None:
    where = starting.link_of(selam, "proposal.ask")
    Link.objects.filter(right="proposal.answer").update(ends_at=timezone.now() - timedelta(minutes=1))
    assert client.get(where).status_code == 410
    assert client.post(where, {"act": "yes"}).status_code == 410
    assert Proposal.everywhere.get().state == "proposed"


def test_the_page_speaks_arabic_from_right_to_left(
    client: Client, letter: ProposalLetter, selam: Person
) -> None:
    Person.everywhere.filter(pk=selam.pk).update(contact_language="ar")
    page = client.get(starting.link_of(selam, "proposal.ask"))
    assert b'dir="rtl"' in page.content


# --- the first meeting ------------------------------------------------------------------------------------


def test_each_says_whether_they_can_come(client: Client, selam: Person, duo: Duo, ines: Actor) -> None:
    now = timezone.now()
    row = starting.meeting(duo, ines, now=now, starts_at=now + timedelta(days=3))
    where = starting.link_of(selam, "first_meeting.booked")
    assert "You meet Anne" in said(client.get(where))
    page = client.post(where, {"coming": "cannot"}, follow=True)
    assert "You said: I cannot come." in said(page)
    row.refresh_from_db()
    assert (row.mentee_says, row.mentor_says) == ("cannot", "")
    starting.meeting(duo, ines, now=timezone.now(), starts_at=now + timedelta(days=4))
    assert client.get(where).status_code == 404


# --- the agreement ----------------------------------------------------------------------------------------


def test_a_mentee_signs_by_her_link_and_the_link_is_used_up(
    client: Client, selam: Person, agreement: Agreement
) -> None:
    where = starting.link_of(selam, "agreement.sign")
    page = client.get(where)
    assert "How to stop" in said(page)
    assert "Comment arrêter" in said(page)
    assert "You have signed. Thank you." in said(client.post(where, SIGNED))
    row = starting.signature(agreement, "mentee")
    assert (row.name, row.channel, row.language) == ("Selam Haile", "link", "en")
    assert client.get(where).status_code == 404
    assert client.post(where, SIGNED | {"name": "Somebody"}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "words"), [({"agrees": ""}, "Tick this sentence"), ({"name": " "}, "your name")]
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_signed(
    client: Client, selam: Person, agreement: Agreement, sent: dict[str, str], words: str
) -> None:
    page = client.post(starting.link_of(selam, "agreement.sign"), SIGNED | sent)
    assert (page.status_code, words in said(page)) == (422, True)
    assert starting.signature(agreement, "mentee").signed_at is None


def test_signing_after_a_withdrawal_signs_nothing(
    client: Client, selam: Person, agreement: Agreement, ines: Actor
) -> None:
    where = starting.link_of(selam, "agreement.sign")
    withdraw_agreement(agreement=agreement, by=ines, now=timezone.now())
    assert client.post(where, SIGNED).status_code == 404
    assert starting.signature(agreement, "mentee").signed_at is None


def test_somebody_else_says_so_and_the_link_is_dead(
    client: Client, selam: Person, agreement: Agreement
) -> None:
    where = starting.link_of(selam, "agreement.sign")
    assert "You are not Selam" in said(client.get(where + "?show=not_me"))
    assert "Thank you for telling us." in said(client.post(where, {"act": "not_me"}))
    agreement.refresh_from_db()
    assert agreement.state == "withdrawn"
    assert client.get(where).status_code == 404


def all_signed(agreement: Agreement, ines: Actor) -> None:
    for party, by in (("mentee", system("link")), ("mentor", system("link")), ("coordinator", ines)):
        way = SignedBy.SCREEN if party == "coordinator" else SignedBy.LINK
        row = starting.signature(agreement, party)
        sign(signature=row, name="A B", channel=way, language="fr", by=by, now=timezone.now())


def test_the_copy_opens_as_a_page_and_as_a_paper(
    client: Client, selam: Person, agreement: Agreement, ines: Actor
) -> None:
    all_signed(agreement, ines)
    where = starting.link_of(selam, "agreement.copy")
    assert "Signatures" in said(client.get(where))
    paper = client.get(where + "?file=pdf")
    assert (paper.headers["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("language", ["ar", "ti", "uk", "fa-af"])
def test_the_paper_is_set_in_every_script(
    client: Client, selam: Person, anne: Person, ines: Actor, language: str
) -> None:
    Person.everywhere.filter(pk=selam.pk).update(contact_language=language)
    selam.refresh_from_db()
    agreement = starting.agreement(pairing.duo(selam, anne, ines), ines, now=timezone.now())
    all_signed(agreement, ines)
    assert client.get(starting.link_of(selam, "agreement.copy") + "?file=pdf").content[:5] == b"%PDF-"


def test_my_place_by_link_reads_and_asks_for_the_link_but_signs_nothing(
    client: Client, selam: Person, agreement: Agreement
) -> None:
    place = "/l/" + my_place_address(person=selam, now=timezone.now()).split("/l/")[1]
    assert "It waits for your signature." in said(client.get(place))
    client.post(place + "?show=agreement", SIGNED)
    assert starting.signature(agreement, "mentee").signed_at is None
    page = client.post(place + "?show=agreement", {"act": "send"}, follow=True)
    assert "The link is on its way to you." in said(page)


def test_signed_in_somebody_signs_from_their_place(
    client: Client, lyon: Branch, anne: Person, agreement: Agreement
) -> None:
    client.force_login(make.login(Role.MENTOR, lyon, person=anne))
    assert "It waits for your signature." in said(client.get("/me/"))
    page = client.post("/me/?show=agreement", SIGNED | {"name": "Anne Martin"})
    assert "You have signed. Thank you." in said(page)
    assert starting.signature(agreement, "mentor").channel == "place"


def test_no_paper_carries_the_secret_of_the_link_that_opened_it(
    client: Client, selam: Person, agreement: Agreement, ines: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def caught(_agreement: Any, address: str) -> HttpResponse:
        shown.append(address)
        return HttpResponse(b"%PDF-")

    monkeypatch.setattr("traboule.web.duo.agreement_door.paper", caught)
    client.get(place_of(selam) + "?show=agreement&file=pdf")
    all_signed(agreement, ines)
    client.get(starting.link_of(selam, "agreement.copy") + "?file=pdf")
    assert [address.endswith("/me/") and "/l/" not in address for address in shown] == [True, True]


def test_asking_twice_on_one_day_sends_two_links_and_the_last_one_works(
    client: Client, selam: Person, agreement: Agreement
) -> None:
    place, seen = place_of(selam), set()
    for _press in range(2):
        client.post(place + "?show=agreement", {"act": "send"})
        seen.add(starting.link_of(selam, "agreement.sign"))
    assert len(seen) == 2
    assert client.get(starting.link_of(selam, "agreement.sign")).status_code == 200
    assert Link.objects.get(right="my.place").used_at is not None


def test_a_link_that_another_tap_used_up_meanwhile_says_that_it_is_over(
    client: Client, selam: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def used_up(*, link: Link, now: Any) -> Link:
        raise LinkEnded(link)

    place = place_of(selam)
    monkeypatch.setattr("traboule.web.mentee.visit.use_link", used_up)
    assert client.post(place, {"act": "talk"}).status_code == 410


def place_of(person: Person) -> str:
    return "/l/" + my_place_address(person=person, now=timezone.now()).split("/l/")[1]
