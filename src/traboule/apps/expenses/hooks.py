"""What earlier apps ask of this one, through core's registry, and what it says to people."""

from datetime import datetime

from traboule.apps.expenses.actions.demo import fill_demo
from traboule.apps.expenses.actions.keeping import erase, export, forget_old_accounts, merge
from traboule.apps.expenses.enums import ExpenseState
from traboule.apps.expenses.kinds import register_kinds
from traboule.apps.expenses.models import ExpenseClaim
from traboule.core.registry import ON_DEMO, ON_ERASE, ON_EXPORT, ON_MERGE, ON_TICK, STILL_OWED


def register() -> None:
    """Answer the hooks and register the kinds of message."""
    ON_ERASE.register("expenses", erase)
    ON_EXPORT.register("expenses", export)
    STILL_OWED.register("expenses", still_owed)
    ON_MERGE.register("expenses", merge)
    ON_DEMO.register("expenses", fill_demo)
    ON_TICK.register("expenses", tick)
    register_kinds()


def still_owed(person_id: int) -> list[str]:
    """Money that a volunteer asked for and has not got yet."""
    waiting = (ExpenseState.SENT, ExpenseState.APPROVED)
    found = ExpenseClaim.everywhere.filter(person=person_id, state__in=waiting).exists()
    return ["open_expense"] if found else []


def tick(now: datetime) -> None:
    """Let go of accounts that are older than the law asks."""
    forget_old_accounts(now)
