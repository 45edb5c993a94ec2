"""The eight half-days that ship with Traboule; a branch rewrites them, or keeps them in every language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.apps.training.enums import ModuleKind


@dataclass(frozen=True, slots=True)
class Shipped:
    """One module as it ships."""

    code: str
    title: Promise
    goal: Promise
    kind: ModuleKind


# OECD: the initial training has 8 half-day modules, on know-how and on interpersonal skills.
SHIPPED: tuple[Shipped, ...] = (
    Shipped(
        "welcome",
        _("Welcome: the place of a mentor"),
        _("You say in your own words what a mentor does, and what not."),
        ModuleKind.INTERPERSONAL,
    ),
    Shipped(
        "listening",
        _("Listening across cultures"),
        _("You ask before you explain, and notice your own habits."),
        ModuleKind.INTERPERSONAL,
    ),
    Shipped(
        "market",
        _("Work here: the local market and ROME"),
        _("You find the local trades, and their ROME codes, that fit somebody."),
        ModuleKind.KNOW_HOW,
    ),
    Shipped(
        "cv",
        _("CV and letters"),
        _("You help somebody write a CV that is true, short and theirs."),
        ModuleKind.KNOW_HOW,
    ),
    Shipped(
        "interviews",
        _("Job interviews"),
        _("You rehearse an interview and give feedback that helps."),
        ModuleKind.KNOW_HOW,
    ),
    Shipped(
        "network",
        _("Opening a network"),
        _("You open one door of your network without asking a favour."),
        ModuleKind.KNOW_HOW,
    ),
    Shipped(
        "limits",
        _("Limits and safeguarding"),
        _("You know where help ends, and whom to call when you worry."),
        ModuleKind.INTERPERSONAL,
    ),
    Shipped(
        "autonomy",
        _("Towards autonomy, and a good end"),
        _("You let go step by step and close a duo well."),
        ModuleKind.INTERPERSONAL,
    ),
)
BY_CODE = {module.code: module for module in SHIPPED}
