"""Sending, deciding, asking back: ceilings, a second person, and what stays of somebody who is erased."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import expenses as spend
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.expenses.actions.claims import (
    CeilingReached,
    NoWaiver,
    WrongDay,
    send_claim,
    withdraw_claim,
)
from traboule.apps.expenses.actions.decisions import ReasonMissing, decide_claim
from traboule.apps.expenses.actions.keeping import forget_old_accounts
from traboule.apps.expenses.actions.payments import mark_paid
from traboule.apps.expenses.actions.rates import SourceMissing, set_rates
from traboule.apps.expenses.enums import ExpenseKind, ExpenseState
from traboule.apps.expenses.models import BankDetails, ExpenseClaim, ExpenseProof
from traboule.apps.expenses.queries.rates import rates_on, versions_of
from traboule.apps.expenses.queries.statements import statement_of
from traboule.apps.expenses.rules import HumanNeeded, NotYourOwn
from traboule.apps.expenses.shipped import SHIPPED
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Role
from traboule.apps.people.queries import actor_of
from traboule.apps.privacy.actions import erase_person
from traboule.apps.privacy.enums import EraseReason
from traboule.apps.privacy.queries import retention_due
from traboule.apps.steps.models import OpenStep
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.expenses import Ceiling
from traboule.kernel.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def liege() -> Branch:
    return make.branch(slug="liege", country="BE", timezone="Europe/Brussels")


def test_every_shipped_figure_says_where_and_when_it_was_published() -> None:
    assert all(row.source and 2020 < row.source_year <= 2026 for row in SHIPPED)
    assert {row.country for row in SHIPPED} == {"FR", "BE"}


def test_a_claim_is_sent_with_its_picture_and_asks_the_team(lyon: Branch) -> None:
    claim = spend.claim(make.mentor(lyon))
    assert (claim.state, claim.amount, claim.is_flat) == (ExpenseState.SENT, 1240, False)
    assert claim.proof.name == f"proof-{claim.pk}.png"
    assert OpenStep.everywhere.get(key=f"expense.to_decide:{claim.pk}").closed_at is None
    assert AuditEntry.objects.filter(verb="expense.sent", subject_id=str(claim.pk)).exists()


def test_kilometres_count_at_the_rate_of_their_day_and_keep_it(lyon: Branch) -> None:
    claim = spend.claim(make.mentor(lyon), km=100)
    assert (claim.amount, claim.km_rate) == (5290, 5290)
    fields = {"valid_from": date(2026, 1, 1), "km_rate": 3000, "source": "Test", "source_year": 2026}
    administrator = make.actor(Role.ADMINISTRATOR)
    set_rates(branch=lyon, fields=fields, by=administrator, now=NOW)
    claim.refresh_from_db()
    assert (claim.amount, claim.km_rate) == (5290, 5290)
    assert spend.claim(make.mentor(lyon), km=100).amount == 3000


def test_rates_hold_from_their_day_and_one_set_by_hand_goes_before_the_shipped(lyon: Branch) -> None:
    assert rates_on("BE", date(2024, 6, 1)).flat_day == 4148
    assert rates_on("BE", date(2025, 6, 1)).flat_day == 4231
    assert rates_on("FR", date(2021, 12, 31)).km_rate is None
    fields = {"valid_from": date(2022, 1, 1), "km_rate": 4000, "source": "Test", "source_year": 2022}
    set_rates(branch=lyon, fields=fields, by=make.actor(Role.ADMINISTRATOR), now=NOW)
    assert [row.km_rate for row in versions_of("FR")] == [4000]


def test_rates_are_set_by_an_administrator_with_a_source(lyon: Branch) -> None:
    fields = {"valid_from": TODAY, "source": " ", "source_year": 2026}
    with pytest.raises(SourceMissing):
        set_rates(branch=lyon, fields=fields, by=make.actor(Role.ADMINISTRATOR), now=NOW)
    with pytest.raises(NotAllowed):
        set_rates(branch=lyon, fields=fields, by=make.actor(Role.DIRECTOR, lyon), now=NOW)


def test_a_ceiling_is_warned_of_before_and_refuses_after(liege: Branch) -> None:
    mentor = make.mentor(liege)
    fields: dict[str, Any] = {"spent_on": TODAY, "km": 1700}
    send: dict[str, Any] = {"person": mentor, "kind": ExpenseKind.KILOMETRES, "proof": None}
    send |= {"by": spend.LINK, "now": NOW}
    _claim, verdict = send_claim(fields=fields, **send)
    assert (verdict.near, verdict.left) == (Ceiling.KM_YEAR, 300)
    with pytest.raises(CeilingReached) as refused:
        send_claim(fields=fields | {"km": 301}, **send)
    assert (refused.value.verdict.over, refused.value.verdict.left) == (Ceiling.KM_YEAR, 300)
    assert ExpenseClaim.everywhere.count() == 1
    send_claim(fields=fields | {"km": 300}, **send)


def test_two_records_that_became_one_are_approved_up_to_the_ceiling_only(liege: Branch) -> None:
    mentor, twin, by = make.mentor(liege), make.mentor(liege), make.coordinator(liege)
    first, second = spend.claim(mentor, km=1500), spend.claim(twin, km=1500)
    ExpenseClaim.everywhere.filter(pk=second.pk).update(person=mentor)
    decide_claim(claim=first, move="approve", reason="", by=by, now=NOW)
    second.refresh_from_db()
    with pytest.raises(CeilingReached) as refused:
        decide_claim(claim=second, move="approve", reason="", by=by, now=NOW)
    assert (refused.value.verdict.over, refused.value.verdict.left) == (Ceiling.KM_YEAR, 500)
    assert decide_claim(claim=second, move="refuse", reason="Too far.", by=by, now=NOW).state == "refused"


def test_an_open_claim_is_a_contact_and_keeps_a_person_past_the_two_years(liege: Branch) -> None:
    mentor, later = make.mentor(liege, last_contact_at=NOW - timedelta(days=900)), NOW + timedelta(days=731)
    claim = spend.claim(mentor)
    mentor.refresh_from_db()
    assert mentor.last_contact_at == NOW
    assert [due.blocked for due in retention_due(branch=liege, now=later)] == [("open_expense",)]
    withdraw_claim(claim=claim, by=spend.LINK, now=NOW)
    assert [due.blocked for due in retention_due(branch=liege, now=later)] == [()]


def test_a_flat_sum_is_for_belgium_and_stays_under_its_day(liege: Branch, lyon: Branch) -> None:
    with pytest.raises(CeilingReached) as refused:
        spend.claim(make.mentor(lyon), proof=None)
    assert refused.value.verdict.over == Ceiling.NO_FLAT
    mentor = make.mentor(liege)
    assert spend.claim(mentor, cents=4000, proof=None).is_flat
    with pytest.raises(CeilingReached) as refused:
        spend.claim(mentor, cents=300, proof=None)
    assert (refused.value.verdict.over, refused.value.verdict.left) == (Ceiling.FLAT_DAY, 231)
    with pytest.raises(CeilingReached) as refused:
        spend.claim(mentor, cents=300)
    assert refused.value.verdict.over == Ceiling.MIXES


def test_refused_and_withdrawn_claims_count_against_no_ceiling(liege: Branch) -> None:
    mentor = make.mentor(liege)
    withdraw_claim(claim=spend.claim(mentor, km=2000), by=spend.LINK, now=NOW)
    again = spend.claim(mentor, km=2000)
    decide_claim(claim=again, move="refuse", reason="Twice.", by=make.coordinator(liege), now=NOW)
    spend.claim(mentor, km=2000)


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=366)])
def test_a_day_to_come_or_of_long_ago_is_refused(lyon: Branch, day: date) -> None:
    with pytest.raises(WrongDay):
        spend.claim(make.mentor(lyon), spent_on=day)


def test_giving_up_is_for_france_and_ends_as_a_gift_that_is_never_paid(lyon: Branch, liege: Branch) -> None:
    with pytest.raises(NoWaiver):
        spend.claim(make.mentor(liege), waives=True)
    mentor, by = make.mentor(lyon), make.coordinator(lyon)
    claim = spend.approved(mentor, by, waives=True)
    assert claim.state == ExpenseState.WAIVED
    found = statement_of(mentor, TODAY.year)
    assert (found.paid, found.waived) == (0, 1240)


def test_nobody_decides_about_their_own_money(lyon: Branch) -> None:
    mentor = make.mentor(lyon)
    login = make.login(Role.COORDINATOR, lyon, person=mentor)
    claim = spend.claim(mentor)
    with pytest.raises(NotYourOwn):
        decide_claim(claim=claim, move="approve", reason="", by=actor_of(login), now=NOW)
    typist = make.coordinator(lyon)
    fields = {"spent_on": TODAY, "amount": 500}
    typed, _ = send_claim(
        person=mentor, kind=ExpenseKind.PHONE, fields=fields, proof=spend.proof(), by=typist, now=NOW
    )
    with pytest.raises(NotYourOwn):
        decide_claim(claim=typed, move="approve", reason="", by=typist, now=NOW)
    with pytest.raises(HumanNeeded):
        decide_claim(claim=claim, move="approve", reason="", by=spend.LINK, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpenseClaim.everywhere.filter(pk=typed.pk).update(decided_by=typist.id, decided_at=NOW)


def test_a_no_needs_words_and_the_volunteer_reads_them(lyon: Branch) -> None:
    claim, by = spend.claim(make.mentor(lyon)), make.coordinator(lyon)
    with pytest.raises(ReasonMissing):
        decide_claim(claim=claim, move="refuse", reason=" ", by=by, now=NOW)
    decide_claim(claim=claim, move="refuse", reason="Meals are not paid.", by=by, now=NOW)
    assert "Meals are not paid." in Message.everywhere.get(kind="expense.refused").body
    with pytest.raises(IllegalMove):
        decide_claim(claim=claim, move="approve", reason="", by=by, now=NOW)


def test_a_question_is_answered_by_sending_again_and_the_picture_stays(lyon: Branch) -> None:
    mentor, by = make.mentor(lyon), make.coordinator(lyon)
    claim = decide_claim(claim=spend.claim(mentor), move="ask_back", reason="When?", by=by, now=NOW)
    assert OpenStep.everywhere.filter(key=f"expense.to_decide:{claim.pk}", closed_at=None).count() == 0
    fields = {"spent_on": TODAY - timedelta(days=1), "amount": 1100}
    again, _ = send_claim(
        person=mentor,
        kind=ExpenseKind.TRANSPORT,
        fields=fields,
        proof=None,
        by=spend.LINK,
        now=NOW,
        again=claim,
    )
    assert (again.pk, again.state, again.amount, again.is_flat) == (claim.pk, "sent", 1100, False)
    assert ExpenseProof.everywhere.filter(claim=again).count() == 1
    with pytest.raises(NotVisible):
        send_claim(
            person=make.mentor(lyon),
            kind=ExpenseKind.OTHER,
            fields=fields,
            proof=None,
            by=spend.LINK,
            now=NOW,
            again=claim,
        )


def test_one_mentor_sends_nothing_for_another(lyon: Branch) -> None:
    mentor = make.mentor(lyon)
    login = make.login(Role.MENTOR, lyon, person=make.mentor(lyon))
    fields = {"spent_on": TODAY, "amount": 500}
    with pytest.raises(NotAllowed):
        send_claim(
            person=mentor,
            kind=ExpenseKind.PHONE,
            fields=fields,
            proof=spend.proof(),
            by=actor_of(login),
            now=NOW,
        )


def test_erasing_keeps_the_sums_of_the_accounts_and_nothing_of_the_person(lyon: Branch) -> None:
    mentor, by = make.mentor(lyon), make.coordinator(lyon)
    batch = spend.batch(lyon, mentor, by)
    mark_paid(batch=batch, by=make.actor(Role.DIRECTOR, lyon), now=NOW)
    spend.approved(mentor, by, waives=True, about="Salon with Selam")
    spend.claim(mentor, cents=999, about="Not decided")
    officer = make.actor(Role.DPO, lyon)
    erase_person(person=mentor, by=officer, now=NOW + timedelta(days=1), reason=EraseReason.ASKED)
    rows = list(ExpenseClaim.everywhere.order_by("pk"))
    assert [(row.state, row.amount, row.about) for row in rows] == [("paid", 1240, ""), ("waived", 1240, "")]
    assert all(row.person_id != mentor.pk and not row.person.first_name for row in rows)
    assert not BankDetails.everywhere.exists()
    assert ExpenseProof.everywhere.count() == 2


def test_accounts_go_when_their_ten_years_are_over(lyon: Branch) -> None:
    mentor, by = make.mentor(lyon), make.coordinator(lyon)
    mark_paid(batch=spend.batch(lyon, mentor, by), by=make.actor(Role.DIRECTOR, lyon), now=NOW)
    assert forget_old_accounts(NOW.replace(year=2036, month=12, day=31)) == 0
    assert forget_old_accounts(NOW.replace(year=2037, month=1, day=1)) == 1
    assert not ExpenseClaim.everywhere.exists()
