"""Names that a receiver may keep: a row has the same one for a receiver, and another one for others."""

from typing import Any

from django.utils.crypto import salted_hmac

from traboule.kernel.pseudonyms import hide, seen

SALT = "traboule.api.pseudonyms"


class Names:
    """The pseudonyms of one receiver for one purpose in one branch, by kind of row."""

    def __init__(self, token: Any) -> None:
        self._about = (str(token.branch_id), token.purpose, " ".join(token.receiver.casefold().split()))

    def hide(self, kind: str, pk: int) -> str:
        """Return the name of a row."""
        return hide(pk, self._key(kind))

    def maybe(self, kind: str, pk: int | None) -> str | None:
        """Return the name of a row, None for none."""
        return None if pk is None else self.hide(kind, pk)

    def seen(self, kind: str, name: str) -> int | None:
        """Return the row behind a name, or None."""
        return seen(name, self._key(kind))

    def _key(self, kind: str) -> bytes:
        return salted_hmac(SALT, "\x1f".join((*self._about, kind)), algorithm="sha256").digest()
