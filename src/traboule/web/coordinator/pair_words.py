"""One pair in words: the ten terms, the limits, the decision that holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.pairing.queries.views import RuleView, TermLine
from traboule.web.coordinator import obstacles, sentences
from traboule.web.coordinator import wording as w
from traboule.web.templatetags.traboule import say_moment


@dataclass(frozen=True, slots=True)
class TermWords:
    """One of the ten terms: its name, how it speaks, what we know, its points."""

    name: str
    sign: sentences.Side
    text: str
    points: str


@dataclass(frozen=True, slots=True)
class LimitWords:
    """What stands in the way, and what would help."""

    text: str
    lift: str


def term_lines(terms: Iterable[TermLine]) -> list[TermWords]:
    """All ten terms, in their order."""
    return [_term(term) for term in terms]


def _term(term: TermLine) -> TermWords:
    side: sentences.Side = "for" if term.points * 2 >= term.out_of else "against"
    if term.unknown and not (term.code == "dislikes" and term.facts.get("clashes")):
        return TermWords(
            sentences.term_name(term.code),
            "unknown",
            gettext("Not known; counts half, so it harms nobody"),
            _points(term),
        )
    return TermWords(
        sentences.term_name(term.code), side, sentences.reason(term.code, side, term.facts), _points(term)
    )


def _points(term: TermLine) -> str:
    words = {"points": w.points(term.points), "most": w.points(term.out_of)}
    return pgettext("points of a term", "%(points)s of %(most)s") % words


def total(points: int) -> str:
    """The sum of the ten."""
    return pgettext("points of a term", "%(points)s of %(most)s") % {
        "points": w.points(points),
        "most": "100",
    }


def limits(codes: Iterable[str]) -> list[LimitWords]:
    """What stands in the way."""
    return [LimitWords(obstacles.limit(code), obstacles.lift(code)) for code in codes]


def rule(found: RuleView) -> str:
    """The decision that holds for this pair, who took it and why."""
    words = {
        "kind": PairRuleKind(found.kind).label,
        "reason": found.reason,
        "by": found.by,
        "when": say_moment(found.at),
    }
    return gettext("%(kind)s: %(reason)s (%(by)s, %(when)s)") % words
