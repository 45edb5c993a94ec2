"""Dashboards in words and pictures: what each number says, and what stands behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.queries import funnel as arrivals
from traboule.apps.indicators import words
from traboule.apps.indicators.queries import path as whole
from traboule.apps.indicators.queries.dashboards import Board, Shown, Steps
from traboule.apps.pairing.queries import firsts
from traboule.kernel.indicators import Definition, Figure, Measure, Said, What
from traboule.kernel.path import EVERY
from traboule.web.components.boards import Flow, FlowStep, OverTime, Scale, flow, over_time, scale
from traboule.web.coordinator.funnel_cohorts import say_quarter

# The steps of the flow; who came without a session is on it all the same.
FLOW: dict[str, Promise] = {
    arrivals.CONTACT: _("First contact"),
    arrivals.SENT: _("Application sent"),
    arrivals.TALK: _("Talk held"),
    arrivals.ACCEPTED: _("Accepted"),
    firsts.PROPOSAL: _("Proposal"),
    firsts.DUO: _("Duo"),
    whole.COMPLETED: _("Six months done"),
    whole.RESULT: _("A result"),
}
# What stands in front, and what is drawn quarter by quarter if nothing is chosen.
KEY = (
    ("positive_outcome_from_end", "positive_outcome_from_start"),
    ("reach_six_months",),
    ("days_to_match",),
)
KEPT = (
    *("weekly_hours", "mentors_again", "follow_up_6_months", "follow_up_12_months", "follow_up_18_months"),
    *("cost_per_duo", "cost_per_outcome"),
)
OVER_TIME = "positive_outcome_from_start"
WAIT = "days_to_match"


class BoardForm(forms.Form):
    """Whose figures: everybody, or those who began in one quarter; and which figure is drawn over time."""

    cohort = forms.ChoiceField(label=_("Who"), required=False)
    figure = forms.ChoiceField(label=_("Drawn over time"), required=False)

    def __init__(self, *args: object, board: Board) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # the data of the address
        began = [(cohort, say_began(cohort)) for cohort in reversed(board.cohorts)]
        shares = [
            (name, words.name_of(name))
            for name, definition in board.definitions.items()
            if definition.measure is Measure.SHARE
        ]
        self.fields["cohort"].choices = [(EVERY, gettext("everybody")), *began]  # type: ignore[attr-defined]  # a choice field
        self.fields["figure"].choices = shares  # type: ignore[attr-defined]  # a choice field
        self.shares = [name for name, _words in shares]

    def chosen(self) -> str:
        """Return the name of the figure that is drawn over time."""
        named = self.cleaned_data.get("figure") if self.is_valid() else ""
        return named or (OVER_TIME if OVER_TIME in self.shares else next(iter(self.shares), ""))


def cohort_of(data: Mapping[str, str]) -> str:
    """Return the cohort that an address asks for."""
    return data.get("cohort", EVERY)


def say_began(cohort: str) -> str:
    """Return "began in quarter 1 of 2026"."""
    return gettext("began in %(quarter)s") % {"quarter": say_quarter(cohort)}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with everything that belongs beside it, in words; ``number``: there is one to show."""

    name: str
    figure: Figure
    said: str
    number: bool
    interval: str
    bounds: str
    not_due: int | None
    sentence: str
    label: str
    against: str
    source: str
    picture: Scale | None
    is_hidden: bool


def line(name: str, found: Shown) -> Line:
    """Put one figure into words."""
    figure, numbers = found.figure, found.figure.numbers
    definition = figure.definition
    has = numbers.said is Said.FIGURE
    ends = (numbers.value, numbers.low, numbers.high)
    top = top_of(definition, [numbers.value, numbers.high])
    return Line(
        name=words.name_of(name),
        figure=figure,
        said=words.figure_in_words(figure),
        number=has,
        interval=words.span_in_words(definition, (numbers.low, numbers.high)),
        bounds=words.span_in_words(definition, (numbers.least, numbers.most)) if figure.missing else "",
        not_due=found.not_due,
        sentence=words.sentence(definition),
        label=f"{definition.name} v{definition.version}",
        against=_against(definition),
        source=words.source_of(definition),
        picture=scale(ends, top=top, against=definition.against) if has else None,
        is_hidden=numbers.said is Said.TOO_FEW,
    )


def top_of(definition: Definition, values: Sequence[float | None]) -> float:
    """Return the end of the scale: 100 %, 5 points, or a round number above everything that is drawn."""
    if definition.measure is Measure.SHARE:
        return 1.0
    if definition.what is What.RATING:
        return 5.0
    most = max([value for value in (*values, definition.against) if value is not None] or [1.0])
    for step in (1, 2, 4, 10, 20, 40, 60, 100, 200, 400, 1000):
        if most <= step:
            return float(step)
    return float(ceil(most / 1000) * 1000)


