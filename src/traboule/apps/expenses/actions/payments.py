"""Paying back: the account of the association, one file for the bank, and the word that it was paid."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import IntegrityError, transaction
from django.db.models import Max

from traboule.apps.branches.models import Branch
from traboule.apps.expenses.actions._shared import record
from traboule.apps.expenses.actions.bank_file import Account, Transfer, transfer_file
from traboule.apps.expenses.models import (
    BankDetails,
    BatchLine,
    ExpenseClaim,
    PayerAccount,
    ReimbursementBatch,
)
from traboule.apps.expenses.queries.payments import payable
from traboule.apps.expenses.rules import human
from traboule.apps.messages.actions import tell
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.expenses import is_iban, plain_iban
from traboule.kernel.lifecycle import EXPENSE

LATEST_PAYMENT = timedelta(days=60)


class BadIban(ValueError):
    """The check digits of an IBAN are wrong."""


class NothingToPay(Exception):
    """No approved claim with an account that is not in a file already."""


class NoPayer(Exception):
    """The account from which the branch pays is not known yet."""


class WrongPayDay(ValueError):
    """In the past, or more than two months away."""


@transaction.atomic
def set_payer(
    *, branch: Branch, name: str, iban: str, version: str, by: Actor, now: datetime
) -> PayerAccount:
    """Write down the account from which a branch pays. Raises BadIban."""
    authorise(by, Permission.EXPENSES_PAY, branch.pk)
    if not is_iban(iban):
        raise BadIban
    row, _ = PayerAccount.everywhere.update_or_create(
        branch=branch, defaults={"name": name.strip(), "iban": plain_iban(iban), "version": version}
    )
    _record(branch, "payer_account.set", row.pk, by, now, {"account": row.masked})
    return row


@transaction.atomic
def make_batch(*, branch: Branch, pay_on: date, by: Actor, now: datetime) -> ReimbursementBatch:
    """Put every payable claim into one frozen file. Raises NothingToPay, NoPayer, WrongPayDay, FileRefused.

    The claims are locked first, so that of two who press at once the second finds nothing; should anything
    get around the lock, a claim has one line by the database.
    """
    authorise(by, Permission.EXPENSES_PAY, branch.pk)
    human(by)
    today = local_day(now, branch.timezone)
    if not today <= pay_on <= today + LATEST_PAYMENT:
        raise WrongPayDay
    payer = PayerAccount.everywhere.filter(branch=branch).first()
    if payer is None:
        raise NoPayer
    claims = list(payable(branch.pk).select_for_update(of=("self",)).select_related("person__bank_details"))
    claims = [claim for claim in claims if not BatchLine.everywhere.filter(claim=claim).exists()]
    if not claims:
        raise NothingToPay
    try:
        with transaction.atomic():
            batch = _frozen(branch, payer, claims, pay_on, by, now)
    except IntegrityError:
        raise NothingToPay from None
    facts = {"claims": len(claims), "transfers": batch.transfers, "cents": batch.total, "file": batch.digest}
    _record(branch, "reimbursement.made", batch.pk, by, now, facts)
    return batch


@transaction.atomic
def mark_paid(*, batch: ReimbursementBatch, by: Actor, now: datetime) -> ReimbursementBatch:
    """Say that the bank has paid a file; its claims are paid with it, and people are told. Twice is once."""
    authorise(by, Permission.EXPENSES_PAY, batch.branch_id)
    payer = human(by)
    row = locked(batch)
    if row.paid_at is not None:
        return row
    row.paid_at, row.paid_by_id = now, payer
    row.save(update_fields=["paid_at", "paid_by"])
    rows = ExpenseClaim.everywhere.filter(line__batch=row).select_for_update(of=("self",))
    claims = list(rows.select_related("person", "branch").order_by("person_id", "pk"))
    for claim in claims:
        claim.state, claim.paid_at = EXPENSE.after(claim.state, "pay"), now
        claim.save(update_fields=["state", "paid_at"])
        record(claim, "paid", by, now, {"reimbursement": row.number})
    for person, theirs in groupby(claims, key=lambda claim: claim.person):
        if person.archived_at is None:  # nobody is behind the row of somebody who was erased
            _tell(row, person, sum(claim.amount for claim in theirs), by, now)
    _record(row.branch, "reimbursement.paid", row.pk, by, now, {"cents": row.total})
    return row


@transaction.atomic
def take_file(*, batch: ReimbursementBatch, by: Actor, now: datetime) -> bytes:
    """Return the bytes of a file as they were frozen, and write down who took them."""
    authorise(by, Permission.EXPENSES_PAY, batch.branch_id)
    content = bytes(batch.content)
    if hashlib.sha256(content).hexdigest() != batch.digest:
        raise ValueError("the file is not the one that was frozen")
    _record(batch.branch, "reimbursement.taken", batch.pk, by, now, {"file": batch.digest})
    return content


def _frozen(
    branch: Branch,
    payer: PayerAccount,
    claims: Sequence[ExpenseClaim],
    pay_on: date,
    by: Actor,
    now: datetime,
) -> ReimbursementBatch:
    last = ReimbursementBatch.everywhere.filter(branch=branch).aggregate(last=Max("number"))["last"] or 0
    transfers = [
        _transfer(branch, last + 1, list(theirs)) for _, theirs in groupby(claims, key=lambda c: c.person_id)
    ]
    account = Account(payer.name, payer.iban)
    content = transfer_file(account, transfers, version=payer.version, pay_on=pay_on)
    batch = ReimbursementBatch.everywhere.create(
        branch=branch,
        number=last + 1,
        version=payer.version,
        made_at=now,
        made_by_id=by.id,
        pay_on=pay_on,
        transfers=len(transfers),
        total=sum(claim.amount for claim in claims),
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
    )
    BatchLine.everywhere.bulk_create(
        BatchLine(batch=batch, claim=claim, amount=claim.amount) for claim in claims
    )
    return batch


def _transfer(branch: Branch, number: int, claims: Sequence[ExpenseClaim]) -> Transfer:
    bank: BankDetails = claims[0].person.bank_details
    return Transfer(
        to=Account(bank.holder, bank.iban),
        cents=sum(claim.amount for claim in claims),
        reference=f"{branch.pk}-{number}-{claims[0].person_id}",
        words=f"{branch.organisation.name} {branch.name}, no {number}",
    )


def _tell(row: ReimbursementBatch, person: Person, cents: int, by: Actor, now: datetime) -> None:
    tell(
        branch=row.branch,
        kind="expense.paid",
        event=f"reimbursement:{row.pk}",
        values={
            "first_name": person.first_name,
            "branch": row.branch.name,
            "euros": f"{cents // 100},{cents % 100:02} €",
        },
        by=by,
        now=now,
        person=person,
        not_after=now + timedelta(days=14),
    )


def _record(branch: Branch, verb: str, pk: int, by: Actor, now: datetime, facts: dict[str, object]) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb=verb,
        subject_type=verb.partition(".")[0],
        subject_id=pk,
        facts=facts,
    )
