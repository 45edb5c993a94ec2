"""Links in messages: each opens one thing with one right, ends on a day, and changes nothing when it is read.

The address holds a secret of which the database keeps only the digest; a copy of the database opens nothing.
Mail scanners open every link: a page that acts asks for a press of a button (POST) first.
"""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from traboule.core.models import Link
from traboule.core.scope import locked

# Without the letters and digits that people mix up when they read a code aloud.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 20  # 31^20 is about 2^99


class LinkUnknown(LookupError):
    """No such link: never made, withdrawn, or mistyped."""


class LinkEnded(LookupError):
    """The link was good once: it is past its end, or was used and opens only once."""

    def __init__(self, link: Link) -> None:
        super().__init__(link.right)
        self.link = link


def make_link(
    *,
    right: str,
    subject_type: str,
    subject_id: object,
    scope: int | None,
    now: datetime,
    ends_at: datetime,
    once: bool = False,
) -> str:
    """Write a link down and return its secret, the only time that anybody sees it."""
    secret = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    Link.objects.create(
        digest=digest_of(secret),
        right=right,
        subject_type=subject_type,
        subject_id=str(subject_id),
        scope=scope,
        made_at=now,
        ends_at=ends_at,
        once=once,
    )
    return secret


def open_link(*, secret: str, now: datetime, right: str = "") -> Link:
    """Return the link behind ``secret`` that gives ``right`` now. Raises LinkUnknown, LinkEnded."""
    link = Link.objects.filter(digest=digest_of(secret), withdrawn_at=None).first()
    if link is None or (right and link.right != right):
        raise LinkUnknown
    if now >= link.ends_at or (link.once and link.used_at is not None):
        raise LinkEnded(link)
    return link


@transaction.atomic
def use_link(*, link: Link, now: datetime) -> Link:
    """Count a use, in the transaction of the act. Raises LinkEnded for the second use of a single one."""
    row = locked(link)
    if row.withdrawn_at is not None or (row.once and row.used_at is not None):
        raise LinkEnded(row)
    row.used_at = row.used_at or now
    row.save(update_fields=["used_at"])
    return row


def withdraw_links(*, subject_type: str, subject_id: object, now: datetime, right: str = "") -> int:
    """Withdraw what still opens a subject; return how many links that were."""
    rows = Link.objects.filter(subject_type=subject_type, subject_id=str(subject_id), withdrawn_at=None)
    return (rows.filter(right=right) if right else rows).update(withdrawn_at=now)


def address_of(secret: str) -> str:
    """Return the address that a message carries; ``web.doors`` opens it with the page of the link's right."""
    return f"{settings.TRABOULE_ADDRESS.rstrip('/')}/l/{secret}/"


def digest_of(secret: str) -> str:
    """Return what the database keeps of a secret; case and spaces of a dictated code do not matter."""
    plain = "".join(secret.split()).replace("-", "").lower()
    return hashlib.sha256(plain.encode()).hexdigest()
