"""Is the path the same for everybody? Rates by sex, age and schooling, as a look keeps them.

The groups are those of the mentee, also for duos. Nothing here is about origin, health or belief: what a
branch may tell people apart by stands in ``kernel.indicators.groups``.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.models import FairnessLook, FairnessNote
from traboule.apps.indicators.queries.definitions import in_force
from traboule.apps.indicators.queries.facts import branches_facts
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import MenteeProfile
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.kernel.indicators import Facts, Figure, figure
from traboule.kernel.indicators.fairness import SOURCES, Comparison, GroupRate, fairness, turned
from traboule.kernel.indicators.groups import Group
from traboule.kernel.indicators.months import Key, withheld
from traboule.kernel.indicators.release import Person
from traboule.kernel.indicators.totals import stands_beside_totals

AGE_BANDS = ((0, 24), (25, 29), (30, None))
GROUPS = (Group.SEX, Group.AGE_BAND, Group.SCHOOLING)
"""Few groups with few values: each table more hides cells of all of them."""
HIGHER = {"bachelor": "higher", "master": "higher"}
_NOBODY: Mapping[Group, str] = {}
Members = dict[Group, dict[Person, str]]


def looks_of(*, actor: Actor, branch: Branch) -> list[FairnessLook]:
    """Return the looks of a branch, the newest first, without figures. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.FAIRNESS_SEE, branch.pk)
    return list(FairnessLook.objects.visible_to(actor).filter(branch=branch).defer("data"))


def look_of(*, actor: Actor, branch: Branch, month: date | None) -> FairnessLook | None:
    """Return the look of a month, or the newest one."""
    authorise(actor, Permission.FAIRNESS_SEE, branch.pk)
    rows = FairnessLook.objects.visible_to(actor).filter(branch=branch)
    chosen = rows.filter(month=month).first() if month is not None else None
    return chosen or rows.first()


def withheld_from(*, actor: Actor, look: FairnessLook) -> frozenset[Key]:
    """Return the tables of a look that this reader must not see: whoever may open the files may see all.

    For others a table is held against the totals on the page of figures (``kernel.indicators.totals``) and
    looks against each other, where the oldest counts first (``kernel.indicators.months``).
    """
    if actor.may(Permission.DUOS_SEE, look.branch_id):
        return frozenset()
    rows = FairnessLook.objects.visible_to(actor).filter(branch=look.branch_id).order_by("month", "pk")
    kept = dict(rows.filter(month__lte=look.month).values_list("pk", "data"))
    return dict(zip(kept, withheld(kept.values()), strict=True))[look.pk]


def notes_of(look: FairnessLook) -> list[FairnessNote]:
    """Return what was written under a look, the newest first."""
    return list(FairnessNote.everywhere.filter(look=look).select_related("written_by"))


def is_unanswered(*, actor: Actor, branch: Branch) -> bool:
    """Say whether the newest look waits for a word of a director; whoever may not see it is asked nothing."""
    if not actor.may(Permission.FAIRNESS_WRITE, branch.pk):
        return False
    newest = FairnessLook.everywhere.filter(branch=branch).order_by("-month").values("pk")[:1]
    return FairnessLook.everywhere.filter(pk__in=newest, notes=None).exists()


def compared(branch: Branch, as_of: date) -> list[dict[str, Any]]:
    """Return every comparison as JSON values; whoever calls has authorised."""
    definitions = in_force(on=as_of)
    facts = branches_facts([branch])
    figures: dict[str, Figure] = {}
    for aspect, (name, is_turned) in SOURCES.items():
        found = figure(definitions[name], facts, as_of)
        figures[aspect] = turned(found) if is_turned else found
    plain = [_plain(one) for one in fairness(figures, members_of(branch, facts))]
    for one in plain:
        one["definition"] = figures[one["aspect"]].definition.plain
    return plain


def members_of(branch: Branch, facts: Facts) -> Members:
    """Return the group of every mentee and of every duo, by what is written down about the mentee."""
    begun = {mentee.id: mentee.intake_on for mentee in facts.mentees}
    found: Members = {group: {} for group in GROUPS}
    of: dict[int, Mapping[Group, str]] = {}
    rows = MenteeProfile.everywhere.filter(person__branch=branch)
    columns = ("person", "person__gender", "person__birth_date", "groups")
    for person, gender, born, groups in rows.values_list(*columns):
        said = {
            Group.SEX: gender,
            Group.AGE_BAND: _age_band(born, begun.get(person)),
            Group.SCHOOLING: _schooling(groups),
        }
        of[person] = {group: value for group, value in said.items() if value}
    for mentee in facts.mentees:
        for group, value in of.get(mentee.id, _NOBODY).items():
            found[group]["mentee", mentee.id] = value
    for duo in facts.duos:
        for group, value in of.get(duo.mentee, _NOBODY).items():
            found[group]["duo", duo.id] = value
    return found


def _schooling(groups: Mapping[str, object]) -> str:
    """Return what is written, with both degrees of a university as one."""
    said = str(groups.get("schooling", ""))
    return HIGHER.get(said, said)


def _age_band(born: date | None, on: date | None) -> str:
    """Return "25-29", or "30-" for thirty and more; age on the day of intake."""
    if born is None or on is None:
        return ""
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    first, last = next((a, b) for a, b in AGE_BANDS if b is None or age <= b)
    return f"{first:02}-{last or ''}"


def _plain(found: Comparison) -> dict[str, Any]:
    return {
        "aspect": found.figure,
        "by": found.by.value,
        "rows": [_row(row) for row in found.rows],
        "stands_beside_totals": stands_beside_totals(found),
    }


def _row(row: GroupRate) -> dict[str, Any]:
    share, apart = row.share, row.difference
    return {
        "value": row.value,
        "heard": row.heard.value,
        "counts": [row.n, row.yes, row.no, row.missing],
        "share": None if share is None else [share.value, share.low, share.high],
        "difference": None if apart is None else [apart.value, apart.low, apart.high],
        "p": row.p,
    }
