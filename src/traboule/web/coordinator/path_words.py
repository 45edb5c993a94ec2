"""The path of an application as a picture: what is done, what is next, and when it happened."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.people.enums import Side
from traboule.web.templatetags.traboule import say_date

S = ApplicationState
ORDER = (S.DRAFT, S.SENT, S.TALK_PLANNED, S.TALK_HELD, S.ACCEPTED)


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of the path."""

    text: str
    done: bool
    here: bool


def path_of(application: Any) -> list[PathStep]:
    """Return the path from the first word to the pool; an application that ended stops where it ended."""
    state = S(application.state)
    ended = {
        S.DEFERRED: gettext("Put off"),
        S.REFUSED: gettext("Refused"),
        S.WITHDRAWN: gettext("Withdrawn"),
    }
    if state in ended:
        texts = [_sent(application), f"{ended[state]} · {say_date(application.moved_at)}"]
        return [PathStep(texts[0], application.sent_at is not None, False), PathStep(texts[1], False, True)]
    place = ORDER.index(state)
    names = [
        gettext("Written"),
        _sent(application),
        gettext("Talk planned"),
        gettext("Talk held"),
        gettext("Accepted"),
    ]
    names.append(gettext("Training") if application.side == Side.MENTOR else gettext("Pool"))
    # The step that is open is the one after the state that was reached; a draft is still being written.
    reached = place if place else -1
    return [PathStep(text, at <= reached, at == reached + 1) for at, text in enumerate(names)]


def _sent(application: Any) -> str:
    if application.sent_at is None:
        return gettext("Sent")
    return gettext("Sent on %(day)s") % {"day": say_date(application.sent_at)}