def flow_of(path: Steps) -> Flow | None:
    """Draw the path of mentees."""
    found = {code: counts for code, *counts in path}
    steps, least = [], _least(found)
    for code, name in FLOW.items():
        reached, here, stopped, _skipped = found.get(code, (0, 0, 0, 0))
        here, stopped = _with_ready(found, code, here, stopped)
        direct = found.get(whole.COMPLETED, (0, 0, 0, 0))[3] if code == firsts.DUO else 0
        steps.append(FlowStep(str(name), reached, here, stopped, direct, least[code]))
    return flow(steps)


def _least(found: Mapping[str, Any]) -> dict[str, int]:
    """Return how many came at least as far as each step: as many as came further."""
    most, least = 0, {}
    for code in reversed(list(FLOW)):
        least[code] = 0 if code == whole.COMPLETED else most
        if code != whole.COMPLETED:
            most = max(most, found.get(code, (0,))[0] or 0)
    return least


def _with_ready(
    found: Mapping[str, Any], code: str, here: int | None, stopped: int | None
) -> tuple[int | None, int | None]:
    """Who is ready waits for a proposal: on the way in this step is the same as being accepted."""
    if code != arrivals.ACCEPTED or arrivals.READY not in found:
        return here, stopped
    _reached, more, lost, _skipped = found[arrivals.READY]
    return (
        None if here is None or more is None else here + more,
        None if stopped is None or lost is None else stopped + lost,
    )


def over_time_of(definition: Definition, quarters: Sequence[tuple[str, Figure]]) -> OverTime | None:
    """Draw one figure by quarter."""
    numbers = [one.numbers for _cohort, one in quarters]
    top = top_of(definition, [end for one in numbers for end in (one.value, one.high)])
    points = []
    for (cohort, one), found in zip(quarters, numbers, strict=True):
        year, number = cohort.split("-Q")
        ends = (found.value, found.low, found.high, found.least, found.most)
        # Translators: short for the first, second … quarter of a year, under a picture.
        points.append((gettext("Q%(n)s") % {"n": number}, year, words.figure_in_words(one), ends))
    ticks = [(top * part / 4, _tick(definition, top * part / 4)) for part in (0, 2, 4)]
    return over_time(points, top=top, ticks=ticks, against=definition.against)


def _tick(definition: Definition, value: float) -> str:
    return f"{round(100 * value)} %" if definition.measure is Measure.SHARE else f"{value:g}"


def quarters_in_words(quarters: Sequence[tuple[str, Figure]]) -> list[tuple[str, str, str, Figure]]:
    """The same as lines of a table: quarter, value, interval, figure."""
    return [
        (
            say_quarter(cohort),
            words.figure_in_words(one),
            words.span_in_words(one.definition, (one.numbers.low, one.numbers.high)),
            one,
        )
        for cohort, one in quarters
    ]


@dataclass(frozen=True, slots=True)
class Wait:
    """People who have waited from `first` to `last` days; ``count`` None: hidden."""

    first: int
    last: int | None
    count: int | None
    is_late: bool
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where the words under the bar stand."""
        return self.x + self.width / 2


def waits_of(board: Board, promise: int) -> list[Wait]:
    """Draw who waits now, by days; nothing if nobody does."""
    top = max((count or 0 for _, _, count in board.waits), default=0)
    if not top and all(count is not None for _, _, count in board.waits):
        return []
    slot = 640 / len(board.waits)
    return [
        Wait(first, last, count, first > promise, n * slot + 10, 190 - high, slot - 20, high)
        for n, (first, last, count) in enumerate(board.waits)
        for high in [3.0 if count is None else 150 * count / max(top, 1)]
    ]


def board_context(board: Board, form: BoardForm) -> dict[str, Any]:
    """Return everything that the pages of a branch and of the network show alike."""
    chosen = form.chosen()
    lines = {name: line(name, one) for name, one in board.figures.items()}
    drawn, waits = board.definitions.get(chosen), board.definitions.get(WAIT)
    return {
        "board": board,
        "form": form,
        "lines": lines,
        "key": [_first(lines, names) for names in KEY if any(name in lines for name in names)],
        "kept": [lines[name] for name in KEPT if name in lines],
        "flow": flow_of(board.path),
        "chosen": words.name_of(chosen),
        "over_time": over_time_of(drawn, board.quarters[chosen]) if drawn else None,
        "quarters": quarters_in_words(board.quarters.get(chosen, ())),
        "drawn": drawn,
        "drawn_against": _against(drawn),
        "match_against": _against(waits),
        "match_time": over_time_of(waits, board.quarters[WAIT]) if waits else None,
        "match_quarters": quarters_in_words(board.quarters.get(WAIT, ())),
    }


def _first(lines: Mapping[str, Line], names: Sequence[str]) -> Line:
    """The first of these figures that has a number, else the first one there is."""
    there = [lines[name] for name in names if name in lines]
    return next((one for one in there if one.number), there[0])


def _against(definition: Definition | None) -> str:
    if definition is None or definition.against is None:
        return ""
    return words.value_in_words(definition, definition.against)
