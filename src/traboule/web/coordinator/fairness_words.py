"""The fairness of the path in words: each group, what may be said of it, what may explain it and what not."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Gender
from traboule.kernel.indicators.fairness import Aspect, Heard
from traboule.kernel.indicators.groups import Group
from traboule.web.components.intervals import Intervals, intervals
from traboule.web.mentee.group_words import VALUES

ASPECTS: Mapping[str, tuple[Promise, Promise]] = {
    Aspect.WAITS: (_("Who waits"), _("No duo within a month after intake.")),
    Aspect.MATCHED: (_("Who is matched"), _("A duo within six months after intake.")),
    Aspect.BREAKS: (_("Whose duo breaks"), _("The duo did not last six months.")),
    Aspect.FINDS: (
        _("Who finds work"),
        _("A job, an internship or a training within a year after the end of the duo."),
    ),
}
GROUPS: Mapping[str, Promise] = {
    Group.SEX: _("By sex"),
    Group.AGE_BAND: _("By age"),
    Group.SCHOOLING: _("By schooling"),
}
HIGHER = _("a degree of a university")
HEARD: Mapping[str, tuple[str, Promise]] = {
    Heard.DIFFERS: ("waiting", _("difference seen")),
    Heard.NOT_SEEN: ("calm", _("no difference seen")),
    Heard.UNKNOWN_COULD_EXPLAIN: ("info", _("those who are unknown could explain it")),
    Heard.TOO_FEW: ("calm", _("too few to compare")),
    Heard.NO_REST: ("calm", _("too few others to compare with")),
    Heard.HIDDEN: ("calm", _("hidden: a small number")),
    Heard.NOT_WRITTEN: ("calm", _("not written down: counted, not compared")),
}
_SAYS = (Heard.DIFFERS, Heard.NOT_SEEN, Heard.UNKNOWN_COULD_EXPLAIN)
EXPLAINS: Mapping[str, tuple[Promise, ...]] = {
    Aspect.WAITS: (
        _("Some need an hour or a language that few mentors have."),
        _("Some came when many came and few mentors were free."),
    ),
    Aspect.MATCHED: (
        _("Some left before it was their turn, for work or for another town."),
        _("Some asked for a mentor from a trade that is rare here."),
    ),
    Aspect.BREAKS: (
        _("A duo also ends when work is found or somebody moves away."),
        _("A duo that began in another season meets other obstacles."),
    ),
    Aspect.FINDS: (
        _("Schooling, French and years in the country differ between the groups."),
        _("Of some groups fewer answered after the end."),
    ),
}
CANNOT: tuple[Promise, ...] = (
    _("Why it is so. These figures count, they do not explain."),
    _("That the groups are equal. No difference seen may mean: too few people to see one."),
    _("Anything about origin, belief or health. We do not count by them: the law protects them."),
    _("Anything about one person. What is true of a group need not be true of anybody in it."),
)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group in words."""

    name: str
    counts: Sequence[int | None]
    share: str
    interval: str
    difference: str
    kind: str
    heard: str


@dataclass(frozen=True, slots=True)
class Table:
    """One step by one group: lines, and the picture of their shares."""

    by: str
    lines: tuple[GroupLine, ...]
    picture: Intervals | None
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the path with its tables, what may explain a difference, and how many were seen."""

    aspect: str
    name: str
    what: str
    tables: tuple[Table, ...]
    explains: tuple[Promise, ...]
    seen: int
    withheld: tuple[str, ...] = ()

    @property
    def silent(self) -> list[str]:
        """By what the step is told apart without anything to say yet."""
        return [table.by.casefold() for table in self.tables if table.is_silent]


def steps_of(
    data: Sequence[Mapping[str, Any]], withheld: Collection[tuple[str, str]] = frozenset()
) -> list[Step]:
    """Put a look into words, step by step in the order of the path; `withheld`: (aspect, by)."""
    found = []
    for aspect, (name, what) in ASPECTS.items():
        all_of_it = [one for one in data if one["aspect"] == aspect]
        own = [one for one in all_of_it if (one["aspect"], one["by"]) not in withheld]
        gone = tuple(str(GROUPS.get(one["by"], one["by"])).casefold() for one in all_of_it if one not in own)
        tables = tuple(_table(one) for one in own if one["rows"])
        seen = sum(row["heard"] == Heard.DIFFERS for one in own for row in one["rows"])
        found.append(Step(str(aspect), str(name), str(what), tables, EXPLAINS[aspect], seen, gone))
    return found


def summary_of(steps: Sequence[Step]) -> list[str]:
    """Return one sentence for each difference that was seen."""
    return [
        gettext("%(step)s, %(group)s: %(share)s; the others differ by %(difference)s.")
        % {"step": step.name, "group": one.name, "share": one.share, "difference": one.difference}
        for step in steps
        for table in step.tables
        for one in table.lines
        if one.kind == HEARD[Heard.DIFFERS][0]
    ]


def _table(one: Mapping[str, Any]) -> Table:
    lines = tuple(_line(one["by"], row) for row in one["rows"])
    shares = [
        (line.name, _Share(*row["share"]))
        for line, row in zip(lines, one["rows"], strict=True)
        if row["share"] is not None and row["heard"] not in (Heard.HIDDEN, Heard.NOT_WRITTEN)
    ]
    is_silent = not any(row["heard"] in _SAYS for row in one["rows"])
    return Table(str(GROUPS.get(one["by"], one["by"])), lines, intervals(shares), is_silent)


@dataclass(frozen=True, slots=True)
class _Share:
    value: float
    low: float
    high: float


def _line(by: str, row: Mapping[str, Any]) -> GroupLine:
    share, apart = row["share"], row["difference"]
    kind, heard = HEARD[row["heard"]]
    is_shown = row["heard"] != Heard.HIDDEN and share is not None
    return GroupLine(
        name=group_name(by, row["value"]),
        counts=row["counts"],
        share=_percent(share[0]) if is_shown else "",
        interval=gettext("%(low)s to %(high)s") % {"low": _percent(share[1]), "high": _percent(share[2])}
        if is_shown
        else "",
        difference="" if apart is None else _points(apart),
        kind=kind,
        heard=str(heard),
    )


def group_name(by: str, value: str) -> str:
    """Return what people call a group."""
    if not value:
        return gettext("not written down")
    said: Mapping[str, Callable[[str], Any]] = {
        Group.SEX: lambda code: Gender(code).label,
        Group.AGE_BAND: _age,
        Group.SCHOOLING: lambda code: HIGHER if code == "higher" else VALUES.get(("schooling", code)) or code,
    }
    return str(said[by](value)) if by in said else value


def _age(band: str) -> str:
    first, _dash, last = band.partition("-")
    if int(first) == 0:
        return gettext("up to %(age)s years") % {"age": last}
    if not last:
        return gettext("%(age)s years and more") % {"age": first}
    return gettext("%(first)s to %(last)s years") % {"first": first, "last": last}


def _percent(share: float) -> str:
    return gettext("%(share)s %%") % {"share": round(100 * share)}


def _points(ends: Sequence[float]) -> str:
    value, low, high = (_signed(end) for end in ends)
    # Translators: a difference of two shares in points, with its interval.
    return str(
        pgettext_lazy("difference", "%(value)s points (%(low)s to %(high)s)")
        % {"value": value, "low": low, "high": high}
    )


def _signed(share: float) -> str:
    points = round(100 * share)
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return sign + str(number_format(abs(points), 0))
