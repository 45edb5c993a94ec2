"""The bytes of a transfer file (ISO 20022, pain.001), by ``sepaxml``, checked against its schema."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from text_unidecode import unidecode

# What every bank reads in names and texts.
_NOT_READ = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


@dataclass(frozen=True, slots=True)
class Account:
    """Who pays or is paid."""

    name: str
    iban: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment to one volunteer, in cents."""

    to: Account
    cents: int
    reference: str
    words: str


class FileRefused(ValueError):
    """The file would not be right: the schema, the sum or the number does not fit. Nothing was written."""


def plain(text: str, longest: int) -> str:
    """Return a text in the letters that every bank reads."""
    return " ".join(_NOT_READ.sub(" ", unidecode(text)).split())[:longest] or "-"


def transfer_file(payer: Account, transfers: Sequence[Transfer], *, version: str, pay_on: date) -> bytes:
    """Return the file, checked against the schema of ``version``. Raises FileRefused."""
    # Imported where it is used: the schemas are heavy and most pages need none.
    from sepaxml import SepaTransfer
    from sepaxml.validation import ValidationError

    order = SepaTransfer(
        {"name": plain(payer.name, 70), "IBAN": payer.iban, "batch": True, "currency": "EUR"},
        schema=version,
        clean=True,
    )
    for transfer in transfers:
        order.add_payment(
            {
                "name": plain(transfer.to.name, 70),
                "IBAN": transfer.to.iban,
                "amount": transfer.cents,
                "execution_date": pay_on,
                "description": plain(transfer.words, 140),
                "endtoend_id": transfer.reference,
            }
        )
    try:
        content: bytes = order.export(validate=True)
    except ValidationError as wrong:
        raise FileRefused(str(wrong)) from wrong
    _check_sum(content, transfers)
    return content


def _check_sum(content: bytes, transfers: Sequence[Transfer]) -> None:
    """The control sum and the number in the head are those of the claims, counted by us."""
    cents = sum(transfer.cents for transfer in transfers)
    wanted = f"<NbOfTxs>{len(transfers)}</NbOfTxs><CtrlSum>{cents // 100}.{cents % 100:02}</CtrlSum>"
    if wanted.encode() not in content.partition(b"</GrpHdr>")[0]:
        raise FileRefused("control sum")
