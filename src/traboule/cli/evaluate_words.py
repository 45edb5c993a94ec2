"""The answer of `traboule evaluate`: report.json, and sentences in the language of the terminal."""

import gettext
import json
from collections.abc import Callable
from typing import Final

from traboule.cli.exits import CATALOGUES
from traboule.kernel.impact import Evaluation
from traboule.tables.messages import gettext_noop

DIFFERENCE: Final = gettext_noop("difference of means")
RISK_DIFFERENCE: Final = gettext_noop("risk difference")
EFFECT: Final = gettext_noop(
    "Effect on those who took part: %(estimate)s (95 %%: %(low)s to %(high)s), %(scale)s, %(method)s"
)
NO_RESULT: Final = gettext_noop(
    "No result: the comparison does not carry an estimate (found without support: %(estimate)s, 95 %%: "
    "%(low)s to %(high)s, %(scale)s, %(method)s)"
)
NAIVE: Final = gettext_noop("Without any adjustment: %(naive)s")
GROUPS: Final = gettext_noop(
    "%(treated)s took part, %(comparison)s to compare with; left out for a missing value: %(dropped)s"
)
BALANCE: Final = gettext_noop(
    "Largest standardised difference: %(before)s before, %(after)s after (at most 0.1)"
)
SIZE: Final = gettext_noop("Effective size of the comparison: %(size)s (at least %(least)s)")
INSIDE: Final = gettext_noop("Inside the range of the comparison: %(inside)s %% of those who took part")
ALL_IN_ALL: Final = gettext_noop("All in all, for %(treated)s people: %(attributable)s")
RATIOS: Final = gettext_noop(
    "Rate with %(with)s, without %(without)s; risk ratio %(risk)s, odds ratio %(odds)s"
)
BY_CHANCE: Final = gettext_noop("Chance decided who took part, you say: support was not judged")


def report_bytes(found: Evaluation, dropped: int) -> bytes:
    """report.json with exactly the keys of the contract."""
    content = {
        "estimate": found.estimate,
        "standard_error": found.standard_error,
        "interval": list(found.interval),
        "naive": found.naive,
        "n_treated": found.n_treated,
        "n_comparison": found.n_comparison,
        "n_dropped": dropped,
        "max_smd_before": found.max_smd_before,
        "max_smd_after": found.max_smd_after,
        "effective_sample_size": found.effective_sample_size,
        "supported": found.supported,
        "method": found.method,
        "seed": found.seed,
    }
    return (json.dumps(content, indent=1, allow_nan=False) + "\n").encode("utf-8")


def in_words(found: Evaluation, dropped: int, *, randomised: bool) -> str:
    """A handful of lines; what is not supported is not called an effect."""
    said = gettext.translation("django", CATALOGUES, fallback=True).gettext
    scale = said(RISK_DIFFERENCE if found.is_binary else DIFFERENCE)
    low, high = map(number, found.interval)
    lines = [
        said(EFFECT if found.supported else NO_RESULT)
        % {
            "estimate": number(found.estimate),
            "low": low,
            "high": high,
            "scale": scale,
            "method": found.method,
        },
        said(NAIVE) % {"naive": number(found.naive)},
        said(GROUPS) % {"treated": found.n_treated, "comparison": found.n_comparison, "dropped": dropped},
        said(BALANCE) % {"before": f"{found.max_smd_before:.3f}", "after": f"{found.max_smd_after:.3f}"},
        *_weights(found, said),
    ]
    if found.supported:
        lines += _whole(found, said)
    if randomised:
        lines.append(said(BY_CHANCE))
    return "".join(f"{line}\n" for line in lines)


def _weights(found: Evaluation, said: Callable[[str], str]) -> list[str]:
    lines = []
    if found.effective_sample_size is not None:
        size = {"size": f"{found.effective_sample_size:.1f}", "least": f"{found.n_treated / 2:g}"}
        lines.append(said(SIZE) % size)
    if found.inside is not None:
        lines.append(said(INSIDE) % {"inside": f"{100 * found.inside:.0f}"})
    return lines


def _whole(found: Evaluation, said: Callable[[str], str]) -> list[str]:
    """The absolute number, and for rates the other two scales."""
    all_in_all = {"treated": found.n_treated, "attributable": number(found.attributable)}
    lines = [said(ALL_IN_ALL) % all_in_all]
    if found.is_binary:
        ratios = {
            "with": number(found.treated_mean),
            "without": number(found.without),
            "risk": "–" if found.risk_ratio is None else number(found.risk_ratio),
            "odds": "–" if found.odds_ratio is None else number(found.odds_ratio),
        }
        lines.append(said(RATIOS) % ratios)
    return lines


def number(value: float) -> str:
    """Four digits that count; whole numbers from a thousand on."""
    return f"{value:.0f}" if 1000 <= abs(value) < 1e15 else f"{value:.4g}"
