"""A proposal in words: whose turn it is, what happened when, what stood on the screen."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from traboule.apps.pairing.enums import Answer, ProposalState
from traboule.apps.pairing.queries.proposals import ProposalPage, ShownOption
from traboule.web.coordinator import cards
from traboule.web.templatetags.traboule import say_moment


@dataclass(frozen=True, slots=True)
class Ask:
    """The question that is due."""

    who: str
    title: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class PathStep:
    """One station on the way to a duo."""

    text: str
    done: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    text: str
    when: str
    open: bool = False


def pair(mentee: str, mentor: str) -> str:
    """Both names, the mentee first."""
    return f"{mentee} – {mentor}"


def ask(found: ProposalPage, href: str) -> Ask:
    """Ask for the answer that is due."""
    if found.asks == "mentor":
        name = {"name": found.mentor.short_name}
        title, text = (
            gettext("What does %(name)s say?"),
            gettext("The mentee said yes. If the mentor does too, the duo exists."),
        )
    else:
        name = {"name": found.mentee.short_name}
        title, text = (
            gettext("What does %(name)s say?"),
            gettext("The mentee is asked first. Then you ask the mentor."),
        )
    return Ask(found.asks, title % name, text, href)


def path(row: Any) -> list[PathStep]:
    """Proposed, told, the mentee's yes, the mentor's yes."""
    ended = row.state in (ProposalState.DECLINED, ProposalState.UNDONE)
    stations = [
        (gettext("Proposed"), True),
        (gettext("Told"), row.told_at is not None),
        (gettext("Yes of the mentee"), row.mentee_answer == Answer.YES),
        (gettext("Yes of the mentor"), row.mentor_answer == Answer.YES),
    ]
    due = next((place for place, (_text, done) in enumerate(stations) if not done), None)
    return [
        PathStep(text, done, here=place == due and not ended) for place, (text, done) in enumerate(stations)
    ]


def timeline(row: Any) -> list[Event]:
    """What happened, in the order in which it happened."""
    events = [(row.proposed_at, gettext("Proposed"), row.proposed_by)]
    if row.told_at:
        events.append((row.told_at, gettext("Somebody was told"), row.told_by))
    if row.mentee_answer_at:
        events.append((row.mentee_answer_at, _answer(row, "mentee"), row.mentee_answer_by))
    if row.mentor_answer_at:
        events.append((row.mentor_answer_at, _answer(row, "mentor"), row.mentor_answer_by))
    if row.undone_at:
        events.append((row.undone_at, gettext("Undone"), row.undone_by))
    noted, linked = gettext("%(when)s, noted by %(by)s"), gettext("%(when)s, by a link")
    return [
        Event(text, (noted if by else linked) % {"when": say_moment(at), "by": by}) for at, text, by in events
    ]


def _answer(row: Any, side: str) -> str:
    yes = getattr(row, f"{side}_answer") == Answer.YES
    if side == "mentee":
        said = gettext("The mentee said yes") if yes else gettext("The mentee said no")
    else:
        said = gettext("The mentor said yes") if yes else gettext("The mentor said no")
    if yes:
        return said
    return gettext("%(said)s: %(reason)s") % {"said": said, "reason": row.get_decline_reason_display()}


def reasons(found: ProposalPage) -> list[cards.Sign]:
    """For, against and unknown, as they stood on the screen."""
    return cards.signs(found.in_favour, found.against, found.unknown)


def shown(found: ProposalPage) -> list[str]:
    """The options that the coordinator had before her."""
    return [_option(option) for option in found.shown]


def _option(option: ShownOption) -> str:
    words = {"name": option.name}
    if option.was_proposed:
        return gettext("%(name)s, proposed") % words
    if option.is_chosen:
        return gettext("%(name)s, suggested first") % words
    return option.name


def answered(row: Any) -> str:
    """What to say after an answer was written down."""
    if row.state == ProposalState.ACCEPTED:
        return gettext("Two yeses: the duo exists.")
    if row.state == ProposalState.DECLINED:
        return gettext("Noted. The place is free again, and this pair will not be suggested again.")
    return gettext("Noted. Now ask the mentor.")
