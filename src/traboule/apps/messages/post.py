"""The way out: e-mail and SMS. One object serves a batch and keeps the line to the mail server open."""
# said to: everybody -- the last line of a mail is read by whoever gets it

import smtplib
from contextlib import suppress
from email.utils import parseaddr
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from traboule.apps.messages.kinds import kind_or_none
from traboule.apps.messages.models import Message
from traboule.apps.messages.queries.facts import digest_of
from traboule.apps.messages.sms import Earlier, Refused, SmsProvider, provider
from traboule.apps.people.enums import Channel
from traboule.core.outbox import NotNow

STOP_SALT = "messages.stop"
PERMANENT = range(500, 600)


class Post:
    """Sends messages over one connection; use it with ``with``."""

    def __init__(self) -> None:
        self._mail: Any = None
        self._sms: SmsProvider | None = provider()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def text(self, message: Message) -> str:
        """Send an SMS and return the receipt. Raises NotNow, Refused."""
        if self._sms is None:
            raise NotNow("no SMS provider")
        # The claim has counted this try already.
        earlier = Earlier(message.created_at, message.receipt) if message.attempts > 1 else None
        return self._sms.send(key=str(message.uid), to=message.address, text=message.body, earlier=earlier)

    def mail(self, message: Message) -> str:
        """Send an e-mail and return its Message-ID. Raises NotNow, Refused."""
        letter = as_mail(message)
        try:
            if self._mail is None:
                self._mail = get_connection()
                self._mail.open()
            letter.connection = self._mail
            letter.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _said in error.recipients.values()]
            self._hang_up()
            if codes and all(code in PERMANENT for code in codes):
                raise Refused(f"SMTP {codes[0]}") from error
            raise NotNow(f"SMTP {codes}") from error
        except smtplib.SMTPResponseException as error:
            self._hang_up()
            # A 5xx about us (sender, sign-in) is ours to repair; one about the text or the address is final.
            final = isinstance(error, smtplib.SMTPDataError) and error.smtp_code in PERMANENT
            raise (Refused if final else NotNow)(f"SMTP {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise NotNow(type(error).__name__) from error
        return str(letter.extra_headers["Message-ID"])

    def _hang_up(self) -> None:
        if self._mail is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._mail.close()
        self._mail = None


def as_mail(message: Message) -> EmailMessage:
    """Return a message as e-mail: its uid is the Message-ID, and a last line says how to stop.

    What answers somebody who asked a moment ago, or a right, cannot be stopped, and does not offer it.
    """
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{message.uid}@{host}>",
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
    }
    body = message.body
    if can_be_stopped(message.kind):
        with translation.override(message.language):
            foot = gettext("No more e-mails from us: %(link)s") % {"link": stop_address(message)}
        body += f"\n\n--\n{foot}\n"
        headers |= stop_headers(message)
    return EmailMessage(
        subject=" ".join(message.subject.split()), body=body, to=[message.address], headers=headers
    )


def can_be_stopped(kind: str) -> bool:
    """Say whether a STOP withholds this kind of message (``rules.decide`` reads the same)."""
    said = kind_or_none(kind)
    return said is None or not (said.urgent or said.owed)


def stop_headers(message: Message) -> dict[str, str]:
    """Return what lets a mail program stop these e-mails with one click, after RFC 2369 and RFC 8058.

    One-click is offered over https only, as the RFC demands; the signature (DKIM) is the mail server's.
    """
    address = stop_address(message)
    ways = [f"<{address}>"]
    if settings.TRABOULE_STOP_MAIL:
        ways.append(f"<mailto:{settings.TRABOULE_STOP_MAIL}?subject={quote(f'STOP {stop_token(message)}')}>")
    one_click = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return {"List-Unsubscribe": ", ".join(ways)} | (one_click if address.startswith("https://") else {})


def stop_token(message: Message) -> str:
    """Return what stops e-mails to the address of a message: signed, so that no row is kept for it.

    It names the address by its digest. So it holds when the message is sent again or erased.
    """
    named = f"{message.uid}.{digest_of(Channel.EMAIL, message.address)}"
    return signing.Signer(salt=STOP_SALT).sign(named)


def stop_address(message: Message) -> str:
    """Return the page on which the receiver of an e-mail says STOP."""
    address: str = settings.TRABOULE_ADDRESS
    return address.rstrip("/") + reverse("message_stop", args=[stop_token(message)])


def stop_in(token: str) -> tuple[str, str] | None:
    """Return the uid and the digest in a STOP token, or None if somebody made it up.

    The digest is empty in mails from before it was written there.
    """
    try:
        uid, _dot, digest = signing.Signer(salt=STOP_SALT).unsign(token).partition(".")
    except signing.BadSignature:
        return None
    return uid, digest
