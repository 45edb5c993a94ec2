"""Early warning of a duo: dated facts in, named reasons out. No colour without a reason.

`facts` says what is looked at, `rules` holds the thresholds as data, `sign` weighs, `silence` lets a person
say "not needed", `record` measures how often the warning was right about duos that have ended.
"""

from traboule.kernel.warning.facts import Facts, Kind, Mark, Side, Span, Week, due_weeks
from traboule.kernel.warning.record import FEWEST, Past, Score, score
from traboule.kernel.warning.rules import CURRENT, RULES, Code, Rules
from traboule.kernel.warning.sign import Clear, Reason, Sign, sign_of
from traboule.kernel.warning.silence import Seen, is_silent, news_since, seen_of

__all__ = [
    "CURRENT",
    "FEWEST",
    "RULES",
    "Clear",
    "Code",
    "Facts",
    "Kind",
    "Mark",
    "Past",
    "Reason",
    "Rules",
    "Score",
    "Seen",
    "Side",
    "Sign",
    "Span",
    "Week",
    "due_weeks",
    "is_silent",
    "news_since",
    "score",
    "seen_of",
    "sign_of",
]
