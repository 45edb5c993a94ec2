"""Compute and store a match run: what a coordinator will look at. It proposes nothing."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.pairing.models import MatchRun, RunMentee, RunOption
from traboule.apps.pairing.queries.profiles import Pools, build_profiles, sectors
from traboule.apps.pairing.queries.reasons import MOST_OPTIONS, MenteeFound, found_for
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise
from traboule.kernel.matching.people import PeopleRun, match_people

Progress = Callable[[str, float], None]


def run_matching(
    *,
    branch: Branch,
    as_of: date,
    by: Actor,
    now: datetime,
    seed: int = 0,
    progress: Progress | None = None,
) -> MatchRun:
    """Match the pools of `branch` as they are and store the run with up to three options for each mentee.

    The computation runs before the transaction: it reads, and must not hold the write lock of a small
    database while it thinks. What changed meanwhile shows as "changes since this run". Raises RulesError for
    unreadable rules.
    """
    authorise(by, Permission.TABLE_DECIDE, branch.pk)
    pools = build_profiles(branch, as_of)
    people = match_people(
        pools.mentors,
        pools.mentees,
        rules=pools.rules,
        as_of=as_of,
        seed=seed,
        sectors=sectors(),
        locks=pools.locks,
        forbids=pools.forbids,
        progress=progress,
        count=MOST_OPTIONS,
    )
    found = found_for(pools, people, progress)
    return _store(branch=branch, pools=pools, people=people, found=found, seed=seed, by=by, now=now)


@transaction.atomic
def _store(
    *,
    branch: Branch,
    pools: Pools,
    people: PeopleRun,
    found: list[MenteeFound],
    seed: int,
    by: Actor,
    now: datetime,
) -> MatchRun:
    run = MatchRun.everywhere.create(
        branch=branch,
        rules_version=pools.rules.version,
        as_of=pools.as_of,
        seed=seed,
        inputs_hash=pools.inputs_hash,
        inputs=pools.fingerprints,
        report=_report(pools, people),
        created_at=now,
        by_id=by.id if by.kind is ActorKind.LOGIN else None,
    )
    RunMentee.everywhere.bulk_create([RunMentee(run=run, **entry.row) for entry in found], batch_size=500)
    options = [RunOption(run=run, **option) for entry in found for option in entry.options]
    RunOption.everywhere.bulk_create(options, batch_size=300)
    _record(run, by, now)
    return run


def _record(run: MatchRun, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=run.branch_id,
        verb="match_run.computed",
        subject_type="match_run",
        subject_id=run.pk,
        facts={
            "rules_version": run.rules_version,
            "as_of": run.as_of,
            "seed": run.seed,
            "inputs_hash": run.inputs_hash,
            "pairs": run.report["pairs"],
            "certificate_holds": run.report["certificate_holds"],
        },
    )


def _report(pools: Pools, people: PeopleRun) -> dict[str, Any]:
    """The proof and the counts; prices by person id, integers in thousandths of a point."""
    plan = people.plan
    mentees, mentors = [person.id for person in pools.mentees], [person.id for person in pools.mentors]
    unmatched = [mentees[row] for row in np.flatnonzero(plan.mentor_of < 0).tolist()]
    return {
        "pairs": plan.pairs,
        "total_points": plan.total_points,
        "upper_bound": plan.upper_bound,
        "gap": plan.gap,
        "certificate_holds": plan.certificate_holds,
        "mentees": len(mentees),
        "mentors": sum(person.capacity > 0 for person in pools.mentors),
        "places": pools.places,
        "unmatched_mentees": unmatched,
        "unmatched_mentors": list(people.unmatched_mentors),
        "mentee_price": dict(zip(mentees, plan.mentee_price, strict=True)),
        "mentor_price": dict(zip(mentors, plan.mentor_price, strict=True)),
        "bonus": dict(zip(mentees, plan.bonus, strict=True)),
    }
