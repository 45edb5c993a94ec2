"""What happens to expenses when a person is erased or joined, and when ten years are over."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from traboule.apps.expenses.enums import IN_THE_ACCOUNTS
from traboule.apps.expenses.models import (
    BankDetails,
    BatchLine,
    ExpenseClaim,
    ExpenseProof,
    ReimbursementBatch,
)
from traboule.core.actors import Actor
from traboule.core.erasing import remove_files

ACCOUNT_YEARS = 10


def erase(person_id: int, now: datetime) -> None:
    """Delete bank details and what is no accounting piece; what was paid loses its person by declaration."""
    rows = ExpenseClaim.everywhere.filter(person=person_id, line=None)
    _delete(rows.exclude(state__in=IN_THE_ACCOUNTS))
    BankDetails.everywhere.filter(person=person_id).delete()


def merge(kept_id: int, dropped_id: int, by: Actor, now: datetime) -> None:
    """Of two accounts the kept record's stays."""
    if BankDetails.everywhere.filter(person=kept_id).exists():
        BankDetails.everywhere.filter(person=dropped_id).delete()


def export(person_id: int) -> Mapping[str, Any]:
    """What a volunteer may read about their expenses; the account masked."""
    bank = BankDetails.everywhere.filter(person=person_id).first()
    rows = ExpenseClaim.everywhere.filter(person=person_id)
    return {
        "expenses": list(rows.values("kind", "spent_on", "amount", "km", "about", "state", "reason")),
        "account": bank.masked if bank else "",
    }


@transaction.atomic
def forget_old_accounts(now: datetime) -> int:
    """Delete accounts ten years after the end of their year; return how many claims that were."""
    last = now.year - ACCOUNT_YEARS - 1
    rows = ExpenseClaim.everywhere.filter(sent_at__year__lte=last, spent_on__year__lte=last)
    rows = rows.exclude(paid_at__year__gt=last)
    if not rows.exists():
        return 0
    BatchLine.everywhere.filter(claim__in=rows).delete()
    number = _delete(rows)
    ReimbursementBatch.everywhere.filter(lines=None, made_at__year__lte=last).delete()
    return number


def _delete(rows: QuerySet[ExpenseClaim]) -> int:
    keys = list(rows.values_list("pk", flat=True))
    proofs = ExpenseProof.everywhere.filter(claim__in=keys)
    files: Iterable[Any] = [(proof.file.storage, str(proof.file.name)) for proof in proofs]
    proofs.delete()
    ExpenseClaim.everywhere.filter(pk__in=keys).delete()
    transaction.on_commit(partial(remove_files, files))
    return len(keys)
