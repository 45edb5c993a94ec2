"""Check-ins, absences, calls and concern files, made by the real actions where there is one."""

from datetime import date, datetime, timedelta

from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.people.enums import Part, Role
from traboule.apps.people.models import Person
from traboule.apps.people.queries import actor_of
from traboule.apps.support.actions.absences import say_away
from traboule.apps.support.actions.advice import ask_advice
from traboule.apps.support.actions.concerns import tell_concern
from traboule.apps.support.actions.substitutions import arrange_substitute
from traboule.apps.support.enums import AdviceTopic
from traboule.apps.support.models import Absence, AdviceCall, CheckIn, Concern, Substitution
from traboule.core.actors import system
from traboule.kernel.calendar import last_day

LINK = system("link of a test")
THREE_WEEKS = timedelta(days=21)


def duo(at: Branch | None = None, *, started_on: date = TODAY, **names: str) -> Duo:
    """An active duo, without the way that led to it."""
    branch = at or make.branch()
    starter = make.login(Role.COORDINATOR, branch)
    mentor = make.mentor(branch, first_name=names.get("mentor", "Anne"), contact_language="en")
    mentee = make.mentee(branch, first_name=names.get("mentee", "Selam"), contact_language="en")
    place = MentorPlace.everywhere.create(mentor=mentor, number=1, taken_at=NOW, taken_by=starter)
    return Duo.everywhere.create(
        branch=branch,
        mentor=mentor,
        mentee=mentee,
        place=place,
        started_on=started_on,
        ends_on=last_day(started_on),
        started_by=starter,
        started_at=NOW,
    )


def check_in(duo: Duo, *, month: int = 1, due_on: date = TODAY) -> CheckIn:
    """A planned check-in of which nobody has spoken."""
    return CheckIn.everywhere.create(duo=duo, month=month, due_on=due_on)


def absence(person: Person, *, from_on: date = TODAY, until_on: date | None = None) -> Absence:
    """Somebody is away for three weeks, said by themselves."""
    return say_away(
        person=person, from_on=from_on, until_on=until_on or from_on + THREE_WEEKS, by=LINK, now=NOW
    )


def substitution(duo: Duo, *, away: Absence | None = None) -> Substitution:
    """Another mentor of the branch stands in during a long absence."""
    return arrange_substitute(
        duo=duo,
        substitute=make.mentor(duo.branch, first_name="Paul", contact_language="en"),
        absence=away or absence(duo.mentor),
        by=actor_of(duo.started_by),
        now=NOW,
    )


def advice(duo: Duo, *, now: datetime = NOW) -> AdviceCall:
    """The mentor asks to be called."""
    return ask_advice(
        duo=duo,
        person=duo.mentor,
        topic=AdviceTopic.HARD,
        question="How do I say it?",
        wanted_on=TODAY + timedelta(days=1),
        part=Part.AM,
        by=LINK,
        now=now,
    )


def concern(duo: Duo, *, text: str = "She is afraid at home.") -> Concern:
    """Somebody of the team is worried."""
    return tell_concern(branch=duo.branch, duo=duo, text=text, by=actor_of(duo.started_by), now=NOW)
