"""Cards of the matching table: what a run stored, put beside the present and given names."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.pairing.models import MatchRun, Proposal, RunMentee, RunOption
from traboule.apps.pairing.queries.present import Present
from traboule.apps.pairing.queries.views import (
    Card,
    ChangeLine,
    LimitCount,
    NearMiss,
    OptionView,
    ProposalLine,
    TermLine,
    Why,
)
from traboule.apps.people.models import Person

FEW = 200  # cards up to which their options are asked for by mentee, not all at once


class Cards:
    """Puts what a run stored beside the present."""

    def __init__(self, now: Present, run: MatchRun, rows: Sequence[RunMentee]) -> None:
        self.now = now
        self.rows = rows
        self.options: dict[int, list[RunOption]] = {}
        shown = RunOption.everywhere.filter(run=run).order_by("mentee_id", "rank")
        if rows:
            shown = shown.filter(mentee__in=[row.mentee_id for row in rows]) if len(rows) <= FEW else shown
        for option in shown if rows else ():
            self.options.setdefault(option.mentee_id, []).append(option)
        self._complete_names()

    def build(self) -> tuple[Card, ...]:
        return tuple(self._card(row) for row in self.rows)

    def _complete_names(self) -> None:
        """One more query for people who are only named in passing and have left the pools since."""
        named: set[int] = set()
        for option in (option for options in self.options.values() for option in options):
            for change in option.changes or ():
                named |= {change["mentee"], change["before"], change["after"]} - {None}
        for row in self.rows:
            named |= {entry["mentor"] for entry in row.limits.get("nearest", ())}
        missing = named - set(self.now.people)
        if missing:
            rows = Person.everywhere.filter(pk__in=missing).select_related("mentor", "mentee")
            self.now.people |= {person.pk: person for person in rows.prefetch_related("languages")}

    def _card(self, row: RunMentee) -> Card:
        now, mentee = self.now, row.mentee_id
        proposal = now.open_proposal_of.get(mentee)
        limits = row.limits
        return Card(
            mentee=now.line(mentee),
            position=row.position,
            urgent=row.urgent,
            options=tuple(self._option(option) for option in self.options.get(mentee, ())),
            reason=row.reason,
            mentors_looked_at=limits.get("mentors", 0),
            limits=_counts(limits.get("counts", {})),
            nearest=tuple(self._nearest(limits.get("nearest", ()))),
            rules=now.rules_of_mentee.get(mentee, ()),
            in_pool=str(mentee) in now.pools.mentee_of,
            proposal=None if proposal is None else self._proposal(proposal),
        )

    def _nearest(self, stored: Iterable[Mapping[str, Any]]) -> Iterable[NearMiss]:
        for entry in stored:
            mentor = self.now.known(entry["mentor"])
            if mentor is not None:
                yield NearMiss(mentor, tuple(entry["limits"]))

    def _proposal(self, proposal: Proposal) -> ProposalLine | None:
        mentor = self.now.known(proposal.mentor_id)
        if mentor is None:
            return None
        by, at = str(proposal.proposed_by), proposal.proposed_at
        return ProposalLine(id=proposal.pk, mentor=mentor, state=proposal.state, by=by, at=at)

    def _option(self, option: RunOption) -> OptionView:
        now = self.now
        mentor = now.pools.mentor_of.get(str(option.mentor_id))
        free = mentor is not None and mentor.capacity > 0
        locked = any(
            rule.kind == PairRuleKind.LOCK and rule.mentor.id == option.mentor_id
            for rule in now.rules_of_mentee.get(option.mentee_id, ())
        )
        return OptionView(
            mentor=now.line(option.mentor_id),
            rank=option.rank,
            is_chosen=option.is_chosen,
            points=option.points,
            terms=tuple(TermLine(**term) for term in option.terms),
            in_favour=_whys(option, "for"),
            against=_whys(option, "against"),
            unknown=_whys(option, "unknown"),
            regret=option.regret,
            duos_lost=option.duos_lost,
            changes=None if option.changes is None else tuple(self._changes(option.changes)),
            is_available=free,
            taken=None if free else now.taken_by.get(option.mentor_id),
            is_locked=locked,
        )

    def _changes(self, stored: Iterable[Mapping[str, Any]]) -> Iterable[ChangeLine]:
        for change in stored:
            mentee = self.now.known(change["mentee"])
            if mentee is not None:
                before, after = self.now.known(change["before"]), self.now.known(change["after"])
                yield ChangeLine(mentee, before, after, change["difference"])


def _counts(stored: Mapping[str, int]) -> tuple[LimitCount, ...]:
    """The limit that keeps most mentors away first: a database may forget the order of keys."""
    ranked = sorted(stored.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(LimitCount(code, number) for code, number in ranked)


def _whys(option: RunOption, side: str) -> tuple[Why, ...]:
    return tuple(Why(**reason) for reason in option.reasons.get(side, ()))
