"""Reading XLSX that may be hostile: the ZIP directory first, real bytes counted, parsed in a fenced child
process.

Limits (a file of 303 KiB was seen to take up to 910 MiB): 200 parts, 50 MiB unpacked, ratio 100, 512 MiB of
memory and 30 seconds in the child.
"""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from traboule.tables.errors import Problem, TableError

MOST_PARTS: Final = 200
MOST_BYTES: Final = 50 * 1024**2
MOST_RATIO: Final = 100
SECONDS: Final = 30
CHILD_MEMORY: Final = 512 * 1024**2
_SMALL_PART: Final = 64 * 1024  # below this a high ratio is harmless: an empty sheet compresses well
_CHUNK: Final = 256 * 1024
_CHILD: Final = Path(__file__).with_name("xlsx_child.py")


def xlsx_lines(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Row numbers and cells (as text) of the first sheet; raises TableError for anything suspicious or
    damaged.
    """
    _guard(content, name)
    yield from _parsed_in_child(content, name)


def _refusal(name: str, code: str, **params: int) -> TableError:
    return TableError([Problem(name, 1, "-", "XLSX", code, tuple(params.items()))])


def _guard(content: bytes, name: str) -> None:
    """Refuse from the ZIP directory alone where that is enough, then inflate part by part and count."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _guard_directory(parts, name)
            _guard_bytes(archive, parts, name)
            names = {part.filename for part in parts}
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise _refusal(name, "xlsx_broken") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise _refusal(name, "xlsx_broken") from error
        raise
    if "[Content_Types].xml" not in names or any(part.startswith(("word/", "ppt/")) for part in names):
        raise _refusal(name, "is_opendocument" if "mimetype" in names else "is_other_zip")


def _guard_directory(parts: list[zipfile.ZipInfo], name: str) -> None:
    if len(parts) > MOST_PARTS:
        raise _refusal(name, "xlsx_too_many_parts", limit=MOST_PARTS)
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise _refusal(name, "xlsx_too_large", limit=MOST_BYTES // 1024**2)
    for part in parts:
        if part.file_size > _SMALL_PART and part.file_size > MOST_RATIO * max(1, part.compress_size):
            raise _refusal(name, "xlsx_too_dense", limit=MOST_RATIO)


def _guard_bytes(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> None:
    """The directory may lie: count what really comes out (zipfile checks size and sum of each part)."""
    total = 0
    for part in parts:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > MOST_BYTES:
                    raise _refusal(name, "xlsx_too_large", limit=MOST_BYTES // 1024**2)


def _parsed_in_child(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    command = [sys.executable, "-P", str(_CHILD), str(CHILD_MEMORY), str(SECONDS)]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603 -- our own file, run by our own interpreter
            command, input=content, capture_output=True, timeout=SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _refusal(name, "xlsx_too_slow", limit=SECONDS) from error
    if done.returncode:
        code = done.stdout.decode("ascii", "replace").strip()
        if code in ("xlsx_broken", "xlsx_no_sheet"):
            raise _refusal(name, code)
        raise _refusal(name, "xlsx_too_slow", limit=SECONDS)
    for line in done.stdout.splitlines():
        number, cells = json.loads(line)
        yield number, cells
