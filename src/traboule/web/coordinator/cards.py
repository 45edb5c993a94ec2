"""The matching table as a page shows it: cards in words, made from what the query found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.pairing.queries.views import Card, ChangeLine, OptionView, Why
from traboule.apps.pairing.queries.whatif import Shift
from traboule.web.coordinator import lines, obstacles, sentences
from traboule.web.coordinator import wording as w
from traboule.web.templatetags.traboule import say_moment

MOST_CHANGES = 2
MOST_FOR, MOST_AGAINST = 3, 2


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason: for, against or unknown."""

    sign: sentences.Side
    text: str


@dataclass(frozen=True, slots=True)
class OptionCard:
    """A mentor on the card of a mentee."""

    name: str
    age: str
    line: str
    reasons: list[Sign]
    after: str
    chosen: bool
    available: bool
    points: str
    href: str
    whatif_href: str
    person_href: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A limit, how many mentors it keeps away, what would help."""

    text: str
    count: int
    lift: str


@dataclass(frozen=True, slots=True)
class Near:
    """A mentor whom few limits keep away."""

    name: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class MenteeCard:
    """A mentee with up to three options, or with what stands in the way."""

    id: int
    name: str
    href: str
    line: str
    waits: str
    wait_kind: str
    lines: list[str]
    note: str = ""
    note_href: str = ""
    options: list[OptionCard] = field(default_factory=list)
    no_option: str = ""
    obstacles: list[Obstacle] = field(default_factory=list)
    nearest: list[Near] = field(default_factory=list)


def card(found: Card, slug: str, *, scores: bool = False) -> MenteeCard:
    """Turn one card of the query into words and addresses."""
    mentee = found.mentee
    note, note_href = _note(found, slug)
    return MenteeCard(
        id=mentee.id,
        name=mentee.short_name,
        href=reverse("person", args=[slug, mentee.id]),
        line=lines.line(mentee),
        waits=lines.waits(mentee),
        wait_kind=lines.wait_kind(mentee, urgent=found.urgent),
        lines=lines.mentee_lines(mentee),
        note=note,
        note_href=note_href,
        options=[] if note else _options(found, slug, scores),
        no_option=obstacles.limit(found.reason)
        if found.reason
        else gettext("No mentor is possible at the moment"),
        obstacles=[
            Obstacle(obstacles.limit(limit.code), limit.mentors, obstacles.lift(limit.code))
            for limit in found.limits
        ],
        nearest=[
            Near(
                near.mentor.short_name,
                reverse("table_option", args=[slug, mentee.id, near.mentor.id]),
                w.clauses(obstacles.limit(code) for code in near.limits),
            )
            for near in found.nearest
        ],
    )


def _options(found: Card, slug: str, scores: bool) -> list[OptionCard]:
    """The options as decisions leave them: kept together is suggested, kept apart cannot be taken."""
    apart = {rule.mentor.id for rule in found.rules if rule.kind == PairRuleKind.FORBID}
    locked = any(item.is_locked for item in found.options)
    return [
        option(
            item,
            found.mentee.id,
            slug,
            first=item.is_locked if locked else item.is_chosen,
            apart=item.mentor.id in apart,
            alone=len(found.options) == 1,
            scores=scores,
        )
        for item in found.options
    ]


def _note(found: Card, slug: str) -> tuple[str, str]:
    """What happened to this mentee since the run, if anything."""
    if found.proposal is not None:
        words = {"name": found.proposal.mentor.short_name, "by": found.proposal.by}
        text = gettext("Since then, %(by)s has proposed %(name)s") % words
        return text, reverse("proposal", args=[slug, found.proposal.id])
    if not found.in_pool:
        return gettext("No longer waiting since the last run."), ""
    return "", ""


def option(
    found: OptionView, mentee_id: int, slug: str, *, first: bool, apart: bool, alone: bool, scores: bool
) -> OptionCard:
    """Turn one option into words and addresses; `first` is suggested, `apart` was ruled out by the team."""
    available = found.is_available and not apart
    mentor, pair = found.mentor, [slug, mentee_id, found.mentor.id]
    return OptionCard(
        name=mentor.short_name,
        age=lines.age(mentor),
        line=lines.mentor_line(mentor, _occupation_of(found)),
        reasons=signs(found.in_favour[:MOST_FOR], found.against[:MOST_AGAINST], found.unknown, short=True),
        after=gettext("Kept apart by a decision of the team.") if apart else price(found, alone=alone),
        chosen=first and available,
        available=available,
        points=gettext("%(points)s points of 100") % {"points": w.points(found.points)} if scores else "",
        href=reverse("table_option", args=pair),
        whatif_href=reverse("table_whatif", args=pair),
        person_href=reverse("person", args=[slug, mentor.id]),
    )


def _occupation_of(found: OptionView) -> str:
    """The occupation of the mentor that is closest to the plan, if the run named one."""
    facts = next((term.facts for term in found.terms if term.code == "occupation"), {})
    return str(facts.get("mentor_occupation", ""))


def signs(
    in_favour: Iterable[Why], against: Iterable[Why], unknown: Iterable[Why], *, short: bool = False
) -> list[Sign]:
    """Reasons for, then against, then everything unknown in one line, so that a gap is never hidden.

    `short` leaves out the name of the occupation, which stands on the card already.
    """
    missing = [sentences.reason(why.code, "unknown", why.facts) for why in unknown]
    return [
        *(Sign("for", sentences.reason(why.code, "for", _facts(why, short))) for why in in_favour),
        *(Sign("against", sentences.reason(why.code, "against", _facts(why, short))) for why in against),
        *([Sign("unknown", ", ".join([missing[0], *map(w.lower_first, missing[1:])]))] if missing else []),
    ]


def _facts(why: Why, short: bool) -> dict[str, Any]:
    return {key: value for key, value in why.facts.items() if not (short and key == "mentor_occupation")}


def price(found: OptionView, *, alone: bool = False) -> str:
    """What choosing this mentor changes for others, in names; `alone`: nobody else is possible."""
    if not found.is_available:
        return _gone(found)
    if found.is_locked:
        return gettext("Kept together by a decision of the team.")
    if found.is_chosen:
        return gettext("The only mentor who is possible.") if alone else ""
    if found.changes is None:
        return _price_in_numbers(found)
    if not found.changes:
        return gettext("Choosing this mentor changes nothing for others.")
    return gettext("If chosen: %(changes)s") % {"changes": _named(found.changes)}


def _gone(found: OptionView) -> str:
    if found.taken is None:
        return gettext("Not free any more.")
    words = {"by": found.taken.by, "when": say_moment(found.taken.at)}
    return gettext("The place was taken by %(by)s, %(when)s.") % words


def _price_in_numbers(found: OptionView) -> str:
    if found.duos_lost:
        return ngettext(
            "If chosen, %(count)s duo less.", "If chosen, %(count)s duos less.", found.duos_lost
        ) % {"count": found.duos_lost}
    return gettext("Costs the whole plan %(points)s points of 100.") % {"points": w.points(found.regret)}


def _named(changes: Sequence[ChangeLine]) -> str:
    shown = len(changes) if len(changes) <= MOST_CHANGES else 1
    said = [change(item) for item in changes[:shown]]
    hidden = len(changes) - shown
    if hidden:
        said.append(
            ngettext("%(count)s other person changes", "%(count)s other people change", hidden)
            % {"count": hidden}
        )
    return w.clauses(said)


def change(item: ChangeLine | Shift) -> str:
    """ "Karim would meet Paul instead of Gérard", without a full stop."""
    name = {"name": item.mentee.short_name}
    if item.after is None:
        return gettext("%(name)s would stay without a mentor") % name
    if item.before is None:
        return gettext("%(name)s would meet %(after)s") % {**name, "after": item.after.short_name}
    words = {**name, "after": item.after.short_name, "before": item.before.short_name}
    return gettext("%(name)s would meet %(after)s instead of %(before)s") % words
