"""What a branch may write into the texts of messages."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

_PLACE = re.compile(r"%\((\w+)\)s")
# Places that a person cannot do without: what they press, and the code they type.
KEPT = ("link", "code", "address")
# On a lock screen others read along: nothing there says who somebody is or why they come.
_SENSITIVE = re.compile(
    r"\b(r[ée]fugi\w*|refugee\w*|asil\w*|asyl\w*|migrant\w*|immigr\w*|vluchteling\w*|s[ée]jour"
    r"|residence permit|protection (?:internationale|subsidiaire)|health|sant[ée]|handicap\w*|chômage"
    r"|unemploy\w*|dipl[oô]me\w*)\b",
    re.IGNORECASE,
)


def places_of(text: str) -> set[str]:
    """Return the names of the places in a text: ``%(first_name)s`` gives ``first_name``."""
    return set(_PLACE.findall(text))


def check_places(text: str, *, default: str, example: Mapping[str, str]) -> None:
    """Raise ValidationError, which names the place, where a text has an unknown one or lacks a needed one."""
    known = set(example) | places_of(default)
    for name in sorted(places_of(text) - known):
        raise ValidationError(
            gettext("%(place)s is not known here. Use one of: %(known)s.")
            % {"place": f"%({name})s", "known": ", ".join(f"%({place})s" for place in sorted(known)) or "–"}
        )
    for name in sorted((places_of(default) & set(KEPT)) - places_of(text)):
        raise ValidationError(gettext("%(place)s is missing. People need it.") % {"place": f"%({name})s"})
    if "%" in _PLACE.sub("", text).replace("%%", ""):
        raise ValidationError(gettext("Write a percent sign twice: %(sign)s.") % {"sign": "%%"})


def check_short(text: str) -> None:
    """Raise ValidationError where a text message holds a sensitive word."""
    found = _SENSITIVE.search(text)
    if found:
        raise ValidationError(
            gettext("“%(word)s” may be read by others on a phone. Leave it out.") % {"word": found.group(0)}
        )
