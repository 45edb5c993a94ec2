"""Codes and facts of the kernel turned into short sentences in the reader's language.

The kernel decides and counts; only here does it speak. A reason has about twelve words at most. An unknown
code is shown as it is, so that nothing is hidden from the person who decides.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from traboule.web.coordinator import wording as w

Side = Literal["for", "against", "unknown"]
Facts = Mapping[str, Any]
Given = Mapping[str, Any] | Iterable[tuple[str, Any]]

TERM_NAMES: dict[str, Promise] = {
    "occupation": _("Occupation"),
    "seniority": _("Years in the job"),
    "languages": _("Languages"),
    "interests": _("Interests"),
    "dislikes": _("Dislikes"),
    "way_of_working": _("Way of working"),
    "needs": _("Needs and strengths"),
    "travel": _("Distance"),
    "slots": _("Free times"),
    "horizon": _("Length of stay"),
}


def term_name(code: str) -> str:
    """Name of one of the ten terms, as a heading."""
    return str(TERM_NAMES.get(code, code))


def reason(code: str, side: Side, facts: Given = ()) -> str:
    """One reason for, against or unknown, as a short sentence without a full stop."""
    known = dict(facts)
    if side == "unknown" and code in _UNKNOWN:
        return str(_UNKNOWN[code])
    write = _WRITERS.get(code)
    return w.sentence(write(known, side)) if write else term_name(code)


def _occupation(facts: Facts, side: Side) -> str:
    relation = str(facts.get("relation", "unknown"))
    if relation == "generalist" and side == "against":
        return gettext("Another field of work, but a generalist")
    done = w.occupation(str(facts.get("mentor_occupation", "")))
    if done and relation in _PATHS_NAMED:
        return str(_PATHS_NAMED[relation]) % {"occupation": done}
    return str(_PATHS.get(relation, relation))


_PATHS_NAMED: dict[str, Promise] = {
    "same_code": _("Same occupation: %(occupation)s"),
    "same_family": _("Close occupation: %(occupation)s"),
    "shared_sector": _("Same sector: %(occupation)s"),
    "same_domain": _("Same field: %(occupation)s"),
    "other": _("Another field: %(occupation)s"),
}
_PATHS: dict[str, Promise] = {
    "same_code": _("Same occupation"),
    "same_family": _("Close occupation"),
    "shared_sector": _("Same sector"),
    "same_domain": _("Same field"),
    "other": _("Another field of work"),
    "generalist": _("Generalist: helps with any plan"),
    "no_plan_generalist": _("No job plan yet; this mentor is a generalist"),
    "no_plan_other": _("No job plan yet; this mentor is no generalist"),
    "unknown": _("Occupation of the mentor"),
}


def _seniority(facts: Facts, side: Side) -> str:
    far = facts.get("relation") in ("other", "same_domain", "no_plan_other")
    years = facts.get("years")
    if years is None:
        return gettext("Years in the job not stated")
    counted = ngettext("%(years)s year of work", "%(years)s years of work", round(years)) % {
        "years": round(years)
    }
    if side == "against" and far:
        return gettext("%(years)s, in another field") % {"years": counted}
    return counted


def _languages(facts: Facts, side: Side) -> str:
    shared = [str(item).split(":") for item in facts.get("shared", ())]
    names = [w.language(parts[0]) for parts in shared]
    if len(names) > 1 and side == "against":
        return gettext("Modest level in common: %(languages)s") % {"languages": w.few(names)}
    if len(names) > 1:
        return gettext("Both speak %(languages)s") % {"languages": w.few(names)}
    if not names:
        return gettext("No language in common")
    level = min(shared[0][1:], default="")
    words = {"language": names[0], "level": level}
    if side == "against":
        return gettext("Only %(language)s in common, at level %(level)s") % words
    return gettext("Both speak %(language)s, at level %(level)s") % words


def _interests(facts: Facts, _side: Side) -> str:
    shared = [str(word) for word in facts.get("shared", ())]
    if not shared:
        return gettext("No interest in common")
    return gettext("Both like: %(things)s") % {"things": w.few(shared)}


def _dislikes(facts: Facts, side: Side) -> str:
    shared = [str(word) for word in facts.get("shared", ())]
    clashes = [str(word) for word in facts.get("clashes", ())]
    if clashes and (side == "against" or not shared):
        return gettext("One likes what the other dislikes: %(things)s") % {"things": w.few(clashes)}
    if shared:
        return gettext("Neither likes: %(things)s") % {"things": w.few(shared)}
    return gettext("No dislike in common")


def _way_of_working(facts: Facts, side: Side) -> str:
    gaps = {code: int(facts[code]) for code in _SCALE_CODES if code in facts}
    near = [w.scale(code) for code, gap in gaps.items() if gap <= 1]
    apart = [w.scale(code) for code, gap in gaps.items() if gap >= 2]
    if side == "against" and apart:
        return gettext("Different ways: %(scales)s") % {"scales": w.few(apart)}
    if len(near) == len(_SCALE_CODES):
        return gettext("The same way of working")
    if near:
        return gettext("Similar ways: %(scales)s") % {"scales": w.few(near)}
    return gettext("Different ways of working")


_SCALE_CODES = ("pace", "directness", "listening", "structure", "humour")


def _needs(facts: Facts, side: Side) -> str:
    covered = [w.need(str(code)) for code in facts.get("covered", ())]
    missing = [w.need(str(code)) for code in facts.get("uncovered", ())]
    if side == "against" and missing:
        return gettext("Not a strength: %(needs)s") % {"needs": w.few(missing, 2)}
    if covered:
        return gettext("Can help with: %(needs)s") % {"needs": w.few(covered)}
    return gettext("Strong in other things than asked for")


def _travel(facts: Facts, side: Side) -> str:
    metres, online = facts.get("metres"), bool(facts.get("online"))
    if metres is None:
        return gettext("Both can meet online") if online else gettext("Distance not known")
    words = {"distance": w.km(float(metres))}
    if metres < 1000 and side != "against":
        return gettext("Same neighbourhood, or nearly")
    if online:
        return gettext("%(distance)s apart; both can meet online") % words
    if facts.get("estimated"):
        return gettext("about %(distance)s apart") % words
    return gettext("%(distance)s apart") % words


def _slots(facts: Facts, _side: Side) -> str:
    codes = [str(code) for code in facts.get("shared", ())]
    count = int(facts.get("count", len(codes)))
    if count == 1 and codes:
        return gettext("One free time in common: %(slot)s") % {"slot": w.slot(codes[0])}
    if count == 2 and len(codes) == 2:
        return gettext("Both free: %(slots)s") % {"slots": w.joined(map(w.slot, codes))}
    return ngettext("%(count)s free time in common", "%(count)s free times in common", count) % {
        "count": count
    }


def _horizon(facts: Facts, _side: Side) -> str:
    weeks = int(facts.get("weeks", 0))
    if weeks >= _ALL_WEEKS:
        return gettext("There for the whole six months")
    return ngettext("There for %(weeks)s of the 26 weeks", "There for %(weeks)s of the 26 weeks", weeks) % {
        "weeks": weeks
    }


_ALL_WEEKS = 26

_UNKNOWN: dict[str, Promise] = {
    "occupation": _("What the mentor worked as"),
    "seniority": _("Years in the job"),
    "languages": _("Languages"),
    "interests": _("Interests"),
    "dislikes": _("Dislikes"),
    "way_of_working": _("Way of working"),
    "needs": _("Needs and strengths"),
    "travel": _("Distance"),
    "slots": _("Free times"),
    "horizon": _("Until when the mentor is there"),
}
_WRITERS: dict[str, Callable[[Facts, Side], str]] = {
    "occupation": _occupation,
    "seniority": _seniority,
    "languages": _languages,
    "interests": _interests,
    "dislikes": _dislikes,
    "way_of_working": _way_of_working,
    "needs": _needs,
    "travel": _travel,
    "slots": _slots,
    "horizon": _horizon,
}
