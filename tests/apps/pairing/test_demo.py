"""The demo shows duos and proposals at every stage, made so that every rule of the house holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Count, F

from traboule.apps.branches.actions import AlreadyFounded
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.pairing.actions.demo import load_demo
from traboule.apps.pairing.models import MatchRun, PairRule, Proposal
from traboule.apps.people.models import Person
from traboule.core import audit
from traboule.core.actors import system
from traboule.kernel.generator import Programme, programme
from traboule.reference import occupations, places

AS_OF = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def invented() -> Programme:
    return programme(
        mentors=160,
        mentees=160,
        seed=7,
        as_of=AS_OF,
        places=places.communes("FR"),
        occupations=occupations.codes(),
        sectors=occupations.sectors(),
    )


@pytest.mark.django_db
def test_the_demo_holds_every_stage_and_every_promise(invented: Programme) -> None:
    loaded = load_demo(programme=invented, by=system("demo"), now=NOW)
    assert set(Duo.everywhere.values_list("state", flat=True)) == {"active", "paused", "closed"}
    states = set(Proposal.everywhere.values_list("state", flat=True))
    assert states == {"proposed", "mentee_said_yes", "declined", "undone"}
    assert set(PairRule.everywhere.values_list("kind", flat=True)) == {"lock", "forbid"}
    for branch in loaded.branches.values():
        run = MatchRun.everywhere.filter(branch=branch).latest("created_at")
        assert (run.as_of, run.report["certificate_holds"], run.report["gap"]) == (AS_OF, True, 0)
        assert audit.check_chain(branch.pk) is None
    open_still = ("active", "paused")  # those that ended are history: only their meetings came along
    grown = Duo.everywhere.filter(started_on__lt=AS_OF - timedelta(days=60), state__in=open_still)
    assert grown.count() > 20
    assert not grown.exclude(first_meetings__state="held").exists()
    assert not grown.exclude(agreements__state__in=("signed", "replaced")).exists()
    assert not MentorPlace.everywhere.filter(duo=None, proposal=None).exists()
    for held in (Duo.everywhere, Proposal.everywhere):
        assert not held.filter(place__isnull=False).exclude(place__mentor=F("mentor")).exists()
    mentors = Person.everywhere.filter(mentor__isnull=False).annotate(taken=Count("places_taken"))
    assert not mentors.filter(taken__gt=F("mentor__capacity")).exists()
    with pytest.raises(AlreadyFounded):
        load_demo(programme=invented, by=system("demo"), now=NOW)
