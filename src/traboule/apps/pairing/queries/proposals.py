"""Proposals of a branch: the list, one page, the steps that they leave open, and the export."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext

from traboule.apps.branches.models import Branch
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES
from traboule.apps.pairing.models import MatchRun, PairRule, Proposal, RunOption
from traboule.apps.pairing.queries.views import PersonLine, TermLine, Why, person_line
from traboule.apps.people.enums import Permission
from traboule.apps.people.validators import fold
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.lifecycle import PROPOSAL

_PEOPLE = ("mentee__mentee", "mentee__mentor", "mentor__mentor", "mentor__mentee")
_DECIDERS = ("proposed_by", "told_by", "mentee_answer_by", "mentor_answer_by", "undone_by")


def proposals_of(
    *, actor: Actor, branch: Branch, state: str | None = None, only_open: bool = False, text: str = ""
) -> QuerySet[Proposal]:
    """Proposals of `branch`, the latest first, with both people and whoever decided loaded.

    `text` looks in the names of both, without accents and case.
    """
    authorise(actor, Permission.PROPOSALS_SEE, branch.pk)
    rows = Proposal.objects.visible_to(actor).filter(branch=branch)
    if state:
        rows = rows.filter(state=state)
    if only_open:
        rows = rows.filter(state__in=OPEN_PROPOSAL_STATES)
    for word in fold(text).split():
        rows = rows.filter(Q(mentee__search_key__contains=word) | Q(mentor__search_key__contains=word))
    return rows.select_related("mentee", "mentor", *_DECIDERS).order_by("-proposed_at", "-pk")


def find_proposal(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.PROPOSALS_SEE
) -> Proposal:
    """One proposal of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = Proposal.objects.visible_to(actor, permission).filter(branch=branch, pk=pk)
    proposal = rows.select_related("branch", "run", "duo", *_PEOPLE, *_DECIDERS).first()
    if proposal is None:
        raise NotVisible
    return proposal


def proposal_of_duo(duo_id: int) -> Proposal | None:
    """Return the proposal that a duo came from, with who decided; the caller may see the duo."""
    return Proposal.everywhere.filter(duo=duo_id).select_related(*_DECIDERS).first()


def find_run(*, actor: Actor, branch: Branch, pk: int) -> MatchRun:
    """One run of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.TABLE_SEE, branch.pk)
    run = MatchRun.objects.visible_to(actor).filter(branch=branch, pk=pk).first()
    if run is None:
        raise NotVisible
    return run


def find_pair_rule(*, actor: Actor, branch: Branch, pk: int) -> PairRule:
    """One decision about a pair. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.TABLE_DECIDE, branch.pk)
    rows = PairRule.objects.visible_to(actor, Permission.TABLE_DECIDE).filter(branch=branch, pk=pk)
    rule = rows.select_related("mentee", "mentor").first()
    if rule is None:
        raise NotVisible
    return rule


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option that stood on the screen when the coordinator decided."""

    mentor_id: int
    name: str
    rank: int
    points: int
    regret: int
    duos_lost: int
    is_chosen: bool
    was_proposed: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One proposal, what may be done with it now, what was shown, and why the pair suits or not."""

    proposal: Proposal
    mentee: PersonLine
    mentor: PersonLine
    can_undo: bool
    can_tell: bool
    asks: str  # "mentee", "mentor" or "": whose answer is next
    shown: tuple[ShownOption, ...]
    terms: tuple[TermLine, ...]
    in_favour: tuple[Why, ...]
    against: tuple[Why, ...]
    unknown: tuple[Why, ...]


