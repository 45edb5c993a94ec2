"""A person of the matching table in words: the lines of a card and the rows of two profiles side by side."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from traboule.apps.pairing.queries.views import PersonLine
from traboule.apps.people.rules import LONG_WAIT_DAYS
from traboule.kernel.matching.profiles import LEVELS
from traboule.web.coordinator import wording as w
from traboule.web.templatetags.traboule import commune, say_date


def age(person: PersonLine) -> str:
    """ "61 years old"; nothing when the birth date is not known."""
    if person.age is None:
        return ""
    return ngettext("%(years)s year old", "%(years)s years old", person.age) % {"years": person.age}


def place(person: PersonLine) -> str:
    """The commune, and that it is a guess when it is one."""
    name = commune(person.commune) or person.postcode
    return gettext("around %(place)s") % {"place": name} if name and person.place_estimated else name


def line(person: PersonLine) -> str:
    """ "22 years old · Lyon 9e"."""
    return " · ".join(part for part in (age(person), place(person)) if part)


def waits(person: PersonLine) -> str:
    """ "has waited for 23 days"; after a change of mentor that she comes first."""
    if person.comes_first:
        return gettext("comes first: change of mentor")
    days = person.days_waiting
    if days is None:
        return gettext("waiting")
    if days == 0:
        return gettext("waiting since today")
    return ngettext("has waited for %(days)s day", "has waited for %(days)s days", days) % {"days": days}


def wait_kind(person: PersonLine, *, urgent: bool) -> str:
    """Colour of the badge: red past the ceiling, amber past two weeks; the words say it too."""
    if urgent:
        return "urgent"
    return "waiting" if (person.days_waiting or 0) >= LONG_WAIT_DAYS else "calm"


def occupations(person: PersonLine) -> str:
    """What somebody wants to do or has done, at most two."""
    return w.clauses(w.occupation(code) for code in person.occupations[:2])


def languages(person: PersonLine) -> str:
    """ "Tigrinya C2, French B1", the best first."""
    ranked = sorted(person.languages, key=lambda spoken: -spoken[1])
    return w.sentence(", ".join(f"{w.language(code)} {LEVELS[level - 1]}" for code, level in ranked[:4]))


def mentor_line(person: PersonLine, occupation: str = "") -> str:
    """What a mentor did, and for how long; `occupation` (a ROME code) stands for all of them on a card."""
    done = w.occupation(occupation) or w.occupation(next(iter(person.occupations), ""))
    done = done or (gettext("Generalist") if person.generalist else "")
    if not person.years_experience:
        return done
    years = round(person.years_experience)
    worked = ngettext("%(years)s year of work", "%(years)s years of work", years) % {"years": years}
    return ", ".join(part for part in (done, worked) if part)


def mentee_lines(person: PersonLine) -> list[str]:
    """What a mentee looks for, speaks, needs, and how long she can wait."""
    wanted = occupations(person)
    found = [gettext("Looks for: %(job)s") % {"job": wanted} if wanted else gettext("No job plan yet")]
    if person.languages:
        found.append(languages(person))
    if person.needs:
        found.append(gettext("Needs: %(needs)s") % {"needs": w.few([w.need(code) for code in person.needs])})
    if person.can_wait_until:
        found.append(gettext("Can wait until %(day)s") % {"day": say_date(person.can_wait_until)})
    return found


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One line of two profiles side by side."""

    label: str
    mentee: str
    mentor: str


def side_by_side(mentee: PersonLine, mentor: PersonLine) -> list[ProfileRow]:
    """What matching knows of both, one above the other on a phone."""
    needs = [w.need(code) for code in mentee.needs]
    rows = [
        ProfileRow(gettext("Age"), age(mentee), age(mentor)),
        ProfileRow(gettext("Lives in"), place(mentee), place(mentor)),
        ProfileRow(gettext("Work"), occupations(mentee) or gettext("No job plan yet"), _work(mentor)),
        ProfileRow(gettext("Languages"), languages(mentee), languages(mentor)),
        ProfileRow(gettext("Needs"), w.sentence(w.joined(needs)), ""),
        ProfileRow(gettext("Place free"), "", _places(mentor)),
    ]
    return [row for row in rows if row.mentee or row.mentor]


def _work(mentor: PersonLine) -> str:
    """Every occupation of a mentor, at most two, and the years."""
    first, *others = mentor.occupations or ("",)
    more = [w.occupation(code) for code in others[:1]]
    return w.clauses(part for part in (mentor_line(mentor, first), *more) if part)


def _places(mentor: PersonLine) -> str:
    words = {"left": mentor.places_left, "count": mentor.capacity}
    return ngettext("%(left)s of %(count)s place", "%(left)s of %(count)s places", mentor.capacity) % words
