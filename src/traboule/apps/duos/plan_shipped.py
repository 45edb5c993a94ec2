"""The goals that ship with Traboule, each with its milestones; a branch rewrites them as it likes."""
# said to: everybody -- a shipped text is read in the language of each reader

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from traboule.apps.duos.plan_enums import GoalKind

DAYS_BETWEEN = 14


@dataclass(frozen=True, slots=True)
class Shipped:
    """One goal as it ships: two milestones."""

    kind: GoalKind
    steps: tuple[Promise, ...]
    days: int = DAYS_BETWEEN


SHIPPED: tuple[Shipped, ...] = (
    Shipped(
        GoalKind.PROJECT,
        (
            pgettext_lazy("milestone", "Name three jobs that I would like"),
            pgettext_lazy("milestone", "Talk to somebody who does this job"),
        ),
    ),
    Shipped(
        GoalKind.CV,
        (
            pgettext_lazy("milestone", "Write down what I have done"),
            pgettext_lazy("milestone", "My CV fits on one page"),
        ),
        7,
    ),
    Shipped(
        GoalKind.LETTERS,
        (
            pgettext_lazy("milestone", "Write a first letter"),
            pgettext_lazy("milestone", "Adapt the letter to one employer"),
        ),
        7,
    ),
    Shipped(
        GoalKind.APPLICATIONS,
        (
            pgettext_lazy("milestone", "Make a list of ten employers"),
            pgettext_lazy("milestone", "Send three applications"),
        ),
    ),
    Shipped(
        GoalKind.INTERVIEWS,
        (
            pgettext_lazy("milestone", "Present myself in two minutes"),
            pgettext_lazy("milestone", "Rehearse an interview together"),
        ),
    ),
    Shipped(
        GoalKind.NETWORK,
        (
            pgettext_lazy("milestone", "Make a list of people I know"),
            pgettext_lazy("milestone", "Visit a job fair or a workplace"),
        ),
    ),
    Shipped(
        GoalKind.FRENCH,
        (
            pgettext_lazy("milestone", "Find a course and enrol"),
            pgettext_lazy("milestone", "Make a phone call in French"),
        ),
        21,
    ),
    Shipped(
        GoalKind.DIGITAL,
        (
            pgettext_lazy("milestone", "Have an e-mail address and use it"),
            pgettext_lazy("milestone", "Send a file from a computer"),
        ),
    ),
    Shipped(
        GoalKind.PAPERS,
        (
            pgettext_lazy("milestone", "Make a list of missing papers"),
            pgettext_lazy("milestone", "Have my diploma recognised"),
        ),
        21,
    ),
)
BY_KIND = {shipped.kind.value: shipped for shipped in SHIPPED}


def step_of(code: str) -> str:
    """Return a shipped milestone ("cv.2") in the reader's language, or nothing."""
    kind, _dot, number = code.partition(".")
    shipped = BY_KIND.get(kind)
    if shipped is None or not number.isdecimal() or not 1 <= int(number) <= len(shipped.steps):
        return ""
    return str(shipped.steps[int(number) - 1])
