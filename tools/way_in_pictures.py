"""The pictures of the whole ways, in and through six months: each step of a real browser photographed.

    python tools/way_in_pictures.py    writes docs/guide/pictures/way-*.webp

Needs a Chromium on PATH.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "guide" / "pictures"
PHONE, WIDE = 320, 640  # how wide a picture is in the guide
TALLEST = 2.0  # heights of a picture in its widths; what is below is left out
QUALITY = 45
WALKS = ("tests/journeys/test_way_in.py", "tests/journeys/test_six_months.py")


def shrink(source: Path) -> Path:
    """One step as a light picture."""
    with Image.open(source) as picture:
        wide = PHONE if picture.width < 600 else WIDE
        part = picture.convert("RGB").crop(
            (0, 0, picture.width, min(picture.height, int(picture.width * TALLEST)))
        )
        small = part.resize((wide, round(part.height * wide / part.width)), Image.Resampling.LANCZOS)
        target = PICTURES / f"{source.stem}.webp"
        small.save(target, "WEBP", quality=QUALITY, method=6)
    return target


def shown() -> str:
    """What the guide shows; a step that looks like the one before is left out there."""
    return "\n".join(page.read_text("utf-8") for page in (ROOT / "docs" / "guide").rglob("*.md"))


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", *WALKS]
        done = subprocess.run(words, cwd=ROOT, env=os.environ | {"TRABOULE_PICTURES": folder}, check=False)
        if done.returncode:
            return done.returncode
        for source in sorted(Path(folder).glob("way-*.png")):
            if f"{source.stem}.webp" in shown():
                target = shrink(source)
                print(target.name, target.stat().st_size // 1000, "kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
