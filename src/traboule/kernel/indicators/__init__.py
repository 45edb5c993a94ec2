"""Indicators: versioned definitions over rows of facts → figures that carry everything a reader must know.

`definition` and `validation` say what may be asked, `shipped` holds the definitions of the house, `judging`
looks at each row, `figure` works out the numbers. `release` says what of a table may be shown beside what was
shown before, `groups` and `fairness` tell the path apart by lawful groups, `frozen` and `changes` keep what
was issued and say what is otherwise now, and why.
"""

from traboule.kernel.indicators._duos import is_completed
from traboule.kernel.indicators.definition import Among, Clock, Definition, Measure, What
from traboule.kernel.indicators.facts import (
    Answer,
    Duo,
    Facts,
    FollowUp,
    Grade,
    Mentee,
    Mentor,
    Outcome,
    Rating,
)
from traboule.kernel.indicators.figure import (
    Cohort,
    Figure,
    Interval,
    Numbers,
    Said,
    differing,
    figure,
    of_rows,
    without_small_numbers,
)
from traboule.kernel.indicators.shipped import SHIPPED
from traboule.kernel.indicators.validation import DefinitionBroken, Problem, check, parse, problems
from traboule.kernel.indicators.verdicts import Row, Verdict

__all__ = [
    "SHIPPED",
    "Among",
    "Answer",
    "Clock",
    "Cohort",
    "Definition",
    "DefinitionBroken",
    "Duo",
    "Facts",
    "Figure",
    "FollowUp",
    "Grade",
    "Interval",
    "Measure",
    "Mentee",
    "Mentor",
    "Numbers",
    "Outcome",
    "Problem",
    "Rating",
    "Row",
    "Said",
    "Verdict",
    "What",
    "check",
    "differing",
    "figure",
    "is_completed",
    "of_rows",
    "parse",
    "problems",
    "without_small_numbers",
]
