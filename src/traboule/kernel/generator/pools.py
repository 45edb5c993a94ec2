"""People for two pools: `generate` draws mentors and mentees one by one, each from a chance of their own."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from traboule.kernel.generator import assumptions as a
from traboule.kernel.generator import words
from traboule.kernel.generator.draw import Draw
from traboule.kernel.generator.names import BY_LANGUAGE, FRENCH, Names
from traboule.kernel.generator.places import BRANCHES, BranchPlan, Homes, PlaceLike, branch_of, homes
from traboule.kernel.generator.records import MenteeRecord, MentorRecord
from traboule.kernel.matching.profiles import DAYS, LEVELS, PARTS, UNKNOWN_WAY, WAYS, WayOfWorking

MENTOR, MENTEE = 1, 2
LONGEST_WAIT = 75
B1, C1, C2 = 3, 5, 6


@dataclass(frozen=True, slots=True)
class People:
    """Two pools, in the order of their numbers."""

    mentors: tuple[MentorRecord, ...]
    mentees: tuple[MenteeRecord, ...]


def generate(
    *,
    mentors: int,
    mentees: int,
    seed: int,
    as_of: date,
    places: Sequence[PlaceLike],
    occupations: Sequence[str],
    branches: Sequence[BranchPlan] = BRANCHES,
) -> People:
    """`mentors` and `mentees` people around `branches`, the same for the same seed, bit for bit.

    `places`: communes to live in (only those near a branch are used); `occupations`: all ROME codes. Person
    number n does not depend on how many are asked for. ValueError for a negative number or seed, or a branch
    without places.
    """
    if min(mentors, mentees, seed) < 0:
        raise ValueError("numbers of people and the seed are not negative")
    if not mentors + mentees:
        return People((), ())
    known = frozenset(occupations)
    world = _World(
        as_of=as_of,
        branches=tuple((plan, homes(plan, places)) for plan in branches),
        codes=sorted(known),
        wanted=[code for code in words.WANTED if code in known],
        practised=[code for code in words.PRACTISED if code in known],
    )
    giving = branch_of(mentors, [plan.mentors for plan in branches])
    asking = branch_of(mentees, [plan.mentees for plan in branches])
    return People(
        mentors=tuple(_mentor(n, Draw(seed, MENTOR, n), at, world) for n, at in enumerate(giving)),
        mentees=tuple(_mentee(n, Draw(seed, MENTEE, n), at, world) for n, at in enumerate(asking)),
    )


@dataclass(frozen=True, slots=True)
class _World:
    as_of: date
    branches: tuple[tuple[BranchPlan, Homes], ...]
    codes: Sequence[str]
    wanted: Sequence[str]
    practised: Sequence[str]


def _mentor(number: int, draw: Draw, at: int, world: _World) -> MentorRecord:
    plan, where = world.branches[at]
    age = draw.triangle(*a.row("mentor_age"))
    gender = draw.named(a.shares("mentor_gender"))
    generalist = draw.chance(a.number("generalist"))
    silent = generalist and draw.chance(a.number("no_trade"))
    retired = draw.chance(a.number("mentor_retired"))
    started = draw.between(*map(int, a.row("career_start")))
    years = max(0.0, min(age, 64.0 if retired else age) - started)
    later = draw.chance(a.number("available_later"))
    until = draw.chance(a.number("available_until"))
    return MentorRecord(
        **_person(f"mentor-{number + 1:05d}", number, draw, gender, FRENCH),
        **_home(draw, plan, where, where.mentors),
        birth_date=_born(draw, age, world.as_of),
        contact_language="fr",
        channel=draw.named(a.shares("mentor_channel")),
        languages=_mentor_languages(draw),
        slots=_slots(draw, a.row("slots_retired" if retired else "slots_working")),
        occupations=() if silent else _occupations(draw, world.practised, world.codes),
        online=draw.chance(a.number("mentor_online")),
        **_character(draw),
        gender=gender,
        gender_wish=gender if draw.chance(a.number("mentor_wish")) else None,
        capacity=int(draw.named(a.shares("capacity"))),
        years_experience=round(years * 2) / 2 if draw.chance(a.number("years_stated")) else None,
        generalist=generalist,
        strengths=_topics(draw, "strengths"),
        available_from=world.as_of + timedelta(days=draw.between(3, 56)) if later else None,
        available_until=world.as_of + timedelta(days=draw.between(60, 480)) if until else None,
        trained=draw.chance(a.number("trained")),
    )


def _mentee(number: int, draw: Draw, at: int, world: _World) -> MenteeRecord:
    plan, where = world.branches[at]
    youngest, oldest = a.row("mentee_age")
    age = youngest + draw.share() * (oldest + 1 - youngest)
    gender = draw.named(a.shares("mentee_gender"))
    languages = _mentee_languages(draw)
    first, french = languages[0][0], dict(languages).get("fr", 0)
    own_words = french < B1 or draw.chance(a.number("contact_own_language"))
    waiting = min(LONGEST_WAIT, int(draw.exponential(a.number("waiting_mean_days"))))
    no_plan = draw.chance(a.number("no_plan"))
    return MenteeRecord(
        **_person(f"mentee-{number + 1:05d}", number, draw, gender, BY_LANGUAGE.get(first, FRENCH)),
        **_home(draw, plan, where, where.mentees),
        birth_date=_born(draw, age, world.as_of),
        contact_language=first if own_words else "fr",
        channel=draw.named(a.shares("mentee_channel")),
        languages=languages,
        slots=_slots(draw, a.row("slots_mentee")),
        occupations=() if no_plan else _occupations(draw, world.wanted, world.codes),
        online=draw.chance(a.number("mentee_online")),
        **_character(draw),
        gender=gender,
        gender_wish=gender if draw.chance(a.shares("mentee_wish")[gender]) else None,
        needs=_topics(draw, "needs"),
        waiting_since=world.as_of - timedelta(days=waiting),
        can_wait_until=world.as_of + timedelta(days=draw.between(7, 90))
        if draw.chance(a.number("can_wait"))
        else None,
        groups=(("schooling", _schooling(draw)),),
    )


def _person(name: str, number: int, draw: Draw, gender: str, names: Names) -> dict[str, Any]:
    """Name, invented e-mail address (RFC 2606 domain) and telephone (range that ARCEP keeps for fiction)."""
    first = draw.one(
        names.women if gender == "f" else names.men if gender == "m" else names.women + names.men
    )
    last = draw.one(names.families)
    mailbox = f"{_plain(first)}.{_plain(last)}.{name.split('-')[0][-1]}{number + 1}"
    digits = f"{(2 * number + (name[:6] == 'mentee')) % 10_000:04d}"
    return {
        "id": name,
        "first_name": first,
        "last_name": last,
        "email": f"{mailbox}@example.org",
        "phone": f"+33 6 39 98 {digits[:2]} {digits[2:]}",
    }


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.replace("ı", "i"))
    return "".join(sign for sign in folded.lower() if sign.isascii() and sign.isalpha())


def _home(draw: Draw, plan: BranchPlan, where: Homes, running: NDArray[np.float64]) -> dict[str, Any]:
    place = where.places[
        min(int(np.searchsorted(running, draw.share(), side="right")), len(where.places) - 1)
    ]
    return {
        "branch": plan.slug,
        "country": place.country,
        "postcode": draw.one(place.postcodes),
        "commune": place.code,
        "commune_name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "estimated": place.estimated,
        "max_km": float(draw.named(a.shares("max_km"))),
    }


def _born(draw: Draw, age: float, as_of: date) -> date:
    """A birth date that makes somebody `age` years (rounded down) old on `as_of`."""
    years = int(age)
    year = as_of.year - years
    last = date(year, as_of.month, min(as_of.day, 28))  # the 29th of February is nobody's birthday here
    return last - timedelta(days=draw.between(0, 360))


def _levels(draw: Draw, key: str) -> int:
    """A level from 1 to 6, or 0 when the shares leave something over."""
    weights = [a.shares(key)[level] for level in LEVELS]
    position = draw.placed([*weights, max(0.0, 1 - sum(weights))])
    return 0 if position == len(LEVELS) else position + 1


def _mentor_languages(draw: Draw) -> tuple[tuple[str, int], ...]:
    spoken = {"fr": _levels(draw, "mentor_french"), "en": _levels(draw, "mentor_english")}
    for code in a.shares("mentor_other"):
        if draw.chance(a.shares("mentor_other")[code]):
            spoken[code] = draw.between(B1, C2)
    return tuple((code, level) for code, level in spoken.items() if level)


def _mentee_languages(draw: Draw) -> tuple[tuple[str, int], ...]:
    """First language, French, and English:

    one of the two latter at B1 or more (OECD: working language or English).
    """
    french = _levels(draw, "mentee_french")
    chance = "mentee_english" if french < B1 else "mentee_english_other"
    spoken = {draw.named(a.shares("first_language")): C2, "fr": french}
    if draw.chance(a.number(chance)):
        spoken["en"] = draw.between(B1, C1)
    return tuple(spoken.items())


def _slots(draw: Draw, chances: tuple[float, ...]) -> int:
    """At least one slot; the last chance is that of each part of the weekend."""
    mask = 0
    for bit in range(len(DAYS) * len(PARTS)):
        weekend = bit >= 5 * len(PARTS)
        mask |= draw.chance(chances[3] if weekend else chances[bit % 3]) << bit
    return mask or 1 << draw.between(0, 5 * len(PARTS) - 1)


def _occupations(draw: Draw, frequent: Sequence[str], codes: Sequence[str]) -> tuple[str, ...]:
    count = 2 if draw.chance(a.number("second_occupation")) else 1
    found = []
    for _ in range(count):
        found.append(draw.one(frequent if frequent and draw.chance(a.number("well_known")) else codes))
    return tuple(dict.fromkeys(found))


def _character(draw: Draw) -> dict[str, Any]:
    interests = frozenset(draw.several(words.INTERESTS, draw.placed(a.row("interests_count"))))
    open_words = [word for word in words.DISLIKES if word not in interests]
    dislikes = frozenset(draw.several(open_words, draw.placed(a.row("dislikes_count"))))
    return {"interests": interests, "dislikes": dislikes, "way": _way(draw)}


def _way(draw: Draw) -> WayOfWorking:
    answers: list[int | None] = []
    for _ in WAYS:
        answer = round(max(1.0, min(5.0, draw.normal(3, a.number("way_spread")))))
        answers.append(answer if draw.chance(a.number("way_answered")) else None)
    one, two, three, four, five = answers or UNKNOWN_WAY
    return one, two, three, four, five


def _topics(draw: Draw, key: str) -> frozenset[str]:
    found = draw.each(a.shares(key))
    return frozenset() if draw.chance(a.number("silent")) else found


def _schooling(draw: Draw) -> str:
    none, master = a.number("schooling_none"), a.number("schooling_master")
    rest = 1 - none - master
    middle = a.number("schooling_rest")
    return draw.named(
        {"none": none, "secondary": rest * middle, "bachelor": rest * (1 - middle), "master": master}
    )
