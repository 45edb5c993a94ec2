"""How alike two people are: is this one person, written down twice?

Points for and against come from the name, the birth date, the phone number and the e-mail address; each is a
named reason. Order of names, accents, hyphens, case and the usual spellings of one name (Mohammed, Muhamad;
Oleksandr, Aleksandr; Arabic, Cyrillic or Ethiopic script) do not count against. The points are our own, set
on the labelled pairs of the tests, which also print how often they are right. A human decides in every case.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from traboule.kernel._letters import IS_ABJAD, ROMAN, SPELLINGS, VOWELS

PHONE_DIGITS = 9
MOST_WORDS = 6
LIKELY, POSSIBLE = 75, 45
# A word of a name is the same above the first figure, and clearly another one below the second.
SAME_WORD, OTHER_WORD = 0.85, 0.75
SHORT = 3
# A list compares each person with several others: what is read from a name or a number is read once.
CACHED = 20_000


class Verdict(StrEnum):
    """What the points come to."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NO = "no"


class Reason(StrEnum):
    """What speaks for one person, or against."""

    NAME_SAME = "name_same"
    NAME_ORDER = "name_order"
    NAME_SPELLING = "name_spelling"
    NAME_LONGER = "name_longer"
    NAME_PARTLY = "name_partly"
    NAME_OTHER = "name_other"
    BIRTH_SAME = "birth_same"
    BIRTH_SWAPPED = "birth_swapped"
    BIRTH_PLACEHOLDER = "birth_placeholder"
    BIRTH_CLOSE = "birth_close"
    BIRTH_OTHER = "birth_other"
    PHONE_SAME = "phone_same"
    PHONE_OTHER = "phone_other"
    EMAIL_SAME = "email_same"
    EMAIL_OTHER = "email_other"


POINTS: dict[Reason, int] = {
    Reason.NAME_SAME: 50,
    Reason.NAME_ORDER: 50,
    Reason.NAME_SPELLING: 45,
    Reason.NAME_LONGER: 35,
    Reason.NAME_PARTLY: -10,
    Reason.NAME_OTHER: -40,
    Reason.BIRTH_SAME: 40,
    Reason.BIRTH_SWAPPED: 32,
    Reason.BIRTH_PLACEHOLDER: 8,
    Reason.BIRTH_CLOSE: 12,
    Reason.BIRTH_OTHER: -30,
    Reason.PHONE_SAME: 40,
    Reason.PHONE_OTHER: -3,
    Reason.EMAIL_SAME: 40,
    Reason.EMAIL_OTHER: -3,
}
# With one of these, people who share phone and address are more likely a family: never more than "possible".
DOUBTS = frozenset({Reason.NAME_PARTLY, Reason.NAME_OTHER, Reason.BIRTH_OTHER})


@dataclass(frozen=True, slots=True)
class Identity:
    """What is compared of a person; empty where it is not known."""

    first_name: str = ""
    last_name: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """What a person is looked up by: two people who share none of these are never compared."""

    name: str
    birth: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """The verdict, its points, and the reasons in the order name, birth date, phone, e-mail."""

    verdict: Verdict
    points: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: as written in plain Latin letters, with spellings made one, and its consonants."""

    plain: str
    loose: str
    bones: str
    is_abjad: bool


def likeness(one: Identity, other: Identity) -> Likeness:
    """Compare two people. Symmetric; says nothing for sure."""
    reasons = tuple(
        reason
        for reason in (
            _name_reason(one, other),
            _birth_reason(one.birth_date, other.birth_date),
            _same(phone_key(one.phone), phone_key(other.phone), Reason.PHONE_SAME, Reason.PHONE_OTHER),
            _same(email_key(one.email), email_key(other.email), Reason.EMAIL_SAME, Reason.EMAIL_OTHER),
        )
        if reason is not None
    )
    points = sum(POINTS[reason] for reason in reasons)
    verdict = Verdict.POSSIBLE if points >= POSSIBLE else Verdict.NO
    if points >= LIKELY and DOUBTS.isdisjoint(reasons):
        verdict = Verdict.LIKELY
    return Likeness(verdict, points, reasons)


def keys_of(person: Identity) -> Keys:
    """Return what to look a person up by; an empty key is looked up by nobody."""
    words = words_of(f"{person.first_name} {person.last_name}")
    return Keys(
        name=" ".join(sorted({word.bones for word in words}))[:120],
        birth=birth_key(person.birth_date),
        phone=phone_key(person.phone),
        email=email_key(person.email),
    )


@lru_cache(maxsize=CACHED)
def phone_key(phone: str) -> str:
    """Return the last nine digits of a phone number, whatever its country code; "" if too short."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in phone if sign.isdecimal())
    return digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else ""


@lru_cache(maxsize=CACHED)
def email_key(email: str) -> str:
    """Return an address without case and what follows a "+"; dots count, except at Gmail."""
    local, at, domain = email.strip().casefold().partition("@")
    if not at or not domain:
        return ""
    local = local.partition("+")[0]
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if local else ""


def birth_key(day: date | None) -> str:
    """Return year and the two other numbers in order of size, so that swapped day and month meet."""
    return f"{day.year}-{min(day.day, day.month):02}-{max(day.day, day.month):02}" if day else ""


