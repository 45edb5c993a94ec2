"""The way out: e-mail and SMS. One object serves a batch and keeps the line to the mail server open."""

import smtplib
from contextlib import suppress
from email.utils import parseaddr
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from traboule.apps.messages.models import Message
from traboule.apps.messages.sms import Refused, SmsProvider, provider
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
        return self._sms.send(key=str(message.uid), to=message.address, text=message.body)

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
    """Return a message as e-mail: its uid is the Message-ID, and a last line says how to stop."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    stop = stop_address(message)
    with translation.override(message.language):
        foot = gettext("No more e-mails from us: %(link)s") % {"link": stop}
    return EmailMessage(
        subject=" ".join(message.subject.split()),
        body=f"{message.body}\n\n--\n{foot}\n",
        to=[message.address],
        headers={
            "Message-ID": f"<{message.uid}@{host}>",
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
        },
    )


def stop_address(message: Message) -> str:
    """Return the page on which the receiver of an e-mail says STOP: signed, so that no row is kept for it."""
    name = signing.Signer(salt=STOP_SALT).sign(str(message.uid))
    address: str = settings.TRABOULE_ADDRESS
    return address.rstrip("/") + reverse("message_stop", args=[name])


def uid_in(signed: str) -> str | None:
    """Return the uid in the address of a STOP page, or None if somebody made it up."""
    try:
        return signing.Signer(salt=STOP_SALT).unsign(signed)
    except signing.BadSignature:
        return None
