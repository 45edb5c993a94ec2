"""Partners for the team, and the adviser's own pages; all without JavaScript."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.applications.actions import referrals as actions
from traboule.apps.applications.actions.applications import BranchClosed
from traboule.apps.applications.models import Application, BranchClosing
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.partners.actions import add_partner, close_referrer, invite_referrer
from traboule.apps.partners.models import Partner, Referrer
from traboule.apps.people.actions import move_mentee
from traboule.apps.people.enums import MenteeState, Role
from traboule.apps.people.models import Consent, Login, MenteeProfile, Person
from traboule.apps.people.queries import actor_of
from traboule.apps.steps.models import OpenStep
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
WHO = {
    "first_name": "Selam",
    "last_name": "Tesfay",
    "birth_date": "2003-05-04",
    "phone": "06 12 34 56 78",
    "email": "",
    "channel": "sms",
    "contact_language": "fr",
    "postcode": "69009",
}
REST = {
    "languages": "fr:A2 ti:C2",
    "occupations": "",
    "slots": ["0", "3"],
    "consent": "on",
    "consent_news": "on",
}


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text(response: Any) -> str:
    return " ".join(soup(response).main.get_text(" ").split())


@pytest.fixture
def adviser(lyon: Branch) -> Login:
    """Simon, who works at the Maison des Jeunes."""
    director = make.actor(Role.DIRECTOR, lyon)
    partner = add_partner(branch=lyon, fields={"name": "Maison des Jeunes"}, by=director, now=NOW)
    referrer = invite_referrer(
        partner=partner,
        email="simon@example.org",
        name="Simon Meyer",
        locale="en",
        by=director,
        now=NOW,
        sign_in_url="https://example.org/",
    )
    return referrer.login


@pytest.fixture
def desk(adviser: Login, sign_in: SignIn) -> Client:
    client = Client()
    client.force_login(adviser)
    return client


def send(desk: Client, **rest: Any) -> Any:
    where = desk.post("/b/lyon/referrals/new/", WHO)["Location"]
    return desk.post(where, {**REST, **rest}, follow=True)


# --- the adviser ------------------------------------------------------------------------------------------


def test_two_short_pages_send_somebody(lyon: Branch, desk: Client, adviser: Login) -> None:
    first = desk.post("/b/lyon/referrals/new/", WHO)
    draft = Application.everywhere.get()
    assert (draft.state, first["Location"]) == ("draft", f"/b/lyon/referrals/new/rest/?draft={draft.pk}")
    second = desk.post(first["Location"], REST, follow=True)
    assert "Selam Tesfay is sent." in text(second)
    sent = Application.everywhere.get()
    assert (sent.state, sent.source, sent.referred_by, sent.answers) == ("sent", "referrer", adviser, {})
    person = Person.everywhere.get()
    assert (person.phone, MenteeProfile.everywhere.get().state) == ("+33612345678", MenteeState.NEW)
    assert set(Consent.everywhere.values_list("purpose", "collected_by")) == {
        ("programme", adviser.pk),
        ("referrer_news", adviser.pk),
    }


def test_the_message_names_the_adviser_and_the_team_is_held_to_a_day(lyon: Branch, desk: Client) -> None:
    send(desk)
    message = Message.everywhere.get(kind="referral.received")
    assert (message.channel, message.address) == ("sms", "+33612345678")
    assert "Simon Meyer" in message.body
    assert "Maison des Jeunes" in message.body
    step = OpenStep.everywhere.get()
    assert (step.person, step.kind) == (Person.everywhere.get(), "referral_received")


def test_an_interrupted_referral_goes_on_where_it_stopped(lyon: Branch, desk: Client) -> None:
    where = desk.post("/b/lyon/referrals/new/", WHO)["Location"]
    assert "Not sent yet." in text(desk.get("/b/lyon/referrals/"))
    assert soup(desk.get(where)).h1.get_text() == "Selam Tesfay"
    back = soup(desk.get(where.replace("rest/", ""))).select_one("#id_first_name")
    assert back is not None
    assert back["value"] == "Selam"


def test_what_was_not_sent_can_be_thrown_away_by_its_author_alone(
    lyon: Branch, desk: Client, sign_in: SignIn
) -> None:
    desk.post("/b/lyon/referrals/new/", WHO)
    draft = Application.everywhere.get()
    sign_in(Role.REFERRER, lyon).post("/b/lyon/referrals/drop/", {"draft": draft.pk})
    assert Application.everywhere.exists()
    desk.post("/b/lyon/referrals/drop/", {"draft": draft.pk})
    assert not Application.everywhere.exists()


def test_without_the_persons_yes_nobody_is_written_down(lyon: Branch, desk: Client) -> None:
    where = desk.post("/b/lyon/referrals/new/", WHO)["Location"]
    assert desk.post(where, {**REST, "consent": ""}).status_code == 422
    assert not Person.everywhere.exists()
    with pytest.raises(actions.ConsentMissing):
        actions.refer_person(branch=lyon, fields={}, by=make.actor(Role.REFERRER, lyon), now=NOW)


@pytest.mark.parametrize(
    ("name", "value"), [("birth_date", "2003-02-31"), ("phone", "123"), ("postcode", "x")]
)
def test_bad_input_is_said_beside_its_field_and_nothing_is_lost(
    lyon: Branch, desk: Client, name: str, value: str
) -> None:
    answer = desk.post("/b/lyon/referrals/new/", {**WHO, name: value})
    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one(f"#id_{name}_error") is not None
    assert page.select_one("#id_last_name")["value"] == "Tesfay"


def test_the_adviser_reads_a_plain_sentence_and_no_state(lyon: Branch, desk: Client) -> None:
    send(desk)
    assert "We get to know each other." in text(desk.get("/b/lyon/referrals/"))
    Application.everywhere.update(state="deferred")
    assert "Put off: not yet." in text(desk.get("/b/lyon/referrals/"))
    Application.everywhere.update(state="accepted")
    assert "Waits for a mentor." in text(desk.get("/b/lyon/referrals/"))
    mentee = MenteeProfile.everywhere.get()
    by = make.coordinator(lyon)
    move_mentee(mentee=mentee, to=MenteeState.POOL, by=by, now=NOW)
    move_mentee(mentee=mentee, to=MenteeState.MATCHED, by=by, now=NOW)
    assert "Has a mentor." in text(desk.get("/b/lyon/referrals/"))
    Application.everywhere.update(state="refused")
    MenteeProfile.everywhere.update(state="left")
    page = text(desk.get("/b/lyon/referrals/"))
    assert "The path with us has ended." in page
    assert "refused" not in page


def test_without_consent_the_adviser_reads_only_that_it_was_sent(lyon: Branch, desk: Client) -> None:
    send(desk, consent_news="")
    MenteeProfile.everywhere.update(state="matched")
    page = text(desk.get("/b/lyon/referrals/"))
    assert "Sent. This person keeps the rest to themselves." in page
    assert "Has a mentor." not in page


def test_a_withdrawn_consent_counts_at_once(lyon: Branch, desk: Client) -> None:
    send(desk)
    Consent.everywhere.filter(purpose="referrer_news").update(withdrawn_at=NOW + timedelta(days=9999))
    assert "keeps the rest to themselves" in text(desk.get("/b/lyon/referrals/"))


def test_the_yes_given_to_one_adviser_opens_nothing_to_another(lyon: Branch, desk: Client) -> None:
    send(desk)
    Consent.everywhere.filter(purpose="referrer_news").update(collected_by=make.login(Role.REFERRER, lyon))
    assert "keeps the rest to themselves" in text(desk.get("/b/lyon/referrals/"))


def test_nobody_reads_what_another_adviser_sent(lyon: Branch, desk: Client, sign_in: SignIn) -> None:
    send(desk)
    other = sign_in(Role.REFERRER, lyon)
    assert "Selam" not in text(other.get("/b/lyon/referrals/"))
    draft = Application.everywhere.get()
    assert other.get(f"/b/lyon/referrals/new/rest/?draft={draft.pk}").status_code == 302


@pytest.mark.parametrize("draft", ["", "x", "-1", "9" * 40, "²"])
def test_an_address_made_by_hand_leads_to_the_first_page(lyon: Branch, desk: Client, draft: str) -> None:
    assert desk.get(f"/b/lyon/referrals/new/rest/?draft={draft}")["Location"] == "/b/lyon/referrals/new/"


# --- the team ---------------------------------------------------------------------------------------------


def test_a_coordinator_adds_a_partner_and_invites_an_adviser(
    lyon: Branch, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(at=lyon)
    client.post("/b/lyon/partners/new/", {"name": "Foyer", "kind": "housing", "is_active": "on"})
    partner = Partner.everywhere.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("referrer_invite", args=["lyon", partner.pk]),
            {"name": "Awa", "email": "Awa@Example.org", "locale": "fr"},
        )
    referrer = Referrer.everywhere.get()
    assert (referrer.login.email, mail.outbox[0].to) == ("awa@example.org", ["awa@example.org"])
    assert actor_of(referrer.login).may("referrals.make", lyon.pk)


def test_two_partners_of_one_name_are_refused_beside_the_field(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)
    for name in ("Foyer", "foyer"):
        answer = client.post("/b/lyon/partners/new/", {"name": name, "kind": "housing"})
    assert answer.status_code == 422
    assert soup(answer).select_one("#id_name_error") is not None


def test_a_closed_adviser_sends_nobody_any_more(lyon: Branch, adviser: Login) -> None:
    close_referrer(referrer=Referrer.everywhere.get(), by=make.coordinator(lyon), now=NOW)
    with pytest.raises(Exception) as refused:
        actions.save_referral(branch=lyon, fields={}, by=actor_of(Login.objects.get(pk=adviser.pk)), now=NOW)
    assert "NotVisible" in type(refused.value).__name__


def test_the_system_alone_refers_nobody(lyon: Branch) -> None:
    from traboule.core.actors import system

    with pytest.raises(NotAllowed):
        actions.save_referral(branch=lyon, fields={}, by=system("x"), now=NOW)


def test_the_team_sees_who_sent_whom_and_what_became_of_them(
    lyon: Branch, desk: Client, sign_in: SignIn
) -> None:
    send(desk)
    client = sign_in(at=lyon)
    cells = soup(client.get("/b/lyon/partners/")).select("tbody td.num")
    assert [cell.get_text() for cell in cells] == ["1", "1", "0", "0"]
    page = text(client.get(reverse("partner", args=["lyon", Partner.everywhere.get().pk])))
    assert "Selam Tesfay" in page
    assert "1 sent: 1 waiting, 0 with a mentor, 0 ended." in page


def test_a_branch_that_has_closed_takes_nobody_from_an_adviser_and_says_so(
    desk: Client, lyon: Branch, adviser: Login
) -> None:
    BranchClosing.everywhere.create(branch=lyon, closes_on=NOW.date(), decided_at=NOW)
    with pytest.raises(BranchClosed):
        actions.save_referral(branch=lyon, fields={}, by=actor_of(adviser), now=NOW)
    with pytest.raises(BranchClosed):
        actions.refer_person(branch=lyon, fields={"consent": True}, by=actor_of(adviser), now=NOW)
    answer = desk.post(reverse("referral_new", args=[lyon.slug]), WHO, follow=True)
    assert "takes nobody any more" in answer.content.decode()
    assert not Application.everywhere.exists()
