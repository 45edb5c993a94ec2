"""Where a volunteer gets money back: typed by themselves, or by somebody who holds the permission."""

from datetime import datetime

from django.db import transaction

from traboule.apps.expenses.actions._shared import login_id
from traboule.apps.expenses.actions.payments import BadIban
from traboule.apps.expenses.models import BankDetails
from traboule.apps.messages.actions import tell
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.kernel.expenses import is_iban, plain_iban


@transaction.atomic
def set_bank(*, person: Person, holder: str, iban: str, by: Actor, now: datetime) -> BankDetails:
    """Write the account of a volunteer down. Raises BadIban; NotVisible, NotAllowed for other staff."""
    login = login_id(by)
    if login and not Login.objects.filter(pk=login, person=person).exists():
        authorise(by, Permission.EXPENSES_BANK, person.branch_id)
    if not is_iban(iban):
        raise BadIban
    before = BankDetails.everywhere.select_for_update().filter(person=person).first()
    row, _ = BankDetails.everywhere.update_or_create(
        person=person,
        defaults={
            "holder": holder.strip() or person.display_name,
            "iban": plain_iban(iban),
            "changed_at": now,
        },
    )
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb="bank_details.set",
        subject_type="bankdetails",
        subject_id=row.pk,
        facts={"person": person.pk},
    )
    if before is not None and before.iban != row.iban:
        _tell(row, by, now)
    return row


def _tell(row: BankDetails, by: Actor, now: datetime) -> None:
    """A link can be forwarded: whoever owns the account hears on their own channel that it is another one."""
    person = row.person
    tell(
        branch=person.branch,
        kind="expense.account_changed",
        event=f"account:{row.pk}:{now.isoformat()}",
        values={"first_name": person.first_name, "branch": person.branch.name},
        by=by,
        now=now,
        person=person,
    )
