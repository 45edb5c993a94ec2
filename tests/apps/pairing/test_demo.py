"""The whole demo, loaded once: every stage of people and duos, made so that every rule of the house holds.

Loading it takes most of a minute, so its tests stand together; those of one part alone are with that app.
"""

from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import pytest
from django.db.models import Count, F
from django.test import TestCase

from traboule.apps.applications.models import Application, BranchClosing, ClosingPerson, SensitiveFact
from traboule.apps.branches.actions import AlreadyFounded
from traboule.apps.duos.models import Duo, MentorPlace, PlanTemplate
from traboule.apps.endings.enums import EndingStep
from traboule.apps.endings.models import Certificate, ClosingTalk, EndWord, Extension, MentorChoice, WellBeing
from traboule.apps.followups.models import FollowUp
from traboule.apps.indicators.queries.facts import branches_facts
from traboule.apps.messages.enums import Why
from traboule.apps.messages.models import Message
from traboule.apps.messages.queries import stopped_channels
from traboule.apps.pairing.actions.demo import load_demo
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES
from traboule.apps.pairing.models import MatchRun, PairRule, Proposal
from traboule.apps.people.actions import unmerge
from traboule.apps.people.actions.demo import DemoPeople
from traboule.apps.people.enums import Channel, MenteeState, MentorState, Role
from traboule.apps.people.models import (
    Consent,
    Login,
    MenteeProfile,
    MentorProfile,
    Note,
    Person,
    PersonMerge,
)
from traboule.apps.people.queries import actor_of, demo_logins, today
from traboule.apps.steps.models import OpenStep
from traboule.apps.support.actions.demo_ended import COUNT as ENDED
from traboule.apps.support.actions.demo_ended import EARLIER
from traboule.apps.training.models import ModuleMaterial
from traboule.core import audit
from traboule.core.actors import system
from traboule.kernel.generator import Programme, programme
from traboule.kernel.indicators import SHIPPED, figure
from traboule.reference import occupations, places

AS_OF = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SIDE = 240  # mentors, and as many mentees


