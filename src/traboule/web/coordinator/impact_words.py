"""Figures of an evaluation in plain words: sign, scale, interval, and what they say."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.formats import get_format, number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.grades import Grade, may_say_impact
from traboule.tables.messages import MESSAGES

RISK = "risk_difference"
SCALES = {RISK: _("difference of rates, in points"), "mean_difference": _("difference of means")}
GRADES = {
    Grade.PUBLISHED.value: (
        _("Grade 1"),
        _("Compared with a published rate of similar job-seekers. Nobody was made alike."),
    ),
    Grade.WEIGHTED.value: (
        _("Grade 2"),
        _("Compared with other people, made alike in what was known before."),
    ),
    Grade.RANDOMISED.value: (
        _("Grade 3"),
        _("Chance decided who came first. This is the strongest comparison."),
    ),
}
Ends = Sequence[float | None]
FIGURE = re.compile(r"-?\d+\.\d+")


def number(value: float | None) -> str:
    """Up to three digits that count, with the decimal sign of the reader; a dash where there is none."""
    if value is None:
        return "–"
    size = abs(value)
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2
    return str(number_format(round(value, decimals), decimals)).replace("-", "−")


def signed(value: float | None, scale: str) -> str:
    """An effect with its sign: "+18 points", or in the units of the outcome."""
    if value is None:
        return "–"
    if scale != RISK:
        return ("+" if value > 0 else "") + number(value)
    points = value * 100
    decimals = 0 if abs(points) >= 10 else 1
    said = str(number_format(round(abs(points), decimals), decimals))
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return ngettext("%(points)s point", "%(points)s points", 2) % {"points": sign + said}


def with_interval(ends: Ends | None, scale: str) -> str:
    """A figure with its interval: "+18 points (95 %: +3 points to +33 points)"."""
    if ends is None:
        return "–"
    plain = _SAY.get(scale)

    def say(value: float | None) -> str:
        return signed(value, scale) if plain is None else plain(value)

    value, low, high = ends
    if high is None:
        return gettext("%(value)s (95 %%: at least %(low)s)") % {"value": say(value), "low": say(low)}
    return gettext("%(value)s (95 %%: %(low)s to %(high)s)") % {
        "value": say(value),
        "low": say(low),
        "high": say(high),
    }


def people(value: float | None) -> str:
    """Whole people."""
    return number(value) if value is None else str(number_format(round(value), 0)).replace("-", "−")


_SAY: dict[str, Callable[[float | None], str]] = {"ratio": number, "units": number, "people": people}


def holds_zero(ends: Ends) -> bool:
    """Whether luck alone could explain the effect, by its interval."""
    _value, low, high = ends
    return (low is None or low <= 0) and (high is None or high >= 0)


def headline(found: Any) -> str:
    """The result as one line; the word impact only with a grade, an interval and support."""
    figures, grade = found.figures, found.plan.grade
    said = {
        "grade": GRADES[grade][0],
        "effect": with_interval(figures["estimate"], figures["scale"]),
    }
    low, high = figures["estimate"][1:]
    if may_say_impact(grade=Grade(grade), interval=(low, high), supported=found.is_supported):
        return gettext("Impact, %(grade)s: %(effect)s") % said
    if grade == Grade.PUBLISHED:
        return gettext("Difference from the published rate, %(grade)s: %(effect)s") % said
    return gettext("No result: the comparison does not carry an estimate.")


def is_withheld(found: Any) -> bool:
    """Whether the figures must not stand on a page: the groups are not alike, or few rows carry it all."""
    return found.plan.grade != Grade.PUBLISHED and not found.is_supported


def short(found: Any) -> str:
    """A result in a list."""
    if is_withheld(found):
        return gettext("no result: withheld")
    return with_interval(found.figures["estimate"], found.figures["scale"])


def why_withheld(figures: dict[str, Any]) -> list[str]:
    """The reasons, each with its figure."""
    reasons = []
    if figures["smd_after"] > 0.1:
        name, gap = _widest(figures)
        reasons.append(
            gettext(
                "The groups are not alike: in “%(name)s” a standardised difference of %(gap)s is left; "
                "at most 0.1 is allowed."
            )
            % {"name": name, "gap": number(gap)}
        )
    size = figures["size"]
    if size is not None and size < figures["n_treated"] / 2:
        reasons.append(
            gettext(
                "A few people carry it all: the comparison is worth %(size)s people; "
                "at least %(least)s are needed."
            )
            % {"size": number(size), "least": number(figures["n_treated"] / 2)}
        )
    return reasons


def _widest(figures: dict[str, Any]) -> tuple[str, float]:
    gaps = [(row[0], abs(row[1] if row[2] is None else row[2])) for row in figures["balance"]]
    return max(gaps, key=lambda row: row[1])


def what_it_says(found: Any) -> list[str]:
    """Sentences for somebody who reads no statistics."""
    figures, plan = found.figures, found.plan
    estimate, scale = figures["estimate"], figures["scale"]
    said = []
    if scale == RISK:
        rates = {"with": rate(figures["with"]), "without": rate(figures["without"])}
        text = gettext(
            "Of 100 who took part, about %(with)s reached it. Without, it would be about %(without)s."
        )
        if plan.grade == Grade.PUBLISHED:
            text = gettext(
                "Of 100 who took part, %(with)s reached it. The published rate is %(without)s in 100."
            )
        said.append(text % rates)
    if holds_zero(estimate):
        said.append(gettext("The interval holds zero: luck alone could explain this difference."))
    else:
        said.append(gettext("The interval does not hold zero: luck alone hardly explains this difference."))
    if figures.get("limit") and figures["z"] is not None:
        passed = figures["z"] >= figures["limit"]
        limits = {"z": number(figures["z"]), "limit": number(figures["limit"])}
        text = (
            gettext("It passes the limit of this look (%(z)s, limit %(limit)s).")
            if passed
            else gettext(
                "It does not pass the limit of this look (%(z)s, limit %(limit)s). Wait for the next look."
            )
        )
        said.append(text % limits)
    if figures.get("alarms"):
        said.append(
            gettext(
                "You looked more often than planned. With so many looks, luck alone gives a false alarm "
                "%(share)s times in 100."
            )
            % {"share": round(100 * figures["alarms"])}
        )
    return said


def what_it_cannot_say(found: Any) -> list[str]:
    """What a reader might wrongly take from it."""
    grade = found.plan.grade
    said = []
    if grade == Grade.PUBLISHED:
        said.append(
            gettext(
                "Whether our people were like those behind the published rate. They may have had it easier."
            )
        )
        said.append(
            gettext(
                "The published rate is taken as exact. The interval is too narrow by what it is unsure of."
            )
        )
    if grade == Grade.WEIGHTED:
        said.append(
            gettext(
                "Whether the groups differ in something that nobody wrote down: motivation, health, friends."
            )
        )
    if found.plan.takes_totals:
        said.append(gettext("Whether the people within one group were alike: totals show no more."))
    if grade == Grade.RANDOMISED:
        said.append(gettext("Whether it stays: those who came later had the programme later."))
    said.append(gettext("Whether it would be the same for other people, elsewhere or in another year."))
    return said


def findings_in_words(figures: dict[str, Any]) -> list[tuple[str, str]]:
    """Column, and what was expected of it: remarks of the computation."""
    return [
        ("" if column == "-" else column, _with_own_sign(gettext(MESSAGES[code]) % params))
        for code, column, params in figures["findings"]
    ]


def _with_own_sign(text: str) -> str:
    """The figures of the computation come with a point; the reader may write a comma."""
    sign = str(get_format("DECIMAL_SEPARATOR"))
    return FIGURE.sub(lambda found: found.group().replace(".", sign), text)


def rate(share: float) -> str:
    """A share as how many in a hundred."""
    return str(round(100 * share))
