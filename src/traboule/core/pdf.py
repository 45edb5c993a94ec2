"""Documents on paper: a Typst template and plain values in, the bytes of a tagged PDF out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent / "fonts"


def render(template: Path, values: Mapping[str, Any], *, language: str = "fr") -> bytes:
    """Return the PDF of ``template`` (a .typ file).

    The template reads ``#let data = json(bytes(sys.inputs.data))``; ``values`` must be plain JSON (texts,
    numbers, lists, mappings; dates already in words).
    """
    # Imported where it is used: the compiler is heavy and most pages make no document.
    import typst

    found: bytes = typst.compile(
        template,
        sys_inputs={"data": json.dumps(values, ensure_ascii=False), "lang": language.split("-")[0]},
        font_paths=[FONTS],
        ignore_system_fonts=True,  # a letter looks the same on every machine
        format="pdf",
        pdf_standards="ua-1",
    )
    return found