@lru_cache(maxsize=CACHED)
def words_of(name: str) -> tuple[Word, ...]:
    """Return the words of a name, at most six."""
    found = [_word(part) for part in _parts(name)]
    return tuple(word for word in found if word.plain)[:MOST_WORDS]


def _parts(name: str) -> list[str]:
    # Accents go before the split: a combining sign is no letter, and must not cut a word in two.
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    kept = unicodedata.normalize("NFKC", bare).replace("'", "").replace("’", "").replace("ʼ", "")
    return "".join(sign if sign.isalpha() else " " for sign in kept).split()


def _word(part: str) -> Word:
    plain = "".join(ROMAN.get(sign, sign) for sign in part.casefold())
    loose = plain
    for pattern, said in SPELLINGS:
        loose = pattern.sub(said, loose)
    return Word(plain, loose, VOWELS.sub("", loose) or loose[:1], bool(IS_ABJAD.search(part)))


def _name_reason(one: Identity, other: Identity) -> Reason | None:
    names = [words_of(f"{who.first_name} {who.last_name}") for who in (one, other)]
    if not names[0] or not names[1]:
        return None
    mine, theirs = (tuple(word.plain for word in words) for words in names)
    if mine == theirs:
        return Reason.NAME_SAME
    if sorted(mine) == sorted(theirs):
        return Reason.NAME_ORDER
    if len(mine) != len(theirs) and _is_joined(one, other):
        return Reason.NAME_SPELLING
    return _by_words(*names)


def _by_words(mine: tuple[Word, ...], theirs: tuple[Word, ...]) -> Reason:
    scores = _matched(mine, theirs)
    short = min(len(mine), len(theirs))
    if scores[short - 1] >= SAME_WORD and short > 1:
        return Reason.NAME_SPELLING if len(mine) == len(theirs) else Reason.NAME_LONGER
    if short > 1 and scores[short - 1] >= OTHER_WORD and scores[0] >= SAME_WORD:
        return Reason.NAME_LONGER
    return Reason.NAME_PARTLY if scores[0] >= SAME_WORD else Reason.NAME_OTHER


def _matched(mine: tuple[Word, ...], theirs: tuple[Word, ...]) -> list[float]:
    """Pair the words, the most alike first, and return how alike each pair is, from best to worst."""
    ranked = sorted(
        (-alike(a, b), min(a.plain, b.plain), max(a.plain, b.plain), i, j)
        for i, a in enumerate(mine)
        for j, b in enumerate(theirs)
    )
    used_mine: set[int] = set()
    used_theirs: set[int] = set()
    scores = []
    for score, _low, _high, i, j in ranked:
        if i not in used_mine and j not in used_theirs:
            used_mine.add(i)
            used_theirs.add(j)
            scores.append(-score)
    return scores


def alike(one: Word, other: Word) -> float:
    """Return how alike two words of names are, from 0 to 1."""
    if one.plain == other.plain:
        return 1.0
    if one.is_abjad != other.is_abjad:  # short vowels are not written: the consonants say it
        if one.bones == other.bones:
            return 0.9 if len(one.bones) >= SHORT or one.loose == other.loose else SAME_WORD
        return _ratio(one.bones, other.bones) * 0.9
    if one.loose == other.loose:
        return 0.95
    ratio = _ratio(one.loose, other.loose)
    if one.bones == other.bones and len(one.bones) >= SHORT and ratio >= OTHER_WORD:
        return max(ratio, 0.9)
    return ratio


def _is_joined(one: Identity, other: Identity) -> bool:
    """Say whether the names differ only in where words are cut (Abdel Rahman, Abdelrahman)."""
    mine, theirs = _joined(one), _joined(other)
    return any(_ratio(a, b) >= SAME_WORD + 0.05 for a in mine for b in theirs)


def _joined(who: Identity) -> tuple[str, str]:
    first, last = ("".join(word.loose for word in words_of(name)) for name in (who.first_name, who.last_name))
    return first + last, last + first


def _birth_reason(one: date | None, other: date | None) -> Reason | None:
    if one is None or other is None:
        return None
    is_new_year = any((day.day, day.month) == (1, 1) for day in (one, other))
    if one == other:
        return Reason.BIRTH_PLACEHOLDER if is_new_year else Reason.BIRTH_SAME
    if is_new_year:  # "born about 1999" is written 1 January 1999
        return None if abs(one.year - other.year) <= 1 else Reason.BIRTH_OTHER
    if birth_key(one) == birth_key(other):
        return Reason.BIRTH_SWAPPED
    equal = (one.day == other.day) + (one.month == other.month) + (one.year == other.year)
    return Reason.BIRTH_CLOSE if equal == 2 else Reason.BIRTH_OTHER


def _same(one: str, other: str, yes: Reason, no: Reason) -> Reason | None:
    if not one or not other:
        return None
    return yes if one == other else no


def _ratio(one: str, other: str) -> float:
    """Return 1 less the share of letters to change (Levenshtein) of the longer word."""
    longest = max(len(one), len(other))
    if longest == 0:
        return 0.0
    before = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
        before = row
    return 1 - before[-1] / longest
