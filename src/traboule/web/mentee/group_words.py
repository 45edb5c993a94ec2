"""How somebody is counted, in words: a code of a file or of the demo is nothing that people read."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, Promise] = {"schooling": _("Schooling")}
VALUES: dict[tuple[str, str], Promise] = {
    ("schooling", "none"): _("no recognised diploma"),
    ("schooling", "secondary"): _("end of school"),
    ("schooling", "bachelor"): _("bachelor’s degree"),
    ("schooling", "master"): _("master’s degree"),
}


def say_groups(groups: Mapping[str, object]) -> str:
    """Return groups in words; what a branch brought in itself is said as it was written."""
    return ", ".join(
        f"{NAMES.get(key, key.replace('_', ' '))}: {VALUES.get((key, str(said)), said)}"
        for key, said in groups.items()
    )
