"""Text messages through Twilio's Programmable Messaging, API of 2010-04-01.

https://www.twilio.com/docs/messaging/api/message-resource and https://www.twilio.com/docs/usage/security

Twilio takes no idempotency key. From the second try on we therefore ask first what it has taken for this
phone (``earlier``): a worker that died between "accepted" and its own note sends no second copy.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any, ClassVar

import httpx

from traboule.apps.messages.sms import TIMEOUT_SECONDS, Earlier, Refused, ShutOut, Stopped, trusted
from traboule.core.outbox import NotNow

# https://www.twilio.com/docs/api/errors, by what they ask of us.
SAID_STOP = frozenset({21610})
# The queue is full, or too many at once.
LATER = frozenset({14107, 20429, 21611, 30001, 63018})
# Our token, account, sender or regions: nothing about this receiver.
OURS = frozenset(
    {20003, 20005, 20008, 20404, 21212, 21408, 21601, 21603, 21606, 21609, 21659, 21660, 21661, 30002}
)
CLOCKS_DIFFER = timedelta(minutes=2)
LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Twilio:
    """One account. ``hears`` is where Twilio reports to: our address, then the name of the message."""

    ADDRESS: ClassVar[str] = "https://api.twilio.com"

    account: str
    token: str
    sender: str
    address: str
    hears: str

    def send(self, *, key: str, to: str, text: str, earlier: Earlier | None = None) -> str:
        """Send one text, unless an earlier try got through; return the name that Twilio gave it."""
        to = "".join(to.split())  # E.164, as Twilio itself writes numbers
        if earlier is not None and (sid := self._taken(to, text, earlier)):
            return sid
        # A sender that begins with MG is a messaging service, which chooses the number.
        by = "MessagingServiceSid" if self.sender.startswith("MG") else "From"
        fields = {"To": to, "Body": text, by: self.sender, "StatusCallback": f"{self.hears}{key}/"}
        return str(self._ask("POST", data=fields).get("sid", ""))[:120]

    def _taken(self, to: str, text: str, earlier: Earlier) -> str:
        """The name of the newest text with these words that Twilio has and we have not noted, or nothing."""
        found = self._ask("GET", params={"To": to, "PageSize": str(LOOKED_AT)}).get("messages", [])
        same = [one for one in found if _is_it(one, text, earlier)]
        newest = max(same, key=lambda one: parsedate_to_datetime(one["date_created"]), default=None)
        if newest is None or newest["sid"] == earlier.receipt:
            return ""
        if newest.get("status") in ("failed", "undelivered"):
            raise Refused(f"Twilio {newest.get('error_code')}")
        return str(newest["sid"])

    def _ask(self, method: str, **what: Any) -> dict[str, Any]:
        address = f"{self.address.rstrip('/')}/2010-04-01/Accounts/{self.account}/Messages.json"
        who = (self.account, self.token)
        try:
            answer = httpx.request(
                method, address, auth=who, timeout=TIMEOUT_SECONDS, verify=trusted(), **what
            )
        except httpx.HTTPError as error:
            raise NotNow(type(error).__name__) from error
        said = _words(answer)
        if not answer.is_success:
            raise _meant(answer.status_code, said)
        return said


def is_signed(*, token: str, address: str, fields: Iterable[tuple[str, str]], signature: str) -> bool:
    """Say whether Twilio signed a request: HMAC-SHA1 of the address and the sorted fields, in base64."""
    plain = address + "".join(f"{name}{value}" for name, value in sorted(set(fields)))
    wanted = base64.b64encode(hmac.new(token.encode(), plain.encode(), hashlib.sha1).digest())
    return bool(token) and hmac.compare_digest(wanted, signature.encode("utf-8", "replace"))


def _meant(status: int, said: Mapping[str, Any]) -> Exception:
    """The exception that stands for an answer of Twilio."""
    code = said.get("code")
    words = f"Twilio {code}" if code else f"HTTP {status}"
    if code in SAID_STOP:
        return Stopped(words)
    if code in LATER or status in (408, 409, 429) or status >= 500:
        return NotNow(words)
    if code in OURS or status in (401, 403, 404):
        return ShutOut(words)
    return Refused(words) if 400 <= status < 500 else NotNow(words)


def _is_it(one: Mapping[str, Any], text: str, earlier: Earlier) -> bool:
    """Whether Twilio's record is one of our tries; a trial account puts words of its own before ours."""
    try:
        made = parsedate_to_datetime(str(one["date_created"]))
    except (KeyError, ValueError):
        return False
    is_ours = str(one.get("body", "")).strip().endswith(text.strip())
    return is_ours and "sid" in one and made >= earlier.since - CLOCKS_DIFFER


def _words(answer: httpx.Response) -> dict[str, Any]:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
