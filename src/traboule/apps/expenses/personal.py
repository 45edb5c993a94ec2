"""What this app holds about people, field by field. Accounts outlive the person, without the person."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.apps.expenses.models import (
    BankDetails,
    BatchLine,
    ExpenseClaim,
    ExpenseProof,
    ExpenseRates,
    PayerAccount,
    ReimbursementBatch,
)
from traboule.apps.people.enums import Role
from traboule.core.fields import (
    Basis,
    Category,
    Erasure,
    Personal,
    Retention,
    declare,
    declare_alike,
    declare_not_personal,
)

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)
_PAYERS = (Role.DIRECTOR.value, Role.ADMINISTRATOR.value)
_STAFF_LINKS = {ExpenseRates: ("set_by",), ReimbursementBatch: ("made_by", "paid_by")}


def declare_fields() -> None:
    """Declare every field of this app."""
    money = _("To pay volunteers back what they spent")
    law = _("To keep accounts as the law asks")
    said = ("about", "reason")
    kept = [name for name in _names(ExpenseClaim) if name not in ("branch", "sent_by", "decided_by", *said)]
    declare(ExpenseClaim, {name: _in_accounts(ExpenseClaim, name, law, Erasure.UNLINK) for name in kept})
    declare(ExpenseClaim, {name: _in_accounts(ExpenseClaim, name, money, Erasure.BLANK) for name in said})
    staff = {
        name: _in_accounts(ExpenseClaim, name, law, Erasure.UNLINK) for name in ("sent_by", "decided_by")
    }
    declare(ExpenseClaim, staff)
    declare_not_personal(ExpenseClaim, "names the branch", "branch")
    declare_alike(BankDetails, _names(BankDetails), Category.IDENTITY, money, readers=_PAYERS)
    # The paper stays with the accounts; the claim that it proves has lost the person by then.
    declare_not_personal(ExpenseProof, "names the claim", "claim")
    papers = [name for name in _names(ExpenseProof) if name != "claim"]
    declare(ExpenseProof, {name: _in_accounts(ExpenseProof, name, law, Erasure.UNLINK) for name in papers})
    for model, names in _STAFF_LINKS.items():
        declare(model, {name: _in_accounts(model, name, law, Erasure.UNLINK) for name in names})
    declare(ReimbursementBatch, {"content": _in_accounts(ReimbursementBatch, "content", law, Erasure.UNLINK)})
    others = [n for n in _names(ReimbursementBatch) if n not in ("made_by", "paid_by", "content")]
    declare_not_personal(ReimbursementBatch, "describes a file for the bank", *others)
    declare_not_personal(
        ExpenseRates, "describes a country", *[n for n in _names(ExpenseRates) if n != "set_by"]
    )
    declare_not_personal(BatchLine, "names a file and a claim", *_names(BatchLine))
    declare_not_personal(PayerAccount, "the account of the association")


def _names(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.local_fields if field.name != "id"]


def _in_accounts(model: type[models.Model], name: str, purpose: Any, erasure: Erasure) -> Personal:
    field: Any = model._meta.get_field(name)
    return Personal(
        purpose=purpose,
        basis=Basis.LEGAL_DUTY,
        category=Category.FOLLOW_UP,
        retention=Retention.ACCOUNTS_10_YEARS,
        readers=_TEAM,
        export_label=field.verbose_name,
        erasure=erasure,
    )
