"""The file for the bank: right by its schema and its sum, frozen, and no claim in two of them."""

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import IntegrityError, connections, transaction
from sepaxml.validation import try_valid_xml

from tests.factories import expenses as spend
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.expenses.actions.bank import set_bank
from traboule.apps.expenses.actions.bank_file import Account, FileRefused, Transfer, plain, transfer_file
from traboule.apps.expenses.actions.payments import (
    BadIban,
    NoPayer,
    NothingToPay,
    WrongPayDay,
    make_batch,
    mark_paid,
    take_file,
)
from traboule.apps.expenses.models import BankDetails, BatchLine, ExpenseClaim
from traboule.apps.expenses.queries.payments import due_now
from traboule.apps.expenses.queries.statements import statement_of
from traboule.apps.messages.models import Message
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed

ROOT = Path(__file__).resolve().parents[3]
PAY_ON = TODAY + timedelta(days=2)
RACERS, ROUNDS = 4, 3

RACE = """
import django
django.setup()
from tests.apps.expenses.test_payments import race_here
print(race_here())
"""


@pytest.fixture
def lyon(db: None) -> Branch:
    return make.branch(slug="lyon")


def fill(branch: Branch, volunteers: int = 3) -> Any:
    """Volunteers with two approved claims each, of different sums; returns a director who may pay."""
    by = make.coordinator(branch)
    for number in range(volunteers):
        mentor = make.mentor(branch, first_name="Zoë & Anaïs", last_name="Đorđević")
        spend.account(mentor)
        spend.approved(mentor, by, cents=1000 + number)
        spend.approved(mentor, by, cents=1)
    return spend.payer(branch)


@pytest.mark.parametrize("version", ["pain.001.001.03", "pain.001.001.09"])
def test_the_file_is_right_by_its_schema_and_says_the_sum(lyon: Branch, version: str) -> None:
    director = fill(lyon)
    spend.payer(lyon, director, version)
    batch = make_batch(branch=lyon, pay_on=PAY_ON, by=director, now=NOW)
    content = bytes(batch.content)
    try_valid_xml(content, version)
    ns = {"p": f"urn:iso:std:iso:20022:tech:xsd:{version}"}
    root = ElementTree.fromstring(content)  # noqa: S314 -- our own file
    head = root.find(".//p:GrpHdr", ns)
    assert head is not None
    assert head.findtext("p:CtrlSum", namespaces=ns) == "30.06"
    assert head.findtext("p:NbOfTxs", namespaces=ns) == "3"
    sums = [node.text for node in root.iterfind(".//p:InstdAmt", ns)]
    assert sums == ["10.01", "10.02", "10.03"]
    names = {node.text for node in root.iterfind(".//p:Cdtr/p:Nm", ns)}
    assert names == {"Zoe Anais Dordevic"}
    assert (batch.total, batch.transfers) == (3006, 3)


def test_a_frozen_file_comes_back_byte_for_byte_and_who_took_it_is_written(lyon: Branch) -> None:
    director = fill(lyon)
    batch = make_batch(branch=lyon, pay_on=PAY_ON, by=director, now=NOW)
    first = take_file(batch=batch, by=director, now=NOW)
    batch.refresh_from_db()
    BankDetails.everywhere.all().delete()
    assert take_file(batch=batch, by=director, now=NOW + timedelta(days=90)) == first
    assert AuditEntry.objects.filter(verb="reimbursement.taken").count() == 2


def test_a_claim_is_in_one_file_by_the_database(lyon: Branch) -> None:
    director = fill(lyon)
    batch = make_batch(branch=lyon, pay_on=PAY_ON, by=director, now=NOW)
    with pytest.raises(NothingToPay):
        make_batch(branch=lyon, pay_on=PAY_ON, by=director, now=NOW)
    claim = ExpenseClaim.everywhere.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchLine.everywhere.create(batch=batch, claim=claim, amount=1)


def test_the_director_says_that_it_is_paid_and_people_hear_one_sum(lyon: Branch) -> None:
    director = fill(lyon, 1)
    batch = make_batch(branch=lyon, pay_on=PAY_ON, by=director, now=NOW)
    assert set(ExpenseClaim.everywhere.values_list("state", flat=True)) == {"approved"}
    mark_paid(batch=batch, by=director, now=NOW + timedelta(days=3))
    mark_paid(batch=batch, by=director, now=NOW + timedelta(days=4))
    assert set(ExpenseClaim.everywhere.values_list("state", flat=True)) == {"paid"}
    told = Message.everywhere.get(kind="expense.paid")
    assert "10,01" in told.body
    claim = ExpenseClaim.everywhere.select_related("person").first()
    assert claim is not None
    found = statement_of(claim.person, TODAY.year)
    assert (found.paid, found.kinds[0].claims) == (1001, 2)


