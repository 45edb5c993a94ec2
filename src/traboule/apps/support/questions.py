"""The three questions of each check-in that Traboule ships; a branch may word its own (``QuestionSet``)."""

# said to: everybody

from typing import Any

from django.utils.translation import gettext_lazy as _

QUESTIONS_A_TALK = 3
QUESTION_LENGTH, ANSWER_LENGTH = 200, 4_000

SHIPPED: dict[int, tuple[Any, ...]] = {
    1: (
        _("How did it begin between the two of you?"),
        _("Do you meet every week? What gets in the way?"),
        _("What would make it easier for you?"),
    ),
    3: (
        _("What has moved since the beginning?"),
        _("What is hard at the moment?"),
        _("What do you want to reach in the next three months?"),
    ),
    6: (
        _("What did these months bring you?"),
        _("What would you have liked to be different?"),
        _("What do you need now, and from whom?"),
    ),
}


def shipped(month: int) -> list[str]:
    """Return the questions of the last shipped month that is not later, in the language in force."""
    known = max((number for number in SHIPPED if number <= month), default=min(SHIPPED))
    return [str(text) for text in SHIPPED[known]]
