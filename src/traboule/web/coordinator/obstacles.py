"""Why somebody cannot be matched, and what would lift it: codes to plain sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LIMITS: dict[str, Promise] = {
    "no_shared_language": _("No language in common at working level"),
    "no_shared_slot": _("No free time in common"),
    "too_far": _("Too far for one of the two"),
    "place_unknown": _("We do not know where one of the two lives"),
    "mentor_not_trained": _("The mentor has not finished the training"),
    "places_taken": _("All places of the mentor are taken"),
    "mentor_away": _("The mentor is away for the whole six months"),
    "wish_not_met": _("A stated wish is not met"),
    "to_avoid": _("One of the two asked not to meet the other"),
    "other_branch": _("They belong to two branches"),
    "forbidden": _("A coordinator decided: never together"),
    "declined_before": _("One of the two said no before"),
    "earlier_duo": _("They were a duo before"),
    "mentee_not_in_pool": _("The mentee does not wait for a duo at the moment"),
    "mentor_not_in_pool": _("The mentor is not ready for a duo at the moment"),
    "mentor_locked_elsewhere": _("The mentor is kept for somebody else"),
    "mentee_locked_elsewhere": _("The mentee is kept for another mentor"),
    "no_mentors": _("No mentor is ready"),
    "no_mentor": _("No mentor is ready"),
    "several_limits": _("Each mentor fails on something else"),
    "not_feasible": _("A hard limit stands in the way"),
}
"""Sentence per hard limit, bar and pool code."""

LIFTS: dict[str, Promise] = {
    "no_shared_language": _("A mentor who speaks the language, or a language course up to B1"),
    "no_shared_slot": _("Ask both for one more free time in the week"),
    "too_far": _("Ask whether both could meet online, or travel further"),
    "place_unknown": _("Write down the postcode"),
    "mentor_not_trained": _("Finish the training of the mentor"),
    "places_taken": _("Ask the mentor about one more place, or invite new mentors"),
    "mentor_away": _("Wait until the mentor is back"),
    "wish_not_met": _("Talk about the wish; only the person can change it"),
    "to_avoid": _("Nothing: this wish stands"),
    "other_branch": _("Agree with the other branch"),
    "forbidden": _("Drop the decision, if its reason is over"),
    "declined_before": _("Nothing: a no is a no"),
    "earlier_duo": _("Nothing: they know each other already"),
    "mentee_locked_elsewhere": _("Drop the decision that keeps this mentee"),
    "mentor_locked_elsewhere": _("Drop the decision that keeps this mentor"),
    "no_mentors": _("Invite new mentors"),
    "no_mentor": _("Invite new mentors"),
}
"""What a coordinator could do about it."""


def limit(code: str) -> str:
    """The hard limit as a sentence; an unknown code as it is."""
    return _said(LIMITS, code)


def lift(code: str) -> str:
    """What would lift it; empty when we know of nothing."""
    return str(LIFTS.get(code, ""))


def _said(table: Mapping[str, Promise], code: str) -> str:
    return str(table.get(code, code))
