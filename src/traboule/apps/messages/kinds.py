"""What can be said to people: the apps register their kinds of message here, a branch may reword them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message. The texts are marked for translation and have named places: ``%(first_name)s``.

    ``sms`` is the short form: first name, date, link, no sensitive word. ``example`` fills the places where a
    branch rewords the text. ``urgent`` kinds (a code that somebody waits for) ignore quiet hours and STOP:
    the person asked a moment ago. ``owed`` kinds answer a right: they go out after a withdrawn consent too.
    ``confidential`` kinds say the same words of every fact, so each goes out; what becomes of them is no step
    that the team sees.
    """

    code: str
    title: Promise | str
    subject: Promise | str
    body: Promise | str
    sms: Promise | str = ""
    urgent: bool = False
    example: dict[str, str] = field(default_factory=dict)
    owed: bool = False
    confidential: bool = False


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Add a kind; the same code again replaces it. Called by ``hooks.register`` of each app."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """Return a kind by its code. Raises KeyError."""
    return _kinds[code]


def kind_or_none(code: str) -> Kind | None:
    """Return a kind, or None for a code that no app registers any more."""
    return _kinds.get(code)


def kinds() -> Iterator[Kind]:
    """Yield every kind, in the order of registration."""
    yield from _kinds.values()
