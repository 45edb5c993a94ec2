"""Files that people hand in: nothing is stored that was not read, understood and, where possible, made anew.

PDF, DOCX, ODT, JPG and PNG up to 10 MB. The ending must say what the content is. Pictures are drawn anew
(where and when they were taken goes), PDF files lose scripts, actions and files inside. Text files with
macros, hidden objects or templates from elsewhere are refused, and so is what unpacks to far more than it is.
What is refused is not kept anywhere: a quarantine would be a store of other people's data.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from traboule.core import _upload_kinds as kinds
from traboule.core._upload_kinds import UploadRefused
from traboule.core.models import StoredFile

__all__ = ["CheckedFile", "UploadRefused", "check_upload", "file_answer", "put_in"]

MOST_BYTES = 10 * 1024**2
LONGEST_NAME = 120
_FOLDER = "checked"

TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "png": "image/png",
}
_READERS: Mapping[str, Callable[[bytes], bytes]] = {
    "pdf": kinds.clean_pdf,
    "docx": kinds.check_docx,
    "odt": kinds.check_odt,
    "jpg": kinds.redraw_jpg,
    "png": kinds.redraw_png,
}


class Upload(Protocol):
    """What a form hands over (Django's UploadedFile)."""

    name: str | None
    size: int | None

    def read(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file as it will be stored: its cleaned content, not what came in."""

    name: str
    kind: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()


def check_upload(file: Upload) -> CheckedFile:
    """Return the cleaned file. Raises UploadRefused with a code; nothing of the file is kept then."""
    name = plain_name(file.name or "")
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    kind = {"jpeg": "jpg"}.get(ending, ending)
    if kind not in _READERS:
        raise UploadRefused("unknown_kind")
    if (file.size or 0) > MOST_BYTES:
        raise UploadRefused("too_large")
    content = file.read()
    if len(content) > MOST_BYTES:
        raise UploadRefused("too_large")
    if not content:
        raise UploadRefused("empty")
    if kinds.kind_of(content) != kind:
        raise UploadRefused("not_what_it_says")
    cleaned = kinds.guarded(_READERS[kind], content)
    if len(cleaned) > 2 * MOST_BYTES:
        raise UploadRefused("too_large")
    return CheckedFile(name, kind, cleaned)


def put_in(row: StoredFile, checked: CheckedFile, now: datetime) -> None:
    """Fill a row with a checked file and write the content under a random name; the caller saves the row."""
    row.name, row.kind, row.size = checked.name, checked.kind, len(checked.content)
    row.digest, row.stored_at = checked.digest, now
    # No ending and no word: nobody who sees the folder learns anything, and no server runs it.
    row.file.save(f"{_FOLDER}/{secrets.token_hex(20)}", ContentFile(checked.content), save=False)


def file_answer(row: StoredFile) -> HttpResponse:
    """Answer with a stored file, to keep and never to show: no browser opens it inside our pages."""
    with row.file.open("rb") as stream:
        content: bytes = stream.read()
    if hashlib.sha256(content).hexdigest() != row.digest:
        raise UploadRefused("changed_on_disk")
    answer = HttpResponse(content, content_type=TYPES[row.kind])
    answer.headers["Content-Disposition"] = content_disposition_header(True, row.name) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def plain_name(name: str) -> str:
    """Return the last part of a name, without signs that nobody sees, short enough, its ending kept."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    seen = "".join(sign for sign in unicodedata.normalize("NFC", last) if _is_seen(sign)).strip(" .")
    stem, dot, ending = seen.rpartition(".")
    if not dot or not stem:
        return seen[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"[:LONGEST_NAME]


def _is_seen(sign: Any) -> bool:
    return unicodedata.category(sign)[0] != "C" and sign not in '/\\:*?"<>|'
