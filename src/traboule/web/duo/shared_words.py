"""What somebody reads about the other person of a proposal: one short sentence per fact."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from traboule.apps.pairing.enums import Shared
from traboule.apps.people.enums import Need
from traboule.web.coordinator import wording

Facts = Mapping[str, Any]


def sentences(shared: Iterable[Facts], name: str) -> list[str]:
    """Return one sentence per fact; a code of another version says nothing."""
    return [_WRITERS[fact["code"]](fact, name) for fact in shared if fact.get("code") in _WRITERS]


def sentence(fact: Facts, name: str) -> str:
    """Return what one fact says."""
    return _WRITERS[fact["code"]](fact, name)


def _work_done(fact: Facts, name: str) -> str:
    said = {"name": name, "work": wording.occupation(fact["occupation"]), "years": fact.get("years", 0)}
    if said["years"] < 1:
        return _("%(name)s worked as: %(work)s.") % said
    return _("%(name)s worked as: %(work)s. Years of work: %(years)s.") % said


def _work_wanted(fact: Facts, name: str) -> str:
    if not fact.get("occupation"):
        return _("%(name)s looks for the right plan for work.") % {"name": name}
    said = {"name": name, "work": wording.occupation(fact["occupation"])}
    return _("%(name)s looks for work as: %(work)s.") % said


def _same_work(fact: Facts, name: str) -> str:
    return _("You know the same work: %(work)s.") % {"work": wording.occupation(fact["occupation"])}


def _both_speak(fact: Facts, name: str) -> str:
    spoken = ", ".join(wording.language(code) for code in fact["languages"])
    return _("You both speak: %(languages)s.") % {"languages": spoken}


def _can_help(fact: Facts, name: str) -> str:
    return _("%(name)s can help with: %(needs)s.") % {"name": name, "needs": _needs(fact)}


def _wants_help(fact: Facts, name: str) -> str:
    return _("%(name)s would like help with: %(needs)s.") % {"name": name, "needs": _needs(fact)}


def _needs(fact: Facts) -> str:
    return ", ".join(str(Need(code).label) if code in Need.values else code for code in fact["needs"])


_WRITERS: dict[str, Callable[[Facts, str], str]] = {
    Shared.WORK_DONE: _work_done,
    Shared.WORK_WANTED: _work_wanted,
    Shared.SAME_WORK: _same_work,
    Shared.BOTH_SPEAK: _both_speak,
    Shared.CAN_HELP: _can_help,
    Shared.WANTS_HELP: _wants_help,
}
