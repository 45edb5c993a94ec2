"""A mailbox for development and the demo: mails and texts go to the console and to files for a page."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


@dataclass(frozen=True, slots=True)
class DevMail:
    """One mail, or one text to a phone, that would have been sent."""

    key: str
    is_text: bool
    to: tuple[str, ...]
    subject: str
    body: str
    sent_at: datetime


class DevMailbox(BaseEmailBackend):
    """Django e-mail backend that writes to the console and to ``TRABOULE_DEV_MAILBOX``."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message as one JSON file; return how many there were."""
        for message in email_messages:
            _keep(message)
        return len(email_messages)


def dev_mails(limit: int = 50) -> list[DevMail]:
    """Return the latest mails and texts, newest first; an empty list where real ones are sent."""
    if not settings.TRABOULE_DEV_MAILBOX:
        return []
    files = sorted(Path(settings.TRABOULE_DEV_MAILBOX).glob("*.json"), reverse=True)[:limit]
    return [_read(file) for file in files]


def keep_text(*, to: str, text: str) -> str:
    """Keep a text message beside the mails; return the name under which it is kept."""
    key = _write({"kind": "sms", "to": [to], "subject": "", "body": text})
    sys.stderr.write(f"\n--- SMS to {to}\n{text}\n---\n")
    return key


def _keep(message: EmailMessage) -> None:
    said = {"to": list(message.to), "subject": str(message.subject), "body": str(message.body)}
    _write({"kind": "mail", **said})
    sys.stderr.write(f"\n--- mail to {', '.join(message.to)}: {message.subject}\n{message.body}\n---\n")


def _write(content: dict[str, Any]) -> str:
    now = datetime.now(UTC)  # an edge: it stands where a mail server or a phone would
    folder = Path(settings.TRABOULE_DEV_MAILBOX or "var/mailbox")
    folder.mkdir(parents=True, exist_ok=True)
    key = f"{now:%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}"
    said = json.dumps({**content, "sent_at": now.isoformat()}, ensure_ascii=False)
    # Written aside and renamed: the page never reads half a file while the worker writes.
    aside = folder / f"{key}.part"
    aside.write_text(said, encoding="utf-8")
    aside.rename(folder / f"{key}.json")
    return key


def _read(file: Path) -> DevMail:
    content = json.loads(file.read_text(encoding="utf-8"))
    return DevMail(
        key=file.stem,
        is_text=content.get("kind") == "sms" or content["subject"] == "SMS",
        to=tuple(content["to"]),
        subject=content["subject"],
        body=content["body"],
        sent_at=datetime.fromisoformat(content["sent_at"]),
    )
