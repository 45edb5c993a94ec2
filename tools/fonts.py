"""Unpacks WOFF fonts into the TTF files that documents on paper need (Typst reads no WOFF).

    npm pack @fontsource/noto-sans-arabic @fontsource/noto-sans-ethiopic @fontsource/noto-sans \
        @fontsource/atkinson-hyperlegible
    .venv/bin/python tools/fonts.py FOLDER-OF-THE-TGZ-FILES

The fonts are under the SIL Open Font License; their notices stand in LICENSE.txt beside them.
"""

import struct
import sys
import tarfile
import zlib
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "traboule" / "core" / "fonts"
# Package -> the faces that letters and certificates are set in.
FACES = {
    "atkinson-hyperlegible": ("latin-400", "latin-700", "latin-ext-400", "latin-ext-700"),
    "noto-sans-arabic": ("arabic-400",),
    "noto-sans-ethiopic": ("ethiopic-400",),
    "noto-sans": ("cyrillic-400", "cyrillic-700"),
}


def as_ttf(woff: bytes) -> bytes:
    """Return the TrueType font inside a WOFF 1.0 file (W3C Recommendation, 13 December 2012)."""
    signature, flavour, _length, count = struct.unpack(">4sIIH", woff[:14])
    if signature != b"wOFF":
        raise ValueError("not a WOFF 1.0 file")
    tables = []
    for number in range(count):
        tag, offset, packed, size, checksum = struct.unpack_from(">4sIIII", woff, 44 + 20 * number)
        data = woff[offset : offset + packed]
        tables.append((tag, zlib.decompress(data) if packed < size else data, checksum))
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">IHHHH", flavour, count, power * 16, power.bit_length() - 1, count * 16 - power * 16)
    place = len(head) + 16 * count
    directory, body = b"", b""
    for tag, data, checksum in tables:
        directory += struct.pack(">4sIII", tag, checksum, place + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + directory + body


def main(folder: Path) -> None:
    """Write every face and the licence of each package."""
    TARGET.mkdir(exist_ok=True)
    notices = []
    for package, faces in FACES.items():
        archive = next(folder.glob(f"fontsource-{package}-[0-9]*.tgz"))
        with tarfile.open(archive) as files:
            notices.append(read(files, "package/LICENSE").decode())
            for face in faces:
                name = f"{package}-{face}-normal"
                (TARGET / f"{name}.ttf").write_bytes(as_ttf(read(files, f"package/files/{name}.woff")))
    (TARGET / "LICENSE.txt").write_text(
        "\n\n".join([*(text.splitlines()[0] for text in notices), notices[0]])
    )


def read(files: tarfile.TarFile, name: str) -> bytes:
    found = files.extractfile(name)
    if found is None:
        raise FileNotFoundError(name)
    return found.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
