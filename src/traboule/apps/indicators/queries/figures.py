"""All figures of a branch on one day, worked out once per state of the branch and of the definitions."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.queries.costs import missing_years, years_written
from traboule.apps.indicators.queries.definitions import in_force
from traboule.apps.indicators.queries.facts import branches_facts
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.remember import remembered
from traboule.kernel.indicators import Definition, Facts, Figure, figure


@dataclass(frozen=True, slots=True)
class Board:
    """All figures of a branch on a day; ``missing``: years without costs; ``is_empty``: nobody is there."""

    figures: Mapping[str, Figure]
    missing: tuple[int, ...]
    has_costs: bool
    is_empty: bool


def board_of(*, actor: Actor, branch: Branch, as_of: date) -> Board:
    """Return what the page of figures shows. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    used = in_force(on=as_of)
    return remembered(branch.pk, _name("board", used, as_of), lambda: _board(branch, used, as_of))


def figures_of(
    *, actor: Actor, branch: Branch, as_of: date, definitions: Mapping[str, Definition] | None = None
) -> Mapping[str, Figure]:
    """Return every figure by name, in the order of the definitions, with its rows and without hiding.

    ``definitions``: those in force on ``as_of`` if not said. Whoever shows a figure hides small numbers and
    shows rows by permission. Raises NotVisible (404), NotAllowed (403).
    """
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    used = in_force(on=as_of) if definitions is None else definitions
    name = _name("figures", used, as_of)
    return remembered(branch.pk, name, lambda: _worked_out(facts_at_hand(branch), used, as_of))


def facts_at_hand(branch: Branch) -> Facts:
    """Return the facts of a branch, read once per state; whoever calls has authorised."""
    return remembered(branch.pk, "facts", lambda: branches_facts([branch]))


def _worked_out(facts: Facts, used: Mapping[str, Definition], as_of: date) -> Mapping[str, Figure]:
    return {name: figure(definition, facts, as_of) for name, definition in used.items()}


def _board(branch: Branch, used: Mapping[str, Definition], as_of: date) -> Board:
    facts, written = facts_at_hand(branch), years_written(branch)
    return Board(
        figures=_worked_out(facts, used, as_of),
        missing=missing_years(facts, written, as_of),
        has_costs=bool(written),
        is_empty=not (facts.duos or facts.mentees),
    )


def _name(what: str, used: Mapping[str, Definition], as_of: date) -> str:
    marks = "".join(definition.fingerprint for definition in used.values())
    return f"{what} {as_of.isoformat()} {hashlib.sha256(marks.encode()).hexdigest()}"
