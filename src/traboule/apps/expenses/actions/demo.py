"""Invented expenses of the demo: fresh ones, one question, a refusal, one file paid, one ready to be made."""

from datetime import datetime, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.expenses.actions.claims import send_claim
from traboule.apps.expenses.actions.decisions import decide_claim
from traboule.apps.expenses.actions.payments import make_batch, mark_paid, set_payer
from traboule.apps.expenses.enums import ExpenseKind
from traboule.apps.expenses.models import BankDetails
from traboule.apps.people.models import Login, Person
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.core.uploads import CheckedFile

# IBANs of the manuals: they belong to nobody.
IBANS = ("FR1420041010050500013M02606", "BE68539007547034", "DE89370400440532013000", "LU280019400644750000")
PAYER = "FR7630006000011234567890189"
_T, _K, _P, _O = ExpenseKind.TRANSPORT, ExpenseKind.KILOMETRES, ExpenseKind.PHONE, ExpenseKind.OTHER
# Which mentor, kind, cents or kilometres, days ago, given up, what for, what becomes of it.
PLAN: tuple[tuple[int, ExpenseKind, int, int, bool, str, str], ...] = (
    (0, _T, 380, 75, False, "Aller-retour en métro", "paid"),
    (0, _T, 380, 61, False, "Aller-retour en métro", "paid"),
    (1, _K, 42, 70, False, "Visite d’une entreprise", "paid"),
    (2, _P, 1500, 64, False, "Forfait du mois", "paid"),
    (3, _K, 118, 58, True, "Salon de l’emploi", "waive"),
    (0, _O, 1260, 33, False, "Photos pour le CV", "approve"),
    (4, _T, 240, 30, False, "Bus", "approve"),
    (5, _T, 1990, 26, False, "Train pour un entretien", "approve"),
    (1, _O, 4500, 24, False, "Repas", "refuse"),
    (6, _T, 720, 15, False, "Carnet de tickets", "ask_back"),
    (2, _T, 380, 13, False, "Aller-retour en métro", "wait"),
    (7, _K, 64, 4, False, "Rendez-vous à la mission locale", "wait"),
    (8, _P, 1299, 2, False, "", "wait"),
    (3, _T, 560, 1, True, "Tram", "wait"),
)
REASONS = {
    "refuse": "Les repas ne sont pas remboursés par l’association.",
    "ask_back": "On ne lit pas la date sur la photo. Pouvez-vous la reprendre ?",
}


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Send, decide and pay expenses in every branch, by the real actions."""
    director = loaded.logins.get("agnes")
    for slug, branch in loaded.branches.items():
        login = loaded.coordinator(slug)
        mentors = _mentors(branch)
        if mentors and director is not None:
            _fill(branch, mentors, login, director, now)


def _mentors(branch: Branch) -> list[Person]:
    rows = Person.everywhere.filter(branch=branch, mentor__trained_on__isnull=False, archived_at=None)
    # Those in a duo come first: their page shows what is theirs.
    return list(rows.select_related("branch").order_by("-duos_as_mentor__state", "external_id")[:9])


def _fill(branch: Branch, mentors: list[Person], login: Login, director: Login, now: datetime) -> None:
    for number, person in enumerate(mentors[:5]):
        BankDetails.everywhere.update_or_create(
            person=person,
            defaults={"holder": person.display_name, "iban": IBANS[number % 4], "changed_at": now},
        )
    coordinator, payer = actor_of(login), actor_of(director)
    set_payer(branch=branch, name="Deux rives", iban=PAYER, version="pain.001.001.09", by=payer, now=now)
    for fate in ("paid", ""):
        for at, row in enumerate(PLAN):
            if (row[-1] == "paid") == (fate == "paid"):
                _one(mentors, row, at, coordinator, now)
        if fate == "paid":
            then = now - timedelta(days=40)
            there = local_day(then, branch.timezone)  # late in the evening it is tomorrow there
            batch = make_batch(branch=branch, pay_on=there, by=payer, now=then)
            mark_paid(batch=batch, by=payer, now=then + timedelta(days=2))


def _one(mentors: list[Person], row: tuple[Any, ...], at: int, by: Actor, now: datetime) -> None:
    who, kind, number, days, waives, about, fate = row
    sent = now - timedelta(days=days)
    claim, _ = send_claim(
        person=mentors[who % len(mentors)],
        kind=kind,
        fields={
            "spent_on": sent.date() - timedelta(days=1),
            "amount": number,
            "km": number,
            "waives": waives,
            "about": about,
        },
        proof=None if kind == _K else CheckedFile("ticket.png", "png", _ticket(at)),
        by=system("demo"),
        now=sent,
    )
    move = {"paid": "approve", "waive": "approve"}.get(fate, fate)
    if move != "wait":
        decide_claim(
            claim=claim, move=move, reason=REASONS.get(move, ""), by=by, now=sent + timedelta(days=3)
        )


def _ticket(number: int) -> bytes:
    """Draw a small ticket: a picture like the one that a phone sends."""
    from io import BytesIO

    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (360, 480), "#fdfaf3")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((24, 24, 336, 456), outline="#857c68", width=3)
    pen.text((48, 60), "TICKET", fill="#20242e", font_size=40)
    pen.text((48, 130), f"No {1000 + number * 37}", fill="#20242e", font_size=26)
    for line in range(5):
        pen.line((48, 220 + 40 * line, 312 - 30 * (line % 3), 220 + 40 * line), fill="#857c68", width=4)
    content = BytesIO()
    picture.save(content, format="PNG")
    return content.getvalue()
