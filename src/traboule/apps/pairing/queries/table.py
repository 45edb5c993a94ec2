"""The matching table: mentees in the order of waiting, each with options, reasons, price, or the limits in
the way.

Everything costly was computed with the run; here it is read, put beside the present state, and given names.
"""

from dataclasses import dataclass, replace
from datetime import date

from traboule.apps.branches.models import Branch
from traboule.apps.pairing.models import MatchRun, RunMentee
from traboule.apps.pairing.queries.cards import Cards
from traboule.apps.pairing.queries.present import Present, present
from traboule.apps.pairing.queries.profiles import Pools
from traboule.apps.pairing.queries.views import RunView, TableView
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.remember import remembered


def matching_table(
    *, actor: Actor, branch: Branch, as_of: date, start: int = 0, limit: int | None = None
) -> TableView:
    """The table of the latest run of `branch`, at most `limit` cards from `start` on (None: all).

    The number of queries does not depend on the number of people. Raises NotVisible, NotAllowed.
    """
    authorise(actor, Permission.TABLE_SEE, branch.pk)
    standing = remembered(branch.pk, f"table {as_of}", lambda: _standing(branch, as_of))
    rows = _rows(standing.run, start, limit)
    cards = Cards(standing.now, standing.run, rows).build() if standing.run is not None else ()
    return replace(standing.view, cards=cards)


@dataclass(frozen=True, slots=True)
class _Standing:
    """The latest run beside the branch as it is now: the table without its cards."""

    run: MatchRun | None
    now: Present
    view: TableView


def _standing(branch: Branch, as_of: date) -> _Standing:
    run = latest_run(branch)
    now = present(branch, as_of, run)
    listed = set() if run is None else set(run.inputs.get("mentees", {}))
    view = TableView(
        run=None if run is None else run_view(run),
        cards=(),
        waiting=len(now.pools.mentees),
        mentors_ready=sum(mentor.capacity > 0 for mentor in now.pools.mentors),
        places_left=now.pools.places,
        changes_since=0 if run is None else changes_since(run, now.pools, now.followed(run)),
        rules=now.rule_views,
        places=now.map_places(),
        total_cards=len(listed),
        not_in_run=tuple(now.line(int(p.id)) for p in now.pools.mentees if p.id not in listed),
    )
    return _Standing(run, now, view)


def latest_run(branch: Branch) -> MatchRun | None:
    """The run that stands on the screen."""
    return (
        MatchRun.everywhere.filter(branch=branch).select_related("by").order_by("-created_at", "-pk").first()
    )


def cards_before(*, actor: Actor, branch: Branch, mentee: int) -> int | None:
    """How many cards stand before the card of `mentee` in the latest run; None: the run has no such card."""
    authorise(actor, Permission.TABLE_SEE, branch.pk)
    rows = RunMentee.everywhere.filter(run=latest_run(branch))
    place = rows.filter(mentee=mentee).values_list("position", flat=True).first()
    return None if place is None else rows.filter(position__lt=place).count()


def run_view(run: MatchRun) -> RunView:
    """The head of a run, with the verdict."""
    report = run.report
    return RunView(
        id=run.pk,
        as_of=run.as_of,
        created_at=run.created_at,
        by=str(run.by) if run.by_id else "",
        rules_version=run.rules_version,
        seed=run.seed,
        **{
            name: report[name]
            for name in (
                "pairs",
                "total_points",
                "upper_bound",
                "gap",
                "certificate_holds",
                "mentees",
                "mentors",
                "places",
            )
        },
    )


def changes_since(run: MatchRun, pools: Pools, followed: frozenset[str] = frozenset()) -> int:
    """How many people, rules and decisions differ from what the run read.

    `followed` are people about whom a coordinator did what this run suggests: that is no surprise and changes
    nothing for the others.
    """
    now, changed = pools.fingerprints, 0
    for side in ("mentees", "mentors", "other"):
        before, after = run.inputs.get(side, {}), now[side]
        differ = {key for key in {*before, *after} if before.get(key) != after.get(key)}
        changed += len(differ - followed)
    return changed


def _rows(run: MatchRun | None, start: int, limit: int | None) -> list[RunMentee]:
    if run is None:
        return []
    rows = RunMentee.everywhere.filter(run=run).order_by("position")
    return list(rows[start:] if limit is None else rows[start : start + limit])
