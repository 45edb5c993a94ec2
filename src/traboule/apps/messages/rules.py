"""Whether a message goes out, and when: one pure function. And how long a text message is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from traboule.apps.messages.enums import Why
from traboule.apps.people.enums import Channel

QUIET_FROM, QUIET_UNTIL = time(20), time(8)
SUNDAY = 6
SAME_WORDS_WITHIN = timedelta(hours=24)
# Channels that the worker serves by itself; the others become a step of the team.
BY_MACHINE = frozenset({Channel.EMAIL, Channel.SMS})

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€\f")


class Verdict(StrEnum):
    """What to do with a message now."""

    SEND = "send"
    MOVE = "move"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the decision looks at; ``at`` is when it would go out."""

    channel: Channel
    at: datetime
    timezone: str
    not_after: datetime | None = None
    has_address: bool = True
    is_archived: bool = False
    has_stopped: bool = False
    took_consent_back: bool = False
    is_duplicate: bool = False
    is_urgent: bool = False
    is_owed: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, why, and for MOVE until when it waits."""

    verdict: Verdict
    why: Why | None = None
    due_at: datetime | None = None


def decide(facts: Facts) -> Decision:
    """Return whether a message goes out, waits, or is withheld, with the reason that is written down."""
    why = _against(facts)
    if why is not None:
        return Decision(Verdict.WITHHOLD, why)
    if facts.channel == Channel.SMS and not facts.is_urgent:
        allowed = loud_again(facts.at, facts.timezone)
        if facts.not_after is not None and allowed >= facts.not_after:
            return Decision(Verdict.WITHHOLD, Why.STALE)
        if allowed > facts.at:
            return Decision(Verdict.MOVE, Why.QUIET_HOURS, allowed)
    return Decision(Verdict.SEND)


def _against(facts: Facts) -> Why | None:
    """The first reason that speaks against sending; the order is that of their weight."""
    asked_for = facts.is_urgent or facts.is_owed
    reasons = (
        (facts.not_after is not None and facts.at >= facts.not_after, Why.STALE),
        (facts.is_archived and not facts.is_owed, Why.ARCHIVED),
        (facts.took_consent_back and not asked_for, Why.CONSENT_WITHDRAWN),
        (facts.channel in BY_MACHINE and not facts.has_address, Why.NO_ADDRESS),
        (facts.has_stopped and not asked_for, Why.STOPPED),
        (facts.is_duplicate and not facts.is_urgent, Why.DUPLICATE),
    )
    return next((why for holds, why in reasons if holds), None)


def loud_again(at: datetime, timezone: str) -> datetime:
    """Return ``at``, or the next moment that is neither night (20:00 to 08:00) nor Sunday in ``timezone``."""
    zone = ZoneInfo(timezone)
    local = at.astimezone(zone)
    day = local.date()
    if local.weekday() != SUNDAY and QUIET_UNTIL <= local.time() < QUIET_FROM:
        return at
    if local.time() >= QUIET_FROM and local.weekday() != SUNDAY:
        day += timedelta(days=1)
    if day.weekday() == SUNDAY:
        day += timedelta(days=1)
    # Put together in the zone, not by adding hours: the night may have 23 hours or 25.
    return datetime.combine(day, QUIET_UNTIL, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Length:
    """How many text messages a text takes, and whether its letters are those of the short alphabet."""

    parts: int
    signs: int
    is_short_alphabet: bool


def length_of(text: str) -> Length:
    """Count the parts of an SMS: 160 signs alone or 153 chained (GSM 03.38), else 70 or 67 (UCS-2)."""
    if all(sign in _GSM or sign in _GSM_TWICE for sign in text):
        signs = len(text) + sum(sign in _GSM_TWICE for sign in text)
        alone, chained, is_short = 160, 153, True
    else:
        signs, alone, chained, is_short = len(text.encode("utf-16-be")) // 2, 70, 67, False
    parts = 1 if signs <= alone else -(-signs // chained)
    return Length(parts, signs, is_short)


# A thin space or a curved apostrophe alone makes a text message cost twice its signs.
_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "…": "..."}
)


def in_plain_signs(text: str) -> str:
    """Return a text message without the finer signs of print, which have a plain twin; letters stay."""
    return text.translate(_PLAIN)


def asks_how_long(until: date | None, asked_on: date | None, today: date) -> bool:
    """Say whether to ask "until when can you wait?": no answer yet, or soon over; at most every 3 weeks."""
    is_open = until is None or until <= today + timedelta(days=7)
    return is_open and (asked_on is None or asked_on <= today - timedelta(days=21))
