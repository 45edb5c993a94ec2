"""The guide of a talk that Traboule ships: questions for each side, and what the five scales look like.

A version of the programme may bring its own questions (``TalkGuide``); the scales are those of the matching.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.guide_words import HEARD as _HEARD
from traboule.apps.applications.guide_words import SECTIONS
from traboule.apps.applications.guide_words import SEEN as _SEEN
from traboule.apps.people.enums import Side, Way

# said to: everybody (shared notes are read with their questions)
__all__ = ["ANSWER_LENGTH", "MENTEE", "MENTOR", "SCALES", "SECTIONS", "SHIPPED", "Question", "Scale"]

Words = Any  # a sentence, or one that is translated when it is read


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``section`` groups questions, ``hint`` helps to write down what was said."""

    code: str
    section: str
    text: Words
    hint: Words = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale of the way of working: what 1, 3 and 5 look like in a talk."""

    field: str
    name: Words
    low: Words
    middle: Words
    high: Words


MENTEE: tuple[Question, ...] = (
    Question("path", "background", _("What have you done so far: school, work, other things?"), _HEARD),
    Question("now", "background", _("What does a normal week look like for you?"), _HEARD),
    Question(
        "plan", "expectations", _("Which work would you like to do? “I do not know yet” is fine."), _HEARD
    ),
    Question(
        "six_months", "expectations", _("In six months, how would you know that it was worth it?"), _HEARD
    ),
    Question("worry", "expectations", _("Is there something that worries you about it?"), _HEARD),
    Question("meeting", "personality", _("Tell me about a person you learned a lot from."), _SEEN),
    Question("hard", "personality", _("What do you do when something goes wrong?"), _SEEN),
    Question("needs", "needs", _("What would help you most: CV, interviews, contacts, French?"), _HEARD),
    Question("strengths", "needs", _("What are you good at? What do others ask you for?"), _HEARD),
)
MENTOR: tuple[Question, ...] = (
    Question("path", "background", _("Tell me about your working life, in a few steps."), _HEARD),
    Question("now", "background", _("What fills your weeks now?"), _HEARD),
    Question("why", "expectations", _("Why now, and why this?"), _HEARD),
    Question(
        "six_months", "expectations", _("In six months, how would you know that it was worth it?"), _HEARD
    ),
    Question("worry", "expectations", _("What would be hard for you?"), _HEARD),
    Question(
        "other_view", "personality", _("Tell me about working with somebody very different from you."), _SEEN
    ),
    Question("late", "personality", _("Your mentee comes late twice. What do you do?"), _SEEN),
    Question("strengths", "needs", _("What can you pass on: CV, interviews, contacts, a trade?"), _HEARD),
    Question("limits", "needs", _("What would you rather not do?"), _HEARD),
)
SHIPPED: dict[str, tuple[Question, ...]] = {Side.MENTEE: MENTEE, Side.MENTOR: MENTOR}

SCALES: tuple[Scale, ...] = (
    Scale(
        "way_pace",
        Way.PACE.label,
        _("Takes time: long pauses, wants to think it over."),
        _("Sometimes quick, sometimes slow, as the matter asks."),
        _("Quick: answers at once, wants to begin today."),
    ),
    Scale(
        "way_directness",
        Way.DIRECTNESS.label,
        _("Says things with care, in hints; rarely says no."),
        _("Says what matters, with some wrapping."),
        _("Says it straight, also when it is unpleasant."),
    ),
    Scale(
        "way_listening",
        Way.LISTENING.label,
        _("Talks most of the time; few questions."),
        _("Talks and listens about as much."),
        _("Listens most of the time; asks, repeats, waits."),
    ),
    Scale(
        "way_structure",
        Way.STRUCTURE.label,
        _("Lets things come; plans little, jumps between topics."),
        _("Has a rough plan and leaves it easily."),
        _("Likes a plan: notes, lists, one point after another."),
    ),
    Scale(
        "way_humour",
        Way.HUMOUR.label,
        _("Serious; jokes feel out of place."),
        _("Smiles and jokes now and then."),
        _("Laughs a lot, also about mishaps."),
    ),
)
ANSWER_LENGTH = 4_000
