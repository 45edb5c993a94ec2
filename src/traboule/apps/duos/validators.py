"""Clean values of duos, before any action sees them."""

import re

SHORTEST_NAME = 2
# What the pen of a page draws: moves, lines and curves of an SVG path, nothing else.
_PATH = re.compile(r"[MLQCZmlqcz0-9 .,\-]*")
LONGEST_PATH = 20_000


def plain(text: str, longest: int) -> str:
    """Return ``text`` without control characters, its ends trimmed, cut to ``longest`` characters."""
    kept = "".join(sign for sign in text.replace("\r\n", "\n") if sign == "\n" or sign.isprintable())
    return kept.strip()[:longest]


def drawn(path: str) -> str:
    """Return the path of a drawn signature, or nothing where it holds anything but a path."""
    clean = path.strip()
    return clean if len(clean) <= LONGEST_PATH and _PATH.fullmatch(clean) else ""
