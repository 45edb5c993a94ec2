"""The conditions of readiness in words, and the next act that each asks for."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Permission
from traboule.apps.training.rules import WAIVERS
from traboule.kernel.readiness import Condition, Standing, State
from traboule.web.access import Here
from traboule.web.templatetags.traboule import say_date

TITLES: dict[str, Promise] = {
    Condition.APPLICATION: _("Application accepted"),
    Condition.IDENTITY: _("Identity seen"),
    Condition.REFERENCES: _("References"),
    Condition.SAFEGUARDING: _("Safeguarding check"),
    Condition.MODULES: _("Training"),
    Condition.PROFILE: _("Profile complete"),
}
LACKS: dict[str, Promise] = {
    Condition.APPLICATION: _("not accepted yet"),
    Condition.IDENTITY: _("no document seen yet"),
    Condition.SAFEGUARDING: _("no check in order yet"),
}
PARTS: dict[str, Promise] = {
    "languages": _("languages"),
    "availability": _("availability"),
    "occupation": _("occupation"),
}
KINDS = {Standing.MET: "good", Standing.LACKS: "waiting", Standing.WAIVED: "info"}
BADGES: dict[str, Promise] = {
    Standing.MET: _("met"),
    Standing.LACKS: _("lacks"),
    Standing.WAIVED: _("let go"),
}


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition: title, badge, sentence, and the act that is open."""

    code: str
    title: str
    kind: str
    badge: str
    text: str
    waive_href: str = ""
    take_back_href: str = ""


def say(state: State) -> str:
    """One sentence about a condition."""
    if state.waiver is not None:
        words = {"by": state.waiver.by, "day": say_date(state.waiver.on), "reason": state.waiver.reason}
        return gettext("%(by)s, %(day)s: %(reason)s") % words
    if state.condition is Condition.PROFILE:
        return ", ".join(str(PARTS[part]) for part in state.lacks)
    if state.condition in (Condition.REFERENCES, Condition.MODULES):
        return _counted(state)
    if state.lacks:
        return gettext("ended on %(day)s") % {"day": say_date(state.until)}
    if state.is_open:
        return str(LACKS[state.condition])
    if state.until is not None:
        return gettext("counts until %(day)s") % {"day": say_date(state.until)}
    return gettext("since %(day)s") % {"day": say_date(state.since)}


def _counted(state: State) -> str:
    words = {"have": state.have, "need": state.need}
    if state.condition is Condition.REFERENCES:
        return ngettext("%(have)s of %(need)s says yes", "%(have)s of %(need)s say yes", state.have) % words
    return gettext("%(have)s of %(need)s half-days") % words


def line(state: State, here: Here, person_id: int) -> ConditionLine:
    """Put one condition into words, with the act of letting it go where the reader may."""
    permission = WAIVERS.get(state.condition)
    may = permission is not None and here.may(permission)
    address = reverse("mentor_waive", args=[here.branch.slug, person_id, state.condition.value])
    return ConditionLine(
        code=state.condition,
        title=str(TITLES[state.condition]),
        kind=KINDS[state.standing],
        badge=str(BADGES[state.standing]),
        text=say(state),
        waive_href=address if may and state.is_open else "",
        take_back_href=address if may and state.waiver else "",
    )


def short(states: tuple[State, ...]) -> list[str]:
    """Name what lacks, in a few words each: for a cell of a table."""
    found = []
    for state in states:
        if state.is_open:
            more = f" ({state.have}/{state.need})" if state.need > 1 else ""
            found.append(f"{TITLES[state.condition]}{more}")
    return found


def next_act(states: tuple[State, ...], here: Here, person: Any) -> tuple[str, str]:
    """The first act that brings this mentor on: its words and its address."""
    slug, pk = here.branch.slug, person.pk
    first = next((state.condition for state in states if state.is_open), None)
    path = reverse("mentor_path", args=[slug, pk])
    if first is None:
        return gettext("Declare ready"), reverse("mentor_ready", args=[slug, pk])
    may_screen = here.may(Permission.SCREENING_WRITE)
    acts: dict[str, tuple[str, str]] = {
        Condition.PROFILE: (gettext("Complete"), reverse("person_edit", args=[slug, pk])),
        Condition.MODULES: (gettext("Plan half-days"), f"{path}#half-days"),
    }
    if may_screen:
        identity = reverse("screening_identity", args=[slug, pk])
        acts |= {
            Condition.IDENTITY: (gettext("Note the document"), identity),
            Condition.REFERENCES: (gettext("See the references"), f"{path}#screening"),
            Condition.SAFEGUARDING: (gettext("See the check"), f"{path}#screening"),
        }
    return acts.get(first, (gettext("Open"), path))
