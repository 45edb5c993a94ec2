"""What can be paid now, who has no account yet, and the files that were made."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.expenses.enums import ExpenseState
from traboule.apps.expenses.models import BankDetails, ExpenseClaim, PayerAccount, ReimbursementBatch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise


@dataclass(frozen=True, slots=True)
class Due:
    """What is approved and in no file: with an account and without one."""

    people: int
    claims: int
    total: int
    without: list[Person]
    changed: list[BankDetails]
    payer: PayerAccount | None


def payable(branch_id: int) -> QuerySet[ExpenseClaim]:
    """Return approved claims in no file, of people with an account."""
    return unpaid(branch_id).filter(person__bank_details__isnull=False)


def unpaid(branch_id: int) -> QuerySet[ExpenseClaim]:
    """Return approved claims that are in no file."""
    rows = ExpenseClaim.everywhere.filter(branch=branch_id, state=ExpenseState.APPROVED, line=None)
    return rows.order_by("person_id", "pk")


def due_now(*, actor: Actor, branch: Branch) -> Due:
    """Return what the next file would hold. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.EXPENSES_PAY, branch.pk)
    due = payable(branch.pk)
    rows = list(due.values_list("person_id", "amount"))
    without = Person.everywhere.filter(
        pk__in=unpaid(branch.pk).filter(person__bank_details=None).order_by().values("person_id")
    )
    # An account set after the money was asked for: somebody else may have sent a forwarded link.
    late = BankDetails.everywhere.filter(
        pk__in=due.filter(sent_at__lt=F("person__bank_details__changed_at"))
        .order_by()
        .values("person__bank_details")
    )
    return Due(
        people=len({person for person, _ in rows}),
        claims=len(rows),
        total=sum(amount for _, amount in rows),
        without=list(without.order_by("last_name", "pk")),
        changed=list(late.select_related("person").order_by("person__last_name", "pk")),
        payer=PayerAccount.everywhere.filter(branch=branch).first(),
    )


def batches_of(*, actor: Actor, branch: Branch) -> QuerySet[ReimbursementBatch]:
    """Return the files of a branch, the latest first, without their content."""
    authorise(actor, Permission.EXPENSES_PAY, branch.pk)
    rows = ReimbursementBatch.objects.visible_to(actor).filter(branch=branch)
    return rows.select_related("made_by", "paid_by").defer("content")


def find_batch(*, actor: Actor, branch: Branch, pk: int) -> ReimbursementBatch:
    """Return one file with its content. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.EXPENSES_PAY, branch.pk)
    rows = ReimbursementBatch.objects.visible_to(actor).filter(branch=branch, pk=pk)
    batch = rows.select_related("branch").first()
    if batch is None:
        raise NotVisible
    return batch


def payer_of(*, actor: Actor, branch: Branch) -> PayerAccount | None:
    """Return the account from which a branch pays. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.EXPENSES_PAY, branch.pk)
    return PayerAccount.everywhere.filter(branch=branch).first()


def bank_of(*, actor: Actor, person: Person) -> BankDetails | None:
    """Return the bank details of a volunteer; pages show them masked. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.EXPENSES_BANK, person.branch_id)
    return BankDetails.everywhere.filter(person=person).first()
