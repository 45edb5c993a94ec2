"""What the frame of every page shows. It never fails: error pages use it too."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

SIZES = ("100", "150", "200")
SIZE_COOKIE = "size"


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation."""

    href: str
    text: str
    here: bool


@dataclass(frozen=True, slots=True)
class Site:
    """The frame: who is signed in, in which branch, which sections, size of the text."""

    size: str = SIZES[0]
    demo: bool = False
    dev_mail: bool = False
    home: str = "/"
    person: str = ""
    roles: str = ""
    branch: object | None = None
    branches: Sequence[object] = ()
    sections: Sequence[Section] = ()


def site_of(request: HttpRequest | None) -> Site:
    """Frame of the page that answers this request."""
    if request is None:
        return Site()
    size = request.COOKIES.get(SIZE_COOKIE, "")
    return Site(
        size=size if size in SIZES else SIZES[0],
        demo=bool(getattr(settings, "TRABOULE_DEMO", False)),
        dev_mail=bool(getattr(settings, "TRABOULE_DEV_MAILBOX", None)),
    )