def proposal_page(*, actor: Actor, branch: Branch, pk: int, today: date) -> ProposalPage:
    """The page of one proposal, in a fixed number of queries. Raises NotVisible (404), NotAllowed (403)."""
    proposal = find_proposal(actor=actor, branch=branch, pk=pk)
    options = {row.mentor_id: row for row in _options(proposal)}
    proposed = options.get(proposal.mentor_id)
    reasons: dict[str, Any] = {} if proposed is None else proposed.reasons
    return ProposalPage(
        proposal=proposal,
        mentee=person_line(proposal.mentee, today),
        mentor=person_line(proposal.mentor, today),
        can_undo=proposal.told_at is None and PROPOSAL.allows(proposal.state, "undo"),
        can_tell=proposal.told_at is None and PROPOSAL.allows(proposal.state, "undo"),
        asks=asks(proposal.state),
        shown=tuple(_shown(entry, proposal, options) for entry in proposal.options_shown),
        terms=() if proposed is None else tuple(TermLine(**term) for term in proposed.terms),
        in_favour=_whys(reasons, "for"),
        against=_whys(reasons, "against"),
        unknown=_whys(reasons, "unknown"),
    )


def asks(state: str) -> str:
    """Whose answer is next."""
    if PROPOSAL.allows(state, "mentor_accepts"):
        return "mentor"
    return "mentee" if PROPOSAL.allows(state, "mentee_accepts") else ""


def _options(proposal: Proposal) -> QuerySet[RunOption]:
    rows = RunOption.everywhere.filter(run_id=proposal.run_id, mentee_id=proposal.mentee_id)
    return rows.select_related("mentor").order_by("rank")


def _shown(entry: dict[str, Any], proposal: Proposal, options: dict[int, RunOption]) -> ShownOption:
    row = options.get(entry["mentor_id"])
    return ShownOption(
        mentor_id=entry["mentor_id"],
        name=row.mentor.display_name if row is not None else f"#{entry['mentor_id']}",
        rank=entry["rank"],
        points=entry["points"],
        regret=entry["regret"],
        duos_lost=entry["duos_lost"],
        is_chosen=entry["is_chosen"],
        was_proposed=entry["mentor_id"] == proposal.mentor_id,
    )


def _whys(reasons: dict[str, Any], side: str) -> tuple[Why, ...]:
    return tuple(Why(**reason) for reason in reasons.get(side, ()))


def proposals_export(*, actor: Actor, branch: Branch) -> tuple[list[str], Iterator[list[str]]]:
    """Header and rows of every proposal of the branch, as text; the writer of `tables` makes them safe."""
    authorise(actor, Permission.PROPOSALS_EXPORT, branch.pk)
    header = [
        pgettext("column of an export", "proposal"),
        pgettext("column of an export", "mentee"),
        pgettext("column of an export", "mentor"),
        pgettext("column of an export", "state"),
        pgettext("column of an export", "proposed on"),
        pgettext("column of an export", "proposed by"),
        pgettext("column of an export", "reason"),
        pgettext("column of an export", "told on"),
        pgettext("column of an export", "answer of the mentee"),
        pgettext("column of an export", "answer of the mentor"),
        pgettext("column of an export", "reason for no"),
    ]
    rows = Proposal.objects.visible_to(actor, Permission.PROPOSALS_EXPORT).filter(branch=branch)
    kept = rows.select_related("mentee", "mentor", "proposed_by").order_by("-proposed_at", "-pk")
    return header, (_exported(row) for row in kept.iterator(chunk_size=500))


def _exported(row: Proposal) -> list[str]:
    return [
        str(row.pk),
        row.mentee.display_name,
        row.mentor.display_name,
        str(row.get_state_display()),
        timezone.localtime(row.proposed_at).date().isoformat(),
        str(row.proposed_by),
        row.reason,
        timezone.localtime(row.told_at).date().isoformat() if row.told_at else "",
        str(row.get_mentee_answer_display()) if row.mentee_answer else "",
        str(row.get_mentor_answer_display()) if row.mentor_answer else "",
        str(row.get_decline_reason_display()) if row.decline_reason else "",
    ]


__all__ = [
    "ProposalPage",
    "ShownOption",
    "asks",
    "find_pair_rule",
    "find_proposal",
    "find_run",
    "proposal_page",
    "proposals_export",
    "proposals_of",
]
