"""The answer of `traboule evaluate`: report.json, and sentences in the language of the terminal."""

import gettext
import json
from typing import Final

from traboule.cli.exits import CATALOGUES
from traboule.kernel.impact import Evaluation
from traboule.kernel.impact.balance import LARGEST_SMD, SMALLEST_SHARE
from traboule.tables.messages import gettext_noop

COMMA: Final = frozenset(("fr", "nl", "es", "uk"))
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
    "Largest standardised difference: %(before)s before, %(after)s after (at most %(most)s)"
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


class Voice:
    """Sentences and numbers in the language of the terminal."""

    def __init__(self) -> None:
        catalogue = gettext.translation("django", CATALOGUES, fallback=True)
        self.say = catalogue.gettext
        self.sign = "," if catalogue.info().get("language") in COMMA else "."

    def number(self, value: float | None) -> str:
        """Four digits that count; whole numbers from a thousand on; a dash where there is none."""
        if value is None:
            return "–"
        return self.written(f"{value:.0f}" if 1000 <= abs(value) < 1e15 else f"{value:.4g}")

    def written(self, digits: str) -> str:
        return digits.replace(".", self.sign)


def in_words(found: Evaluation, dropped: int, *, randomised: bool) -> str:
    """A handful of lines; what is not supported is not called an effect."""
    voice = Voice()
    low, high = map(voice.number, found.interval)
    scale = voice.say(RISK_DIFFERENCE if found.is_binary else DIFFERENCE)
    effect = {"estimate": voice.number(found.estimate), "low": low, "high": high, "scale": scale}
    groups = {"treated": found.n_treated, "comparison": found.n_comparison, "dropped": dropped}
    before, after = (f"{size:.3f}" for size in (found.max_smd_before, found.max_smd_after))
    balance = {"before": before, "after": after, "most": f"{LARGEST_SMD:g}"}
    lines = [
        voice.say(EFFECT if found.supported else NO_RESULT) % {**effect, "method": found.method},
        voice.say(NAIVE) % {"naive": voice.number(found.naive)},
        voice.say(GROUPS) % groups,
        voice.say(BALANCE) % {name: voice.written(digits) for name, digits in balance.items()},
        *_weights(found, voice),
        *(_whole(found, voice) if found.supported else ()),
    ]
    if randomised:
        lines.append(voice.say(BY_CHANCE))
    return "".join(f"{line}\n" for line in lines)


def _weights(found: Evaluation, voice: Voice) -> list[str]:
    lines = []
    if found.effective_sample_size is not None:
        sizes = {"size": found.effective_sample_size, "least": SMALLEST_SHARE * found.n_treated}
        lines.append(voice.say(SIZE) % {name: voice.number(size) for name, size in sizes.items()})
    if found.inside is not None:
        lines.append(voice.say(INSIDE) % {"inside": f"{100 * found.inside:.0f}"})
    return lines


def _whole(found: Evaluation, voice: Voice) -> list[str]:
    """The absolute number, and for rates the other two scales."""
    all_in_all = {"treated": found.n_treated, "attributable": voice.number(found.attributable)}
    lines = [voice.say(ALL_IN_ALL) % all_in_all]
    if found.is_binary:
        ratios: dict[str, float | None] = {"with": found.treated_mean, "without": found.without}
        ratios |= {"risk": found.risk_ratio, "odds": found.odds_ratio}
        lines.append(voice.say(RATIOS) % {name: voice.number(value) for name, value in ratios.items()})
    return lines
