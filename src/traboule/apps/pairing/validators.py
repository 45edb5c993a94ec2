"""Clean values of pairing, before any action sees them."""

SHORTEST_REASON = 10
"""Characters, spaces at the ends not counted: enough for "Same trade", too long for "ok"."""

LONGEST_REASON = 2_000


def written_reason(text: str) -> str | None:
    """The reason without spaces at its ends and without control characters, or None when it is too short."""
    clean = "".join(sign for sign in text if sign in "\n\t" or sign.isprintable()).strip()
    return clean[:LONGEST_REASON] if len(clean) >= SHORTEST_REASON else None
