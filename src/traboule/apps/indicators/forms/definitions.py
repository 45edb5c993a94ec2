"""The next version of a definition as choices. What cannot stand the kernel says; here it becomes words."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.indicators.words import AMONG, CLOCKS, GRADES, MEASURES
from traboule.apps.outcomes.own_enums import OutcomeKind
from traboule.kernel.indicators import Definition, Grade, Measure, Problem, What
from traboule.kernel.indicators.validation import (
    FITS,
    LONGEST_WINDOW,
    MOST_DAYS,
    MOST_SLACK,
    SMALLEST_FLOOR,
)

MONEY = frozenset({What.SPENT})


class VersionForm(forms.Form):
    """What counts, among whom, from which day on, for how long, how strongly proven; and why it changes."""

    measure = forms.ChoiceField(label=_("What is worked out"))
    among = forms.ChoiceField(label=_("Of whom"))
    kinds = forms.MultipleChoiceField(
        label=_("What counts"),
        choices=OutcomeKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose or write something here.")},
    )
    clock = forms.ChoiceField(label=_("Counted from"))
    months = forms.IntegerField(label=_("For how many months"), min_value=0, max_value=LONGEST_WINDOW)
    min_months = forms.IntegerField(
        label=_("It lasts at least, in months"),
        help_text=_("0: however short. A contract without an end always lasts long enough."),
        min_value=0,
        max_value=LONGEST_WINDOW,
    )
    min_days = forms.IntegerField(
        label=_("It lasts at least, in days"),
        help_text=_("Months or days, not both."),
        min_value=0,
        max_value=MOST_DAYS,
    )
    grade = forms.ChoiceField(label=_("Proven at least"))
    slack_days = forms.IntegerField(
        label=_("Days of grace"),
        help_text=_("An answer so shortly before the last day still speaks for the whole time."),
        min_value=0,
        max_value=MOST_SLACK,
    )
    floor = forms.IntegerField(
        label=_("Hidden below so many people"), min_value=SMALLEST_FLOOR, max_value=1000
    )
    against = forms.DecimalField(
        label=_("Published or promised figure"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
        required=False,
    )
    source = forms.CharField(label=_("Whose figure, and where"), max_length=200, required=False)
    why = forms.CharField(
        label=_("Why does it change?"),
        help_text=_("Needed to decide, not to look. Whoever reads a figure reads this too."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, current: Definition, is_trial: bool = False) -> None:
        super().__init__(data, initial=_initial(current))
        self.current = current
        measures, among, clocks, _shortest = FITS[current.what]
        self._offer("measure", MEASURES, measures)
        self._offer("among", AMONG, among)
        self._offer("clock", CLOCKS, clocks)
        self._offer("grade", GRADES, Grade)
        self.fields["why"].required = not is_trial
        unit = _unit(current)
        if unit:
            self.fields["against"].help_text = unit
        for name in _not_asked(current):
            del self.fields[name]

    def _offer(self, name: str, words: Mapping[str, Any], legal: Iterable[str]) -> None:
        allowed = set(legal)
        choices = [(code, said) for code, said in words.items() if code in allowed]
        if len(choices) < 2:
            del self.fields[name]
        else:
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def values(self) -> dict[str, Any]:
        """Return the fields of the definition that were asked for, as the kernel reads them."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "why"}
        against = said.get("against")
        measure = Measure(said.get("measure", self.current.measure))
        if against is not None:
            said["against"] = float(against / _scale(self.current.what, measure))
        return said

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Put what the kernel refuses beside its field, in words that say what was expected."""
        for problem in problems:
            field = problem.field if problem.field in self.fields else None
            said = _said(problem)
            self.add_error(field, said if field else f"{problem.field}: {said}")


def _not_asked(current: Definition) -> list[str]:
    """Fields that say nothing about this question; their values stay."""
    asked_of_outcomes = ["min_months", "min_days", "grade"]
    if current.what is What.DAYS_WORKED:
        return ["min_months"]
    if current.what is What.OUTCOME:
        return []
    return [*asked_of_outcomes, "kinds", *([] if current.what in _WITH_SLACK else ["slack_days"])]


_WITH_SLACK = frozenset({What.LASTS, What.ANSWERED})


def _scale(what: What, measure: Measure) -> Decimal:
    """How many of what people type make one of what the kernel counts."""
    if measure is Measure.SHARE:
        return Decimal(100)
    if measure is Measure.COST or what in MONEY:
        return Decimal("0.01")
    return Decimal(1)


def _unit(current: Definition) -> str | Promise:
    if current.measure is Measure.SHARE:
        return _("In per cent.")
    if current.measure is Measure.COST or current.what in MONEY:
        return _("In euros.")
    return {What.HOURS: _("In hours a week."), What.WAIT: _("In days.")}.get(current.what, "")


def _initial(current: Definition) -> dict[str, Any]:
    found = dict(current.plain)
    if current.against is not None:
        scaled = Decimal(str(current.against)) * _scale(current.what, current.measure)
        found["against"] = scaled.quantize(Decimal("0.01")).normalize() + 0
    return found


def _said(problem: Problem) -> str:
    low, _to, high = problem.expected.partition(" to ")
    if problem.field == "against" and high:
        high = "100"  # a share is typed in per cent
    if problem.code == "out_of_range" and high:
        return gettext("A number from %(low)s to %(high)s.") % {"low": low, "high": high}
    words = {
        "out_of_range": gettext("A number of 0 or more."),
        "missing": gettext("Please choose or write something here."),
        "does_not_fit": gettext("This does not fit what is counted here."),
        "both_durations": gettext("Months or days, not both: set one of them to 0."),
        "unreadable": gettext("This cannot be read."),
    }
    return words.get(problem.code, problem.code)
