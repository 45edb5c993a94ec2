"""The invented duos and proposals of the demo, and the match runs that a coordinator looks at first."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction

from traboule.apps.duos.enums import CloseReason, DuoState
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.pairing.actions.answers import record_mentee_answer, record_mentor_answer
from traboule.apps.pairing.actions.decisions import mark_told, propose, undo_proposal
from traboule.apps.pairing.actions.pair_rules import set_pair_rule
from traboule.apps.pairing.actions.runs import run_matching
from traboule.apps.pairing.enums import Answer, DeclineReason, PairRuleKind
from traboule.apps.pairing.models import MatchRun, Proposal, RunOption
from traboule.apps.people.actions.demo import DemoPeople, load_demo_people
from traboule.apps.people.queries import actor_of
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.registry import ON_DEMO
from traboule.kernel.calendar import last_day
from traboule.kernel.generator import Programme
from traboule.kernel.generator.life import DuoRecord, OpenProposal

BATCH = 500
STORY_OPTIONS = 3  # a mentee about whom something is told had a choice
CLOSED_BECAUSE = {
    None: CloseReason.COMPLETED,
    "found_job": CloseReason.FOUND_WORK,
    "mentor_no_time": CloseReason.NO_TIME,
    "mentee_no_time": CloseReason.NO_TIME,
    "moved_away": CloseReason.MOVED,
    "did_not_fit": CloseReason.NOT_A_FIT,
}
# What a coordinator might have written, by the strongest reason of the kernel.
WRITTEN = {
    "occupation": "Elle connaît ce métier de l’intérieur et peut ouvrir des portes.",
    "languages": "Ils se comprendront bien, même au téléphone.",
    "travel": "Ils habitent tout près l’un de l’autre : les rencontres tiendront.",
    "needs": "Ce dont la personne a besoin est justement ce que le mentor sait faire.",
    "way_of_working": "Deux caractères posés, qui aiment prendre leur temps.",
    "horizon": "Le mentor est là pour les six mois, c’est ce qui compte ici.",
}
WRITTEN_OTHERWISE = "Bonne impression des deux lors des entretiens ; ils ont plusieurs intérêts en commun."

Told = Callable[[str, float], None]


def load_demo(*, programme: Programme, by: Actor, now: datetime, progress: Told | None = None) -> DemoPeople:
    """Load a whole invented programme into an empty database: people, duos, proposals, runs.

    Raises branches.actions.AlreadyFounded when there is an association already; then nothing is written.
    """
    tell = progress or _silent
    with transaction.atomic():
        tell("loading", 0.0)
        loaded = load_demo_people(programme=programme, by=by, now=now)
        _write_duos(loaded, programme)
        runs = _write_proposals(loaded, programme)
        for fill in ON_DEMO:
            fill(loaded, programme, by, now)
        _record(loaded, programme, by, now)
        for number, (slug, branch) in enumerate(loaded.branches.items()):
            tell("branches", number / len(loaded.branches))
            if slug in runs:
                _write_decisions(loaded, runs[slug], programme)
            run_matching(branch=branch, as_of=programme.as_of, by=actor_of(loaded.coordinator(slug)), now=now)
    tell("branches", 1.0)
    return loaded


def _silent(stage: str, share: float) -> None:
    return None


def _write_duos(loaded: DemoPeople, programme: Programme) -> None:
    taken: Counter[int] = Counter()
    places: dict[str, MentorPlace] = {}
    for duo in programme.duos:
        if duo.state != DuoState.CLOSED:
            mentor = loaded.persons[duo.mentor]
            taken[mentor.pk] += 1
            places[duo.mentee] = MentorPlace(
                mentor=mentor,
                number=taken[mentor.pk],
                taken_at=_morning(duo.started_on),
                taken_by=loaded.coordinator(duo.branch),
            )
    MentorPlace.everywhere.bulk_create(places.values(), batch_size=BATCH)
    Duo.everywhere.bulk_create(
        (_duo(loaded, duo, places.get(duo.mentee), programme.as_of) for duo in programme.duos),
        batch_size=BATCH,
    )


def _duo(loaded: DemoPeople, duo: DuoRecord, place: MentorPlace | None, as_of: date) -> Duo:
    staff = loaded.coordinator(duo.branch)
    is_closed = duo.state == DuoState.CLOSED
    is_paused = duo.state == DuoState.PAUSED
    return Duo(
        branch=loaded.branches[duo.branch],
        mentor=loaded.persons[duo.mentor],
        mentee=loaded.persons[duo.mentee],
        place=place,
        state=duo.state,
        started_on=duo.started_on,
        ends_on=max(last_day(duo.started_on), duo.ends_on) if is_closed else last_day(duo.started_on),
        started_by=staff,
        coordinator=staff,
        started_at=_morning(duo.started_on),
        paused_on=max(duo.started_on, as_of - timedelta(days=9)) if is_paused else None,
        closed_on=duo.ends_on if is_closed else None,
        closed_by=staff if is_closed else None,
        close_reason=CLOSED_BECAUSE[duo.ended_early] if is_closed else "",
    )


def _write_proposals(loaded: DemoPeople, programme: Programme) -> dict[str, MatchRun]:
    """The open proposals, and the run of each branch on which they were decided."""
    runs: dict[str, MatchRun] = {}
    for slug, branch in loaded.branches.items():
        open_ones = [found for found in programme.proposals if found.branch == slug]
        if not open_ones:
            continue
        by = actor_of(loaded.coordinator(slug))
        first = min(found.proposed_on for found in open_ones)
        run = runs[slug] = run_matching(branch=branch, as_of=first, by=by, now=_morning(first))
        for found in sorted(open_ones, key=lambda found: (found.proposed_on, found.mentee)):
            proposal = propose(
                branch=branch,
                mentee=loaded.persons[found.mentee],
                mentor=loaded.persons[found.mentor],
                reason=_reason(found),
                run=run,
                by=by,
                now=_morning(found.proposed_on),
            )
            if found.answered_on is not None:
                answered = _morning(found.answered_on)
                told = mark_told(proposal=proposal, by=by, now=_morning(found.proposed_on))
                record_mentee_answer(proposal=told, answer=Answer.YES, by=by, now=answered)
    return runs


def _write_decisions(loaded: DemoPeople, run: MatchRun, programme: Programme) -> None:
    """What a table looks like after some meetings: pairs kept together and apart, noes, a change of mind."""
    by = actor_of(loaded.coordinator(run.branch.slug))
    now = _morning(programme.as_of - timedelta(days=3))
    engaged = [person for found in programme.proposals for person in (found.mentee, found.mentor)]
    busy = {loaded.persons[person].pk for person in engaged}
    shown = (
        RunOption.everywhere.filter(run=run)
        .select_related("run__branch", "mentee", "mentor")
        .order_by("mentee", "rank")
    )
    stories = [
        (_keep_together, 0),
        (_keep_apart, 2),
        (_mentee_declines, 1),
        (_mentor_declines, 0),
        (_think_again, 2),
    ]
    for mentee, found in groupby(shown, key=lambda option: option.mentee_id):
        options = list(found)
        story, rank = stories[0]
        if len(options) < STORY_OPTIONS or {mentee, options[rank].mentor_id} & busy:
            continue
        busy |= {mentee, options[rank].mentor_id}  # each story has people of its own
        story(options[rank], by, now)
        del stories[0]
        if not stories:
            return


def _keep_together(option: RunOption, by: Actor, now: datetime) -> None:
    reason = "Elles se sont rencontrées à la séance d’information et se sont choisies."
    _rule(option, PairRuleKind.LOCK, reason, by, now)


def _keep_apart(option: RunOption, by: Actor, now: datetime) -> None:
    reason = "Voisins de palier : ils préfèrent ne pas se voir dans ce cadre."
    _rule(option, PairRuleKind.FORBID, reason, by, now)


def _rule(option: RunOption, kind: PairRuleKind, reason: str, by: Actor, now: datetime) -> None:
    pair: dict[str, Any] = {"branch": option.run.branch, "mentee": option.mentee, "mentor": option.mentor}
    set_pair_rule(**pair, kind=kind, reason=reason, by=by, now=now)


def _mentee_declines(option: RunOption, by: Actor, now: datetime) -> None:
    proposal = _suggest(option, by, now)
    answered, code = now + timedelta(days=1), DeclineReason.SCHEDULE
    record_mentee_answer(proposal=proposal, answer=Answer.NO, decline_reason=code, by=by, now=answered)


def _mentor_declines(option: RunOption, by: Actor, now: datetime) -> None:
    proposal = _suggest(option, by, now)
    answered = now + timedelta(days=1)
    told = record_mentee_answer(proposal=proposal, answer=Answer.YES, by=by, now=answered)
    later, code = answered + timedelta(hours=5), DeclineReason.NOT_NOW
    record_mentor_answer(proposal=told, answer=Answer.NO, decline_reason=code, by=by, now=later)


def _think_again(option: RunOption, by: Actor, now: datetime) -> None:
    proposal = _suggest(option, by, now)
    undo_proposal(proposal=proposal, by=by, now=now + timedelta(minutes=20))


def _suggest(option: RunOption, by: Actor, now: datetime) -> Proposal:
    strongest = [reason["code"] for reason in option.reasons["for"]]
    text = next((WRITTEN[code] for code in strongest if code in WRITTEN), WRITTEN_OTHERWISE)
    pair: dict[str, Any] = {"branch": option.run.branch, "mentee": option.mentee, "mentor": option.mentor}
    return propose(**pair, reason=text, run=option.run, by=by, now=now)


def _reason(found: OpenProposal) -> str:
    return next((WRITTEN[code] for code in found.reasons if code in WRITTEN), WRITTEN_OTHERWISE)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 0), tzinfo=UTC)


def _record(loaded: DemoPeople, programme: Programme, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=None,
        verb="demo.loaded",
        subject_type="organisation",
        subject_id=next(iter(loaded.branches.values())).organisation_id,
        facts={
            "as_of": programme.as_of,
            "persons": len(loaded.persons),
            "duos": len(programme.duos),
            "proposals": len(programme.proposals),
        },
    )
