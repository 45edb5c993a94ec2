"""What is written about a person, as they read it: the fields, in the order of a talk."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traboule.apps.people.enums import Channel, Day, Gender, Level, Need, Part, Way
from traboule.apps.people.queries.own import OwnPage
from traboule.core.languages import HOUSE, cldr, interface
from traboule.reference import languages
from traboule.web.coordinator import people_words
from traboule.web.mentee.group_words import say_groups
from traboule.web.templatetags.traboule import commune, say_date, say_day_of_life, say_km

PARTS_A_DAY = len(Part)


@dataclass(frozen=True, slots=True)
class Written:
    """A label and its value; ``is_ltr`` for what is always read from left to right."""

    label: str
    value: str
    is_ltr: bool = False


def written(page: OwnPage) -> list[Written]:
    """Return what is written; what nobody asked yet is left out."""
    facts = [*_person(page.person), *_wishes(page.person)]
    if page.mentee is not None:
        facts += _mentee(page.mentee)
    if page.mentor is not None:
        facts += _mentor(page.mentor)
    return [fact for fact in facts if fact.value]


def _person(person: Any) -> list[Written]:
    place = " ".join(part for part in (person.postcode, commune(person.commune_name)) if part)
    spoken = [f"{_named(row.code)} {Level(row.level).label}" for row in person.languages.all()]
    return [
        Written(_("First name"), person.first_name),
        Written(_("Last name"), person.last_name),
        Written(_("Birth date"), say_day_of_life(person.birth_date)),
        Written(_("Phone"), person.phone, is_ltr=True),
        Written(_("E-mail"), person.email, is_ltr=True),
        Written(_("We reach you by"), str(Channel(person.channel).label)),
        Written(_("We write in"), _named(person.contact_language)),
        Written(_("Help with reading"), _("yes") if person.needs_help_reading else ""),
        Written(_("You live in"), place, is_ltr=True),
        Written(_("Spoken languages"), ", ".join(spoken)),
        Written(_("Number in our files"), person.external_id, is_ltr=True),
    ]


def _wishes(person: Any) -> list[Written]:
    way = [
        f"{Way(name).label} {value}/5"
        for name, value in zip(Way.values, person.way, strict=True)
        if value is not None
    ]
    free = [
        f"{Day(at // PARTS_A_DAY).label} {Part(at % PARTS_A_DAY).label}"
        for at in range(len(Day) * PARTS_A_DAY)
        if person.slots >> at & 1
    ]
    return [
        Written(_("Gender"), str(Gender(person.gender).label) if person.gender else ""),
        Written(_("Wishes to meet"), str(Gender(person.gender_wish).label) if person.gender_wish else ""),
        Written(_("You come as far as"), say_km(person.max_km)),
        Written(_("By video"), _("yes") if person.online else _("no")),
        Written(_("You are free"), ", ".join(free)),
        Written(_("You like"), ", ".join(person.interests)),
        Written(_("You do not like"), ", ".join(person.dislikes)),
        Written(_("Way of working"), ", ".join(way)),
    ]


def _mentee(mentee: Any) -> list[Written]:
    return [
        Written(_("You look for"), " · ".join(people_words.occupations(mentee.occupations))),
        Written(_("You need help with"), _needs(mentee.needs)),
        Written(_("You wait since"), say_date(mentee.waiting_since)),
        Written(_("You can wait until"), say_date(mentee.can_wait_until)),
        Written(_("Counted as"), say_groups(mentee.groups)),
    ]


def _mentor(mentor: Any) -> list[Written]:
    years = mentor.years_experience
    return [
        Written(_("You worked as"), " · ".join(people_words.occupations(mentor.occupations))),
        Written(_("Years of work"), str(round(years)) if years else ""),
        Written(_("You are good at"), _needs(mentor.strengths)),
        Written(_("You can help with any plan"), _("yes") if mentor.generalist else ""),
        Written(_("How many duos at once"), str(mentor.capacity)),
        Written(_("Trained"), say_date(mentor.trained_on)),
        Written(_("Available from"), say_date(mentor.available_from)),
        Written(_("Available until"), say_date(mentor.available_until)),
        Written(_("You can wait until"), say_date(mentor.can_wait_until)),
    ]


def _needs(codes: Iterable[str]) -> str:
    return ", ".join(str(Need(code).label) if code in Need.values else code for code in codes)


def _named(code: str) -> str:
    return languages.name(code, cldr(interface(get_language() or HOUSE)))
