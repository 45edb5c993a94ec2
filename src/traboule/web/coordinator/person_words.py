"""What is known of a person, as labels and values in the order of a talk."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from traboule.apps.people.enums import Channel, Gender, Way
from traboule.web.coordinator import people_words as words
from traboule.web.coordinator.wording import clauses, language
from traboule.web.templatetags.traboule import commune, say_date, say_day_of_life, say_km


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; `is_ltr` for what is always read from left to right."""

    label: str
    value: str
    is_ltr: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """Groups of facts of one person."""

    contact: list[Fact]
    wishes: list[Fact]
    mentor: list[Fact]
    mentee: list[Fact]


def profile(page: Any) -> Profile:
    """Put what is known of a person into words. `page` is a `PersonPage`."""
    return Profile(
        contact=_contact(page.person),
        wishes=_wishes(page),
        mentor=_mentor(page.mentor) if page.mentor else [],
        mentee=_mentee(page.mentee) if page.mentee else [],
    )


def _contact(person: Any) -> list[Fact]:
    place = " ".join(part for part in (person.postcode, commune(person.commune_name)) if part)
    if person.place_estimated and place:
        place = gettext("%(place)s (position estimated)") % {"place": place}
    facts = [
        Fact(gettext("Phone"), person.phone, is_ltr=True),
        Fact(gettext("E-mail"), person.email, is_ltr=True),
        Fact(gettext("Write by"), str(Channel(person.channel).label)),
        Fact(gettext("In"), language(person.contact_language)),
        Fact(gettext("Lives in"), place),
        Fact(gettext("Birth date"), say_day_of_life(person.birth_date)),
    ]
    if person.needs_help_reading:
        facts.append(Fact(gettext("Reading"), gettext("needs help")))
    return facts


def _wishes(page: Any) -> list[Fact]:
    person = page.person
    way = [
        f"{Way(name).label} {value}/5"
        for name, value in zip(Way.values, person.way, strict=True)
        if value is not None
    ]
    facts = [
        Fact(gettext("Comes as far as"), say_km(person.max_km)),
        Fact(gettext("By video"), gettext("yes") if person.online else gettext("no")),
        Fact(gettext("Likes"), ", ".join(person.interests)),
        Fact(gettext("Dislikes"), ", ".join(person.dislikes)),
        Fact(gettext("Way of working"), ", ".join(way)),
    ]
    if person.gender_wish:
        facts.append(Fact(gettext("Wishes to meet"), str(Gender(person.gender_wish).label)))
    not_to_meet = [*(str(other) for other in page.avoids), *(f"“{words}”" for words in page.unnamed)]
    if not_to_meet:
        facts.append(Fact(gettext("Would rather not meet"), ", ".join(not_to_meet)))
    return facts


def _mentor(mentor: Any) -> list[Fact]:
    jobs = words.occupations(mentor.occupations)
    years = mentor.years_experience
    worked = (
        ngettext("%(years)s year", "%(years)s years", round(years)) % {"years": round(years)} if years else ""
    )
    until = [say_date(day) for day in (mentor.available_from, mentor.available_until) if day]
    return [
        Fact(gettext("Worked as"), clauses(jobs)),
        Fact(gettext("For"), worked),
        Fact(gettext("Places"), str(mentor.capacity)),
        Fact(gettext("Good at"), ", ".join(words.needs(mentor.strengths))),
        Fact(gettext("Helps with any plan"), gettext("yes") if mentor.generalist else gettext("no")),
        Fact(gettext("Trained"), say_date(mentor.trained_on)),
        Fact(gettext("Available"), " – ".join(until)),
        Fact(gettext("Can wait until"), say_date(mentor.can_wait_until) or gettext("no limit")),
    ]


def _mentee(mentee: Any) -> list[Fact]:
    jobs = words.occupations(mentee.occupations)
    return [
        Fact(gettext("Looks for"), clauses(jobs) or gettext("no plan yet")),
        Fact(gettext("Needs"), ", ".join(words.needs(mentee.needs))),
        Fact(gettext("Waits since"), say_date(mentee.waiting_since)),
        Fact(gettext("Can wait until"), say_date(mentee.can_wait_until) or gettext("no limit")),
    ]
