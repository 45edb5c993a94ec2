"""A mailbox for development and the demo: mails go to the console and to files that a page can show."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


@dataclass(frozen=True, slots=True)
class DevMail:
    """One mail that would have been sent."""

    key: str
    to: tuple[str, ...]
    subject: str
    body: str
    sent_at: datetime


class DevMailbox(BaseEmailBackend):
    """Django e-mail backend that writes to the console and to ``TRABOULE_DEV_MAILBOX``."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message as one JSON file; return how many there were."""
        folder = Path(settings.TRABOULE_DEV_MAILBOX or "var/mailbox")
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            _keep(folder, message)
        return len(email_messages)


def dev_mails(limit: int = 50) -> list[DevMail]:
    """Return the latest mails, newest first; an empty list where real mail is sent."""
    if not settings.TRABOULE_DEV_MAILBOX:
        return []
    files = sorted(Path(settings.TRABOULE_DEV_MAILBOX).glob("*.json"), reverse=True)[:limit]
    return [_read(file) for file in files]


def _keep(folder: Path, message: EmailMessage) -> None:
    now = datetime.now(UTC)  # an e-mail backend is an edge: it stands where a mail server would
    content = {
        "to": list(message.to),
        "subject": str(message.subject),
        "body": str(message.body),
        "sent_at": now.isoformat(),
    }
    key = f"{now:%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}"
    (folder / f"{key}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    sys.stderr.write(f"\n--- mail to {', '.join(message.to)}: {message.subject}\n{message.body}\n---\n")


def _read(file: Path) -> DevMail:
    content = json.loads(file.read_text(encoding="utf-8"))
    return DevMail(
        key=file.stem,
        to=tuple(content["to"]),
        subject=content["subject"],
        body=content["body"],
        sent_at=datetime.fromisoformat(content["sent_at"]),
    )


def keep_text(*, to: str, text: str) -> str:
    """Keep a text message beside the mails; return the name under which it is kept."""
    now = datetime.now(UTC)  # stands where a phone would, as the mailbox does
    folder = Path(settings.TRABOULE_DEV_MAILBOX or "var/mailbox")
    folder.mkdir(parents=True, exist_ok=True)
    key = f"{now:%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}"
    content = {"to": [to], "subject": "SMS", "body": text, "sent_at": now.isoformat()}
    (folder / f"{key}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    sys.stderr.write(f"\n--- SMS to {to}\n{text}\n---\n")
    return key
