"""Text messages: one small interface, and who can stand behind it.

``TRABOULE_SMS_PROVIDER`` chooses: ``http`` (a provider, or a gateway before it), ``twilio`` (see
``twilio.py``), ``file`` (development and demo: kept beside the mails), ``memory`` (tests), or nothing: then
nobody is written to by SMS.
"""

import ssl
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import ClassVar, Protocol

import httpx
from django.conf import settings

from traboule.core.mailbox import keep_text
from traboule.core.outbox import NotNow

TIMEOUT_SECONDS = 10.0
# Answers that a later try may change: time-outs, conflicts with a first try on its way, too many, no server.
_LATER = frozenset({408, 409, 423, 425, 429})


class Refused(Exception):
    """The other side will never take this: the address is wrong, or blocked."""


class Stopped(Refused):
    """The provider knows that this phone said STOP, before we did."""


class ShutOut(NotNow):
    """The provider does not let us in: our key, our account or our sender. The team has to act."""

    reason = "shut_out"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of earlier tries of one text: since when, and the receipt of the last that we noted."""

    since: datetime
    receipt: str = ""


class SmsProvider(Protocol):
    """Sends one text. ``key`` names it: the same key again must not reach the phone a second time.

    ``earlier`` is given from the second try on: who cannot de-duplicate by key looks there first.
    """

    def send(self, *, key: str, to: str, text: str, earlier: Earlier | None = None) -> str:
        """Return the provider's receipt. Raises NotNow, ShutOut, Refused, Stopped."""


@dataclass(frozen=True, slots=True)
class HttpProvider:
    """POST of JSON with the key as ``Idempotency-Key``; the answer's ``id`` is the receipt."""

    address: str
    key: str
    sender: str

    def send(self, *, key: str, to: str, text: str, earlier: Earlier | None = None) -> str:
        """Send one text over HTTP."""
        body = {"to": to, "text": text, "from": self.sender, "reference": key}
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": key}
        try:
            answer = httpx.post(
                self.address, json=body, headers=headers, timeout=TIMEOUT_SECONDS, verify=trusted()
            )
        except httpx.HTTPError as error:
            raise NotNow(type(error).__name__) from error
        if answer.is_success:
            return _receipt(answer)
        # Our own fault (the key): the message waits until the team puts it right.
        if answer.status_code in (401, 403):
            raise ShutOut(f"HTTP {answer.status_code}")
        if answer.status_code in _LATER or answer.status_code >= 500 or not answer.is_client_error:
            raise NotNow(f"HTTP {answer.status_code}")
        raise Refused(f"HTTP {answer.status_code}")


@cache
def trusted() -> ssl.SSLContext:
    """Return whom we trust on the line; read once, for it takes longer than sending."""
    return httpx.create_ssl_context()


class FileProvider:
    """Keeps texts beside the mails of development and demo."""

    def send(self, *, key: str, to: str, text: str, earlier: Earlier | None = None) -> str:
        """Write one text down."""
        return keep_text(to=to, text=text)


class MemoryProvider:
    """Keeps texts in memory; for tests."""

    sent: ClassVar[list[tuple[str, str, str]]] = []

    def send(self, *, key: str, to: str, text: str, earlier: Earlier | None = None) -> str:
        """Remember one text."""
        self.sent.append((key, to, text))
        return f"memory-{len(self.sent)}"


def twilio_here() -> SmsProvider:
    """Return Twilio with the keys of this installation; imported here because it uses the types above."""
    from traboule.apps.messages.twilio import Twilio

    return Twilio(
        account=settings.TRABOULE_SMS_ACCOUNT,
        token=settings.TRABOULE_SMS_KEY,
        sender=settings.TRABOULE_SMS_SENDER,
        address=settings.TRABOULE_SMS_ADDRESS or Twilio.ADDRESS,
        hears=f"{settings.TRABOULE_ADDRESS.rstrip('/')}/hooks/sms/twilio/",
    )


def provider() -> SmsProvider | None:
    """Return the provider of this installation, or None where nobody is written to by SMS."""
    chosen = settings.TRABOULE_SMS_PROVIDER
    if chosen == "http":
        return HttpProvider(
            settings.TRABOULE_SMS_ADDRESS, settings.TRABOULE_SMS_KEY, settings.TRABOULE_SMS_SENDER
        )
    if chosen == "twilio":
        return twilio_here()
    if chosen == "file":
        return FileProvider()
    return MemoryProvider() if chosen == "memory" else None


def _receipt(answer: httpx.Response) -> str:
    try:
        said = answer.json()
    except ValueError:
        return ""
    return str(said.get("id", ""))[:120] if isinstance(said, dict) else ""