class WholeDemo(TestCase):
    invented: ClassVar[Programme]
    loaded: ClassVar[DemoPeople]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.invented = programme(
            mentors=SIDE,
            mentees=SIDE,
            seed=7,
            as_of=AS_OF,
            places=places.communes("FR"),
            occupations=occupations.codes(),
            sectors=occupations.sectors(),
        )
        cls.loaded = load_demo(programme=cls.invented, by=system("demo"), now=NOW)

    def test_the_demo_holds_every_stage_and_every_promise(self) -> None:
        assert set(Duo.everywhere.values_list("state", flat=True)) == {"active", "paused", "closed"}
        states = set(Proposal.everywhere.values_list("state", flat=True))
        assert states == {"proposed", "mentee_said_yes", "declined", "undone"}
        assert set(PairRule.everywhere.values_list("kind", flat=True)) == {"lock", "forbid"}
        for branch in self.loaded.branches.values():
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
            load_demo(programme=self.invented, by=system("demo"), now=NOW)

    def test_the_demo_holds_every_turn_of_a_duo(self) -> None:
        assert {"agreed", "asked"} <= set(Extension.everywhere.values_list("state", flat=True))
        reasons = set(Duo.everywhere.values_list("close_reason", flat=True))
        assert {"completed", "change_of_mentor", "no_time"} <= reasons
        assert EndWord.everywhere.exclude(said_at=None).values("side").distinct().count() == 2
        assert {"held", "planned", "dropped"} == set(ClosingTalk.everywhere.values_list("state", flat=True))
        assert {"again", "other_role", "stop"} <= set(
            MentorChoice.everywhere.values_list("onward", flat=True)
        )
        assert Certificate.everywhere.filter(minutes__gt=600).exists()
        assert WellBeing.everywhere.filter(wants_talk=True).exists()
        assert Consent.everywhere.filter(purpose="alumni").exists()
        assert MenteeProfile.everywhere.exclude(comes_first_since=None).filter(state="pool").exists()
        assert OpenStep.everywhere.filter(kind=EndingStep.CLOSING_TALK).exists()
        for branch in self.loaded.branches.values():
            assert audit.check_chain(branch.pk) is None

    def test_the_demo_brings_people_duos_proposals_and_a_run_for_every_branch(self) -> None:
        # Those who have just arrived bear no number of the generator.
        assert Person.everywhere.exclude(external_id="").count() == 2 * SIDE
        assert set(self.loaded.branches) == {"lyon", "ile-de-france", "lille", "marseille"}
        assert Duo.everywhere.exclude(mentee__external_id="").count() == len(self.invented.duos)
        # Beside them ended ones, so that what the early warning was worth can be shown with its n.
        assert Duo.everywhere.filter(mentee__external_id="", state="closed").count() == ENDED
        still_open = Proposal.everywhere.filter(state__in=OPEN_PROPOSAL_STATES)
        assert still_open.count() == len(self.invented.proposals) > 0
        assert MentorPlace.everywhere.count() == Duo.everywhere.exclude(state="closed").count() + len(
            self.invented.proposals
        )
        assert set(MatchRun.everywhere.values_list("branch__slug", flat=True)) == set(self.loaded.branches)
        assert audit.check_chain(None) is None
        assert "demo.loaded" in audit.entries(None).values_list("verb", flat=True)

    def test_every_role_of_the_demo_has_somebody_to_sign_in_as(self) -> None:
        roles = {grant.role for login in demo_logins() for grant in login.grants.all()}
        assert roles == set(Role.values)
        assert Login.objects.exclude(person=None).count() == 2

    def test_the_demo_has_life_in_it(self) -> None:
        claire = self.loaded.logins["claire"]
        steps = today(actor=actor_of(claire), branch=self.loaded.branches["lyon"], today=AS_OF)
        assert len({step.reason for step in steps}) >= 3
        assert Note.everywhere.exists()
        assert set(MenteeProfile.everywhere.values_list("state", flat=True)) >= {
            MenteeState.POOL,
            MenteeState.MATCHED,
            MenteeState.LEFT,
        }
        assert MentorProfile.everywhere.filter(state=MentorState.PAUSED).exists()

    def test_the_demo_holds_what_happens_seldom(self) -> None:
        lyon = self.loaded.branches["lyon"]
        assert ModuleMaterial.everywhere.filter(module__branch=lyon).count() == 3
        stopped = Message.everywhere.filter(branch=lyon, reason=Why.STOPPED)[0]
        assert stopped.person is not None
        assert Channel.SMS in stopped_channels(stopped.person)
        assert SensitiveFact.everywhere.filter(person__branch=lyon).exists()
        assert audit.entries(lyon.pk).filter(verb="sensitive.read").exists()
        closing = BranchClosing.everywhere.get()
        assert closing.told_at is not None
        answers = ClosingPerson.everywhere.filter(closing=closing).values_list("answer", flat=True)
        assert sorted(answers) == ["", "", "", "", "no", "yes"]
        assert PlanTemplate.everywhere.filter(branch=lyon, kind="own").exists()

    def test_two_records_that_the_demo_joined_can_be_separated(self) -> None:
        merge = PersonMerge.everywhere.get(undone_at=None)
        unmerge(merge=merge, by=actor_of(self.loaded.logins["claire"]), now=NOW)
        merge.dropped.refresh_from_db()
        assert merge.dropped.archived_at is None
        assert Application.everywhere.get(person=merge.dropped).state == "sent"

    def test_an_earlier_cohort_of_lyon_is_a_year_past_its_end(self) -> None:
        lyon = self.loaded.branches["lyon"]
        facts = branches_facts([lyon])
        after_the_end = figure(SHIPPED["positive_outcome_from_end"], facts, AS_OF)
        verdicts = {str(row.verdict) for row in after_the_end.rows}
        assert after_the_end.n == EARLIER
        assert 0 < after_the_end.missing < EARLIER / 2
        assert {"yes", "not_due"} < verdicts
        months = FollowUp.everywhere.filter(branch=lyon, duo__closed_on__lte=AS_OF - timedelta(days=425))
        assert {6, 12} == set(months.values_list("month", flat=True))

    def test_nearly_every_mentor_was_trained_before_the_first_duo(self) -> None:
        facts = branches_facts(list(self.loaded.branches.values()))
        trained = figure(SHIPPED["trained_before_first_duo"], facts, AS_OF)
        assert trained.numbers.value is not None
        assert 0.85 < trained.numbers.value <= 1
        known = MentorProfile.everywhere.exclude(trained_on=None).select_related("person")
        # Nobody was trained before they came.
        assert [m.person_id for m in known if m.trained_on < m.person.created_at.date()] == []