def test_who_has_no_account_waits_and_is_named(lyon: Branch) -> None:
    mentor = make.mentor(lyon)
    spend.approved(mentor, make.coordinator(lyon))
    director = spend.payer(lyon)
    due = due_now(actor=director, branch=lyon)
    assert (due.claims, due.without) == (0, [mentor])
    with pytest.raises(NothingToPay):
        make_batch(branch=lyon, pay_on=PAY_ON, by=director, now=NOW)


def test_gifts_are_in_no_file(lyon: Branch) -> None:
    mentor = make.mentor(lyon)
    spend.account(mentor)
    spend.approved(mentor, make.coordinator(lyon), waives=True)
    with pytest.raises(NothingToPay):
        make_batch(branch=lyon, pay_on=PAY_ON, by=spend.payer(lyon), now=NOW)


def test_a_file_needs_an_account_a_day_and_the_right(lyon: Branch) -> None:
    by = make.coordinator(lyon)
    director = make.actor(Role.DIRECTOR, lyon)
    with pytest.raises(NotAllowed):
        make_batch(branch=lyon, pay_on=PAY_ON, by=by, now=NOW)
    with pytest.raises(NoPayer):
        make_batch(branch=lyon, pay_on=PAY_ON, by=director, now=NOW)
    with pytest.raises(WrongPayDay):
        make_batch(branch=lyon, pay_on=TODAY - timedelta(days=1), by=director, now=NOW)


def test_bank_details_are_checked_and_other_staff_may_not_write_them(lyon: Branch) -> None:
    mentor = make.mentor(lyon)
    with pytest.raises(BadIban):
        spend.account(mentor, "FR1420041010050500013M02607")
    with pytest.raises(NotAllowed):
        set_bank(person=mentor, holder="X", iban=spend.IBAN, by=make.coordinator(lyon), now=NOW)
    spend.account(mentor, " fr14 2004 1010 0505 0001 3m02 606 ")
    row = BankDetails.everywhere.get(person=mentor)
    assert (row.iban, str(row)) == (spend.IBAN, "FR•• •••• 2606")


def test_when_two_records_become_one_one_account_stays_and_comes_back(lyon: Branch) -> None:
    kept, dropped, by = make.mentor(lyon), make.mentor(lyon), make.coordinator(lyon)
    for person in (kept, dropped):
        spend.account(person)
        spend.claim(person)
    merge = people.merge_people(kept=kept, dropped=dropped, choices={}, by=by, now=NOW)
    assert BankDetails.everywhere.get().person_id == kept.pk
    assert ExpenseClaim.everywhere.filter(person=kept).count() == 2
    people.unmerge(merge=merge, by=by, now=NOW)
    assert BankDetails.everywhere.filter(person=dropped).count() == 1


@pytest.mark.parametrize("iban", ["FR14", "not an iban", ""])
def test_a_file_that_would_be_wrong_is_refused(iban: str) -> None:
    transfer = Transfer(Account("A", iban), 100, "1", "words")
    with pytest.raises(FileRefused):
        transfer_file(Account("B", spend.PAYER), [transfer], version="pain.001.001.09", pay_on=PAY_ON)


def test_names_are_said_in_letters_that_every_bank_reads() -> None:
    assert plain("Œuvre & <Co> “Ż”", 70) == "OEuvre Co Z"
    assert plain("سلام", 70) != ""
    assert len(plain("x" * 300, 140)) == 140


def race_here() -> dict[str, int]:
    """Race in this process with a thread and a connection per racer; count what came of it."""
    found = {"made": 0, "nothing": 0, "other": 0, "doubles": 0}
    for number in range(ROUNDS):
        branch = make.branch(slug=f"pay-{NOW:%H}-{number}-{make.branch().pk}")
        director = fill(branch, 2)
        barrier, outcomes = threading.Barrier(RACERS), []

        def pay(
            branch: Any = branch, director: Any = director, barrier: Any = barrier, to: Any = outcomes
        ) -> None:
            barrier.wait(timeout=30)
            try:
                make_batch(branch=branch, pay_on=PAY_ON, by=director, now=NOW)
                to.append("made")
            except NothingToPay:
                to.append("nothing")
            except Exception:
                to.append("other")
            finally:
                connections.close_all()

        racers = [threading.Thread(target=pay) for _ in range(RACERS)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join(timeout=60)
        for outcome in outcomes:
            found[outcome] += 1
        lines = BatchLine.everywhere.filter(batch__branch=branch).count()
        found["doubles"] += lines - 4
    return found


def expected() -> dict[str, int]:
    return {"made": ROUNDS, "nothing": ROUNDS * (RACERS - 1), "other": 0, "doubles": 0}


@pytest.mark.slow
def test_of_four_who_press_at_once_one_makes_the_file_on_sqlite(own_database: str) -> None:
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        pytest.skip("on PostgreSQL the test below races in the test database itself")
    environment = {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "traboule.config.settings.test",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "PATH": "/usr/bin:/bin",
    }
    words = [sys.executable, "-c", RACE]
    done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().splitlines()[-1] == str(expected())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_four_who_press_at_once_one_makes_the_file_on_postgresql() -> None:
    assert race_here() == expected()
