"""The parts of a talk, and the two hints for whoever writes: words that the team alone reads."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SECTIONS: dict[str, Any] = {
    "background": _("Where they come from in life"),
    "expectations": _("What they hope for"),
    "personality": _("How they get on with others"),
    "needs": _("What would help, what they can give"),
    "wishes": _("Wishes"),
}

HEARD = _("Their own words, if you can.")
SEEN = _("What you saw and heard. Not what you think of it.")
