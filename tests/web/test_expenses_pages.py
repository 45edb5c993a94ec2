"""My expenses by a link and signed in, the desk of the team, the file of the director, the year on paper."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import expenses as spend
from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.expenses.actions.claims import NoWaiver
from traboule.apps.expenses.actions.decisions import decide_claim
from traboule.apps.expenses.enums import ExpenseKind
from traboule.apps.expenses.models import BankDetails, ExpenseClaim, ExpenseRates, ReimbursementBatch
from traboule.apps.messages.models import Message
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person

pytestmark = pytest.mark.django_db
BUDGET = 15


def door(person: Person) -> str:
    return "/" + my_place_address(person=person, now=timezone.now()).split("/", 3)[3]


def photo(name: str = "IMG_2031.png", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or spend.picture())


def sent(person: Person, **fields: Any) -> ExpenseClaim:
    now = timezone.now()
    return spend.claim(person, **{"now": now, "spent_on": timezone.localdate(now), **fields})


def form(**fields: Any) -> dict[str, Any]:
    day = timezone.localdate().isoformat()
    return {"act": "expense", "kind": "transport", "amount": "12,40", "spent_on": day, **fields}


def test_a_mentor_sends_a_ticket_by_the_link_of_a_message(lyon: Branch, client: Client) -> None:
    mentor = make.mentor(lyon, contact_language="en")
    where = door(mentor)
    assert client.get(f"{where}?show=expense").status_code == 200
    answer = client.post(where, form(file=photo()), follow=True)
    assert "It is sent. Thank you." in answer.content.decode()
    claim = ExpenseClaim.everywhere.get()
    assert (claim.person, claim.amount, claim.kind) == (mentor, 1240, ExpenseKind.TRANSPORT)
    own = client.get(f"{where}?show=proof&claim={claim.pk}")
    assert own.headers["Content-Type"] == "image/png"


def test_a_wrong_field_is_said_beside_it_and_nothing_typed_is_lost(lyon: Branch, client: Client) -> None:
    mentor = make.mentor(lyon, contact_language="en")
    answer = client.post(
        door(mentor), form(amount="twelve", about="Museum", file=photo(content=b"no picture"))
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="twelve"' in said
    assert 'value="Museum"' in said
    assert "The ending of the name does not fit" in said
    assert not ExpenseClaim.everywhere.exists()


def test_kilometres_need_no_picture_and_a_ceiling_is_said(lyon: Branch, client: Client) -> None:
    mentor = make.mentor(lyon, contact_language="en")
    where, day = door(mentor), timezone.localdate().isoformat()
    trip = {"act": "expense", "way": "km", "km": "4500", "spent_on": day}
    assert "You have 500 km left this year." in client.post(where, trip, follow=True).content.decode()
    refused = client.post(where, trip | {"km": "501"})
    assert refused.status_code == 422
    assert "You have 500 km left." in refused.content.decode()


def test_a_gift_that_the_association_takes_no_more_is_said_beside_the_box(
    lyon: Branch, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_kwargs: Any) -> None:
        raise NoWaiver

    monkeypatch.setattr("traboule.web.mentor.expenses.send_claim", refused)
    mentor = make.mentor(lyon, contact_language="en")
    answer = client.post(door(mentor), form(file=photo(), waives="on"))
    assert (answer.status_code, "Please untick it." in answer.content.decode()) == (422, True)


def test_an_account_is_checked_and_never_shown_whole(lyon: Branch, client: Client) -> None:
    mentor = make.mentor(lyon, contact_language="en")
    where = door(mentor)
    wrong = client.post(where, {"act": "account", "holder": "Anne", "iban": "FR00"})
    assert wrong.status_code == 422
    page = client.post(where, {"act": "account", "holder": "Anne", "iban": spend.IBAN}, follow=True)
    assert BankDetails.everywhere.get(person=mentor).iban == spend.IBAN
    assert spend.IBAN not in page.content.decode()
    assert "2606" in page.content.decode()


def test_a_mentee_has_no_expenses_and_nobody_opens_another_ones(lyon: Branch, client: Client) -> None:
    assert client.get(f"{door(make.mentee(lyon))}?show=expenses").status_code == 404
    other = sent(make.mentor(lyon))
    where = door(make.mentor(lyon))
    for what in (f"?show=proof&claim={other.pk}", f"?show=expense&claim={other.pk}"):
        assert client.get(where + what).status_code == 404
    assert client.post(where, {"act": "expense_back", "claim": other.pk}).status_code == 404


def test_a_question_is_answered_on_the_same_form(lyon: Branch, client: Client) -> None:
    mentor = make.mentor(lyon, contact_language="en")
    claim = sent(mentor)
    by = make.coordinator(lyon)
    decide_claim(claim=claim, move="ask_back", reason="Which day?", by=by, now=timezone.now())
    where = door(mentor)
    page = client.get(f"{where}?show=expense&claim={claim.pk}").content.decode()
    assert "Which day?" in page
    assert 'value="12,40"' in page
    client.post(where, form(claim=claim.pk, amount="11"))
    claim.refresh_from_db()
    assert (claim.state, claim.amount) == ("sent", 1100)
    client.post(where, {"act": "expense_back", "claim": claim.pk})
    claim.refresh_from_db()
    assert claim.state == "withdrawn"


def test_a_coordinator_approves_and_refuses_with_a_reason(lyon: Branch, sign_in: SignIn) -> None:
    first, second = sent(make.mentor(lyon)), sent(make.mentor(lyon))
    client = sign_in(Role.COORDINATOR, lyon)
    assert "12" in client.get(reverse("expenses", args=["lyon"])).content.decode()
    page = reverse("expense", args=["lyon", first.pk])
    assert client.post(page, {"move": "refuse", "reason": ""}).status_code == 422
    client.post(page, {"move": "refuse", "reason": "Meals are not paid."})
    client.post(reverse("expense", args=["lyon", second.pk]), {"move": "approve"})
    assert [row.state for row in ExpenseClaim.everywhere.order_by("pk")] == ["refused", "approved"]
    assert client.get(reverse("reimbursements", args=["lyon"])).status_code == 403


def test_a_director_makes_one_file_takes_it_and_says_paid(lyon: Branch, sign_in: SignIn) -> None:
    mentor = make.mentor(lyon)
    spend.account(mentor)
    decide_claim(claim=sent(mentor), move="approve", reason="", by=make.coordinator(lyon), now=timezone.now())
    client = sign_in(Role.DIRECTOR, lyon)
    desk = reverse("reimbursements", args=["lyon"])
    pay_on = {"pay_on": (timezone.localdate() + timedelta(days=2)).isoformat()}
    assert client.post(desk, pay_on).status_code == 422
    account = {"holder": "Deux rives", "iban": spend.PAYER, "version": "pain.001.001.09"}
    client.post(reverse("expense_payer", args=["lyon"]), account)
    assert client.post(desk, pay_on).status_code == 302
    assert client.post(desk, pay_on).status_code == 422
    batch = ReimbursementBatch.everywhere.get()
    taken = client.get(reverse("reimbursement_file", args=["lyon", batch.pk]))
    assert taken.content == bytes(batch.content)
    assert spend.PAYER not in client.get(desk).content.decode()
    client.post(reverse("reimbursement_paid", args=["lyon", batch.pk]))
    assert ExpenseClaim.everywhere.get().state == "paid"
    years = client.get(reverse("expense_years", args=["lyon"])).content.decode()
    assert mentor.last_name in years
    paper = client.get(reverse("expense_statement", args=["lyon", timezone.localdate().year, mentor.pk]))
    assert paper.content.startswith(b"%PDF")


def test_an_account_that_was_replaced_is_told_to_its_owner_and_marked_before_paying(
    lyon: Branch, client: Client, sign_in: SignIn
) -> None:
    mentor = make.mentor(lyon, first_name="Anne", last_name="Martin", contact_language="en")
    spend.account(mentor)
    told = Message.everywhere.filter(kind="expense.account_changed", person=mentor)
    claim = sent(mentor)
    decide_claim(claim=claim, move="approve", reason="", by=make.coordinator(lyon), now=timezone.now())
    desk = reverse("reimbursements", args=["lyon"])
    director = sign_in(Role.DIRECTOR, lyon)
    assert (told.count(), "before you pay" in director.get(desk).content.decode()) == (0, False)
    client.post(door(mentor), {"act": "account", "holder": "Anne", "iban": spend.PAYER})
    assert told.count() == 1
    assert "Look at these accounts before you pay" in director.get(desk).content.decode()


def test_a_volunteer_takes_the_statement_of_a_year_by_link(lyon: Branch, client: Client) -> None:
    mentor = make.mentor(lyon)
    claim = sent(mentor, waives=True)
    decide_claim(claim=claim, move="approve", reason="", by=make.coordinator(lyon), now=timezone.now())
    where = door(mentor)
    paper = client.get(f"{where}?show=statement&year={timezone.localdate().year}")
    assert paper.content.startswith(b"%PDF")
    assert client.get(f"{where}?show=statement&year=2999").status_code == 404
    assert client.get(f"{where}?show=statement&year=x").status_code == 404


def test_only_an_administrator_sets_rates_and_each_says_its_source(lyon: Branch, sign_in: SignIn) -> None:
    where = reverse("expense_rates_new", args=["lyon"])
    assert sign_in(Role.DIRECTOR, lyon).get(where).status_code == 403
    client = sign_in(Role.ADMINISTRATOR)
    fields = {
        "valid_from": "2027-01-01",
        "source": "Journal officiel",
        "source_year": "2027",
        "km_rate": "0.55",
    }
    assert client.post(where, fields | {"source": ""}).status_code == 422
    client.post(where, fields)
    assert ExpenseRates.objects.get().km_rate == 5500
    page = client.get(reverse("expense_rates", args=["lyon"])).content.decode()
    assert "Journal officiel" in page
    assert "associatheque.fr" in page


def cost(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(where).status_code == 200
    return len(found)


def test_lists_cost_as_many_queries_at_one_row_as_at_many(
    lyon: Branch, sign_in: SignIn, client: Client
) -> None:
    mentor = make.mentor(lyon)
    spend.payer(lyon)
    sent(mentor)
    by = make.coordinator(lyon)
    gift = sent(mentor, waives=True)
    decide_claim(claim=gift, move="approve", reason="", by=by, now=timezone.now())
    desk = sign_in(Role.DIRECTOR, lyon)
    names = ("expenses", "reimbursements", "expense_years", "expense_rates")
    pages = [(desk, reverse(name, args=["lyon"])) for name in names]
    pages.append((client, f"{door(mentor)}?show=expenses"))
    for who, where in pages:
        who.get(where)
    few = [cost(who, where) for who, where in pages]
    for _ in range(8):
        other = make.mentor(lyon)
        sent(other)
        sent(mentor)
        decide_claim(claim=sent(other), move="approve", reason="", by=by, now=timezone.now())
        decide_claim(claim=sent(other, waives=True), move="approve", reason="", by=by, now=timezone.now())
    many = [cost(who, where) for who, where in pages]
    assert many == few
    assert max(many) <= BUDGET
