"""The links of an agreement: one to sign and one to the copy, each for one signatory."""

from datetime import datetime, timedelta

from traboule.apps.duos.models import Agreement, Signature
from traboule.apps.messages.actions import tell
from traboule.core.actors import Actor
from traboule.core.links import address_of, make_link, withdraw_links

SIGN, COPY = "agreement.sign", "agreement.copy"
SIGN_DAYS, COPY_DAYS = 30, 365


def ask_to_sign(signature: Signature, agreement: Agreement, *, by: Actor, now: datetime, event: str) -> None:
    """Send one of the two the link to sign with."""
    _tell(
        "agreement.sign",
        signature,
        agreement,
        _link(SIGN, SIGN_DAYS, signature, agreement, now),
        event,
        by,
        now,
    )


def send_copy(signature: Signature, agreement: Agreement, *, by: Actor, now: datetime) -> None:
    """Send one of the two the link to their copy."""
    _tell(
        "agreement.copy",
        signature,
        agreement,
        _link(COPY, COPY_DAYS, signature, agreement, now),
        "copy",
        by,
        now,
    )


def withdraw(signature: Signature, now: datetime, right: str = "") -> None:
    """The links of this signatory open nothing any more."""
    withdraw_links(subject_type="signature", subject_id=signature.pk, now=now, right=right)


def _link(right: str, days: int, signature: Signature, agreement: Agreement, now: datetime) -> str:
    secret = make_link(
        right=right,
        subject_type="signature",
        subject_id=signature.pk,
        scope=agreement.branch_id,
        now=now,
        ends_at=now + timedelta(days=days),
    )
    return address_of(secret)


def _tell(
    kind: str, signature: Signature, agreement: Agreement, link: str, event: str, by: Actor, now: datetime
) -> None:
    reader, duo = signature.person, agreement.duo
    if reader is None:
        return
    other = duo.mentor if reader.pk == duo.mentee_id else duo.mentee
    values = {
        "first_name": reader.first_name,
        "other": other.first_name,
        "branch": agreement.branch.name,
        "link": link,
    }
    event = f"signature:{signature.pk}:{event}"
    tell(branch=agreement.branch, kind=kind, event=event, values=values, by=by, now=now, person=reader)
