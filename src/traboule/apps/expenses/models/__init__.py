"""Tables of this app."""

from traboule.apps.expenses.models.claims import ExpenseClaim, ExpenseProof
from traboule.apps.expenses.models.payments import BankDetails, BatchLine, PayerAccount, ReimbursementBatch
from traboule.apps.expenses.models.rates import ExpenseRates

__all__ = [
    "BankDetails",
    "BatchLine",
    "ExpenseClaim",
    "ExpenseProof",
    "ExpenseRates",
    "PayerAccount",
    "ReimbursementBatch",
]
