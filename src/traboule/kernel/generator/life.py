"""The life of a programme on one day: who met whom, how far they are, and who still waits. For the demo.

Duos come from the matching kernel itself, so that everything a page shows could have been proposed by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from traboule.kernel.generator import assumptions as a
from traboule.kernel.generator.draw import Draw
from traboule.kernel.generator.places import BRANCHES, BranchPlan, PlaceLike
from traboule.kernel.generator.pools import People, generate
from traboule.kernel.generator.records import MenteeRecord, MentorRecord
from traboule.kernel.matching.people import match_people
from traboule.kernel.matching.points import Sectors
from traboule.kernel.matching.rules import DEFAULT_RULES, Rules

LONGEST_ANSWER = 9  # days since the oldest open proposal
STORY = 3  # the role of chance streams that belong to a pair, beside mentors and mentees
RESULTS = ("job", "internship", "training")  # of those with a result; a job is most frequent
RESULT_WEIGHTS = (0.66, 0.12, 0.22)
ENDED_EARLY = ("mentor_no_time", "mentee_no_time", "moved_away", "found_job", "did_not_fit")


@dataclass(frozen=True, slots=True, kw_only=True)
class DuoRecord:
    """A duo: `state` is active, paused or closed; `weeks` elapsed since it started, at most 26."""

    branch: str
    mentor: str
    mentee: str
    state: str
    started_on: date
    ends_on: date  # planned end; for a closed duo the day it ended
    weeks: int
    result: str | None = None  # of a closed duo: job, internship, training, none; None while it runs
    ended_early: str | None = None  # a code of ENDED_EARLY


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProposal:
    """A proposal that waits: `state` is proposed, or mentee_said_yes."""

    branch: str
    mentor: str
    mentee: str
    state: str
    proposed_on: date
    answered_on: date | None
    points: int
    reasons: tuple[str, ...]  # codes of the strongest terms, for the coordinator's sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A mentor who rests until a day."""

    mentor: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything a demo loads. `waiting`: mentees without duo and proposal, longest wait first."""

    as_of: date
    branches: tuple[BranchPlan, ...]
    people: People
    duos: tuple[DuoRecord, ...]
    proposals: tuple[OpenProposal, ...]
    rests: tuple[Rest, ...]
    waiting: tuple[str, ...]


def programme(
    *,
    mentors: int = 400,
    mentees: int = 400,
    seed: int,
    as_of: date,
    places: Sequence[PlaceLike],
    occupations: Sequence[str],
    sectors: Sectors,
    rules: Rules = DEFAULT_RULES,
    branches: Sequence[BranchPlan] = BRANCHES,
) -> Programme:
    """A whole programme on `as_of`:

    people, duos at every stage, open proposals, people who wait. Pure and seeded.
    """
    people = generate(
        mentors=mentors, mentees=mentees, seed=seed, as_of=as_of, places=places, occupations=occupations,
        branches=branches,
    )  # fmt: skip
    duos: list[DuoRecord] = []
    proposals: list[OpenProposal] = []
    for plan in branches:
        story = _Branch(plan, people, seed, as_of, rules, sectors)
        duos += story.duos()
        proposals += story.proposals({duo.mentee for duo in duos})
    mentees_then = tuple(_intake_before(person, duos, as_of, seed) for person in people.mentees)
    people = People(people.mentors, mentees_then)
    busy = {duo.mentee for duo in duos} | {proposal.mentee for proposal in proposals}
    free = [person for person in people.mentees if person.id not in busy]
    return Programme(
        as_of=as_of,
        branches=tuple(branches),
        people=people,
        duos=tuple(duos),
        proposals=tuple(proposals),
        rests=_rests(people.mentors, duos, proposals, seed, as_of),
        waiting=tuple(person.id for person in sorted(free, key=lambda one: (one.waiting_since, one.id))),
    )


class _Branch:
    """The pairs of one branch that the kernel would propose, and what became of them."""

    def __init__(
        self, plan: BranchPlan, people: People, seed: int, as_of: date, rules: Rules, sectors: Sectors
    ) -> None:
        self.plan, self.seed, self.as_of = plan, seed, as_of
        mentors = [person for person in people.mentors if person.branch == plan.slug]
        mentees = [person for person in people.mentees if person.branch == plan.slug]
        run = match_people(
            [person.profile() for person in mentors],
            [person.profile() for person in mentees],
            rules=rules, as_of=as_of, seed=seed, sectors=sectors, count=0,
        )  # fmt: skip
        numbers = {person.id: number for number, person in enumerate(people.mentees)}
        self.came = {person.id: person.waiting_since for person in mentees}
        self.draws = {person.id: Draw(seed, STORY, numbers[person.id]) for person in mentees}
        matched = [row for row in run.proposals if row.mentor is not None]
        self.rows = sorted(matched, key=lambda row: self.draws[row.mentee].share())
        self.started = min(len(matched), round(plan.duos * len(mentees)))

    def duos(self) -> list[DuoRecord]:
        """Two thirds run, one third is closed."""
        found = []
        for place, row in enumerate(self.rows[: self.started]):
            draw = self.draws[row.mentee]
            make = _closed if place % 3 == 2 else _running
            found.append(make(self.plan.slug, row.mentor or "", row.mentee, draw, self.as_of))
        return found

    def proposals(self, taken: set[str]) -> list[OpenProposal]:
        """About one in eight of those who could meet somebody, all after ten days, have an open proposal."""
        rows = [row for row in self.rows[self.started :] if row.mentee not in taken]
        patient = [
            row for row in rows if self.came[row.mentee] <= self.as_of - timedelta(days=LONGEST_ANSWER + 1)
        ]
        found = []
        for row in patient[: (len(rows) + 7) // 8]:
            draw = self.draws[row.mentee]
            proposed = self.as_of - timedelta(days=draw.between(1, LONGEST_ANSWER))
            said_yes = draw.chance(a.number("mentee_answered"))
            answered = min(self.as_of, proposed + timedelta(days=draw.between(1, 4))) if said_yes else None
            best = sorted(row.terms, key=lambda term: term.out_of // 2 - term.points)
            found.append(
                OpenProposal(
                    branch=self.plan.slug,
                    mentor=row.mentor or "",
                    mentee=row.mentee,
                    state="mentee_said_yes" if said_yes else "proposed",
                    proposed_on=proposed,
                    answered_on=answered,
                    points=row.points or 0,
                    reasons=tuple(term.code for term in best[:2] if not term.unknown),
                )
            )
        return found


def _running(branch: str, mentor: str, mentee: str, draw: Draw, as_of: date) -> DuoRecord:
    weeks = draw.between(1, int(a.number("weeks")) - 1)
    started = as_of - timedelta(days=weeks * 7 + draw.between(0, 6))
    return DuoRecord(
        branch=branch,
        mentor=mentor,
        mentee=mentee,
        state="paused" if draw.chance(a.number("paused_duos")) else "active",
        started_on=started,
        ends_on=started + timedelta(weeks=int(a.number("weeks"))),
        weeks=weeks,
    )


def _closed(branch: str, mentor: str, mentee: str, draw: Draw, as_of: date) -> DuoRecord:
    whole = int(a.number("weeks"))
    early = not draw.chance(a.number("reach_six_months"))
    weeks = draw.between(3, whole - 3) if early else whole
    ended = as_of - timedelta(days=draw.between(4, 280))
    why = draw.one(ENDED_EARLY) if early else None
    good = why == "found_job" or draw.chance(a.number("result_within_year"))
    result = "job" if why == "found_job" else RESULTS[draw.placed(RESULT_WEIGHTS)]
    return DuoRecord(
        branch=branch,
        mentor=mentor,
        mentee=mentee,
        state="closed",
        started_on=ended - timedelta(weeks=weeks),
        ends_on=ended,
        weeks=weeks,
        result=result if good else "none",
        ended_early=why,
    )


def _intake_before(person: MenteeRecord, duos: Sequence[DuoRecord], as_of: date, seed: int) -> MenteeRecord:
    """Somebody in a duo came 15 to 30 days before it began."""
    started = next((duo.started_on for duo in duos if duo.mentee == person.id), None)
    if started is None:
        return person
    shortest, longest = map(int, a.row("wait_days"))
    days = Draw(seed, STORY + 1, int(person.id.split("-")[1])).between(shortest, longest)
    return replace(person, waiting_since=min(as_of, started) - timedelta(days=days), can_wait_until=None)


def _rests(
    mentors: Sequence[MentorRecord],
    duos: Sequence[DuoRecord],
    proposals: Sequence[OpenProposal],
    seed: int,
    as_of: date,
) -> tuple[Rest, ...]:
    busy = {duo.mentor for duo in duos if duo.state != "closed"} | {open_one.mentor for open_one in proposals}
    met = {duo.mentor for duo in duos if duo.state == "closed"}
    found = []
    for number, person in enumerate(mentors):
        draw = Draw(seed, STORY + 2, number)
        chance = 1 - a.number("mentor_again") if person.id in met else a.number("mentors_paused")
        if person.id not in busy and draw.chance(chance):
            since = as_of - timedelta(days=draw.between(2, 40))
            found.append(
                Rest(mentor=person.id, since=since, until=as_of + timedelta(days=draw.between(5, 90)))
            )
    return tuple(found)
