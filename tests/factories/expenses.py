"""Expenses of volunteers, made by the real actions. What a test depends on it says itself."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.expenses.actions.bank import set_bank
from traboule.apps.expenses.actions.claims import send_claim
from traboule.apps.expenses.actions.decisions import decide_claim
from traboule.apps.expenses.actions.payments import make_batch, set_payer
from traboule.apps.expenses.enums import ExpenseKind
from traboule.apps.expenses.models import ExpenseClaim, ReimbursementBatch
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.core.actors import Actor, system
from traboule.core.uploads import CheckedFile

IBAN = "FR1420041010050500013M02606"
PAYER = "FR7630006000011234567890189"
LINK = system("link")


def picture() -> bytes:
    """A small picture as a phone would send it."""
    content = BytesIO()
    Image.new("RGB", (8, 8), "#fdfaf3").save(content, format="PNG")
    return content.getvalue()


def proof() -> CheckedFile:
    """A checked picture."""
    return CheckedFile("ticket.png", "png", picture())


def claim(person: Person, *, cents: int = 1240, km: int = 0, **fields: Any) -> ExpenseClaim:
    """A claim sent today by the person's link: 12.40 € for a ticket with a picture, or kilometres."""
    kind = fields.pop("kind", ExpenseKind.KILOMETRES if km else ExpenseKind.TRANSPORT)
    now = fields.pop("now", NOW)
    found = fields.pop("proof", None if km else proof())
    day: date = fields.pop("spent_on", TODAY)
    said = {"spent_on": day, "amount": cents, "km": km, **fields}
    return send_claim(person=person, kind=kind, fields=said, proof=found, by=LINK, now=now)[0]


def approved(person: Person, by: Actor, **fields: Any) -> ExpenseClaim:
    """A claim that a coordinator approved; what is given up is accepted as a gift."""
    sent = claim(person, **fields)
    return decide_claim(claim=sent, move="approve", reason="", by=by, now=fields.get("now", NOW))


def account(person: Person, iban: str = IBAN) -> None:
    """An account of the volunteer."""
    set_bank(person=person, holder=person.display_name, iban=iban, by=LINK, now=NOW)


def payer(branch: Branch, director: Actor | None = None, version: str = "pain.001.001.09") -> Actor:
    """The account of the branch; returns a director who may pay."""
    by = director or make.actor(Role.DIRECTOR, branch)
    set_payer(branch=branch, name="Deux rives", iban=PAYER, version=version, by=by, now=NOW)
    return by


def batch(branch: Branch, mentor: Person, by: Actor) -> ReimbursementBatch:
    """A file with one approved claim of a mentor."""
    director = payer(branch)
    account(mentor)
    approved(mentor, by)
    return make_batch(branch=branch, pay_on=TODAY + timedelta(days=2), by=director, now=NOW)
