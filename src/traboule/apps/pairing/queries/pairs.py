"""One pair, also one that no run suggests: what speaks for it, against it, and what stands in the way."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES
from traboule.apps.pairing.models import MatchRun, PairRule, Proposal, RunOption
from traboule.apps.pairing.queries.decisions import MENTEE_NOT_IN_POOL, MENTOR_NOT_IN_POOL, bar_of
from traboule.apps.pairing.queries.profiles import (
    as_known,
    is_ready,
    mentee_profile,
    mentor_profile,
    rules_of,
    sectors,
    waits,
)
from traboule.apps.pairing.queries.table import latest_run
from traboule.apps.pairing.queries.views import (
    PersonLine,
    ProposalLine,
    RuleView,
    TermLine,
    Why,
    person_line,
)
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.matching.eligibility import why_not
from traboule.kernel.matching.explanation import Reason, reasons
from traboule.kernel.matching.terms import Term, terms_of


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentee and a mentor of one branch; rows are for the actions, `run` is what stood on the screen."""

    mentee: PersonLine
    mentor: PersonLine
    mentee_row: Person
    mentor_row: Person
    run: MatchRun | None


@dataclass(frozen=True, slots=True)
class PairPage(Pair):
    """The two side by side.

    `limits` holds every code that stands in the way now; points are thousandths.
    """

    is_chosen: bool
    points: int
    terms: tuple[TermLine, ...]
    in_favour: tuple[Why, ...]
    against: tuple[Why, ...]
    unknown: tuple[Why, ...]
    limits: tuple[str, ...]
    rule: RuleView | None
    proposal: ProposalLine | None


def find_pair(*, actor: Actor, branch: Branch, mentee: int, mentor: int, as_of: date) -> Pair:
    """Two people of a branch, in four queries. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.TABLE_SEE, branch.pk)
    rows = as_known(Person.objects.visible_to(actor, Permission.TABLE_SEE).filter(branch=branch))
    people = {person.pk: person for person in rows.filter(pk__in=[mentee, mentor])}
    one, other = people.get(mentee), people.get(mentor)
    if one is None or other is None or not hasattr(one, "mentee") or not hasattr(other, "mentor"):
        raise NotVisible
    return Pair(person_line(one, as_of), person_line(other, as_of), one, other, latest_run(branch))


def pair_page(*, actor: Actor, branch: Branch, mentee: int, mentor: int, as_of: date) -> PairPage:
    """One pair of a branch as it is now. Raises NotVisible (404), NotAllowed (403), RulesError."""
    pair = find_pair(actor=actor, branch=branch, mentee=mentee, mentor=mentor, as_of=as_of)
    one, other, run = pair.mentee_row, pair.mentor_row, pair.run
    terms = _terms(branch, one, other, as_of)
    found = reasons(terms)
    chosen = RunOption.everywhere.filter(run=run, mentee=one, mentor=other, is_chosen=True)
    return PairPage(
        mentee=pair.mentee,
        mentor=pair.mentor,
        mentee_row=one,
        mentor_row=other,
        run=run,
        is_chosen=run is not None and chosen.exists(),
        points=sum(term.points for term in terms),
        terms=tuple(TermLine(t.code, t.points, t.out_of, t.unknown, dict(t.facts)) for t in terms),
        in_favour=_whys(found.in_favour),
        against=_whys(found.against),
        unknown=_whys(found.unknown),
        limits=limits_of(branch, pair, as_of),
        rule=_rule(one, other, as_of),
        proposal=_proposal(one, as_of),
    )


def limits_of(branch: Branch, pair: Pair, as_of: date) -> tuple[str, ...]:
    """Every code that stands in the way of this pair now."""
    one, other = pair.mentee_row, pair.mentor_row
    failing = why_not(mentee_profile(one), mentor_profile(other), rules_of(branch), as_of)
    codes = [] if waits(one) else [MENTEE_NOT_IN_POOL]
    codes += [] if is_ready(other) else [MENTOR_NOT_IN_POOL]
    bar = bar_of(branch, one.pk, other.pk)
    return (*codes, *(limit.value for limit in failing), *([] if bar is None else [bar.value]))


def _terms(branch: Branch, one: Person, other: Person, as_of: date) -> tuple[Term, ...]:
    return terms_of(mentee_profile(one), mentor_profile(other), rules_of(branch), as_of, sectors())


def _whys(found: tuple[Reason, ...]) -> tuple[Why, ...]:
    return tuple(Why(r.code, r.weight, r.points, r.out_of, dict(r.facts)) for r in found)


def _rule(one: Person, other: Person, as_of: date) -> RuleView | None:
    row: Any = PairRule.everywhere.filter(mentee=one, mentor=other).select_related("by").first()
    if row is None:
        return None
    return RuleView(
        row.pk, row.kind, person_line(one, as_of), person_line(other, as_of), row.reason, str(row.by), row.at
    )


def _proposal(one: Person, as_of: date) -> ProposalLine | None:
    rows = Proposal.everywhere.filter(mentee=one, state__in=OPEN_PROPOSAL_STATES)
    row = (
        rows.select_related("mentor__mentor", "mentor__mentee", "proposed_by")
        .prefetch_related("mentor__languages")
        .first()
    )
    if row is None:
        return None
    return ProposalLine(
        row.pk, person_line(row.mentor, as_of), row.state, str(row.proposed_by), row.proposed_at
    )
