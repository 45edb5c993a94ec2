"""`traboule init` and `traboule demo`: a real association, and an invented one."""

import os
import socket
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.factories.people import branch
from traboule.apps.applications.models import Application, BranchClosing, ClosingPerson, SensitiveFact
from traboule.apps.branches.actions import AlreadyFounded
from traboule.apps.branches.models import Branch, Organisation
from traboule.apps.duos.models import Duo, MentorPlace, PlanTemplate
from traboule.apps.followups.models import FollowUp
from traboule.apps.indicators.queries.facts import branches_facts
from traboule.apps.messages.enums import Why
from traboule.apps.messages.models import Message
from traboule.apps.messages.queries import stopped_channels
from traboule.apps.pairing.actions.demo import load_demo
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES
from traboule.apps.pairing.models import MatchRun, Proposal
from traboule.apps.people.actions import unmerge
from traboule.apps.people.enums import Channel, MenteeState, MentorState, Role
from traboule.apps.people.models import (
    Login,
    MenteeProfile,
    MentorProfile,
    Note,
    Person,
    PersonMerge,
    RoleGrant,
)
from traboule.apps.people.queries import actor_of, demo_logins, today
from traboule.apps.support.actions.demo_ended import COUNT as ENDED
from traboule.apps.support.actions.demo_ended import EARLIER
from traboule.apps.training.models import ModuleMaterial
from traboule.cli.demo import free_port
from traboule.cli.exits import Exit
from traboule.cli.init import run_init
from traboule.core.actors import system
from traboule.core.audit import check_chain, entries
from traboule.kernel.generator import Programme, programme
from traboule.kernel.indicators import SHIPPED, figure
from traboule.reference import occupations, places

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
GIVEN = {
    "organisation": "Deux rives",
    "branch": "Lyon",
    "admin_name": "Anne Martin",
    "admin_email": "anne@example.org",
    "now": NOW,
}


@pytest.fixture(scope="module")
def invented() -> Programme:
    return programme(
        mentors=60,
        mentees=60,
        seed=1,
        as_of=TODAY,
        places=places.communes("FR"),
        occupations=occupations.codes(),
        sectors=occupations.sectors(),
    )


@pytest.mark.django_db
def test_init_founds_an_association_and_says_how_to_go_on() -> None:
    code, message = run_init(**GIVEN, postcode="69009")
    assert code is Exit.DONE
    assert "anne@example.org" in message
    assert "/b/lyon/today/" in message
    assert RoleGrant.objects.get().role == Role.ADMINISTRATOR


@pytest.mark.django_db
def test_init_refuses_a_second_association_and_changes_nothing() -> None:
    run_init(**GIVEN)
    code, message = run_init(**{**GIVEN, "admin_email": "other@example.org"})
    assert code is Exit.BAD_INPUT
    assert "already" in message
    assert (Organisation.objects.count(), Branch.objects.count(), Login.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"admin_email": "anne"}, {"postcode": "00000"}, {"locale": "xx"}, {"branch": "!!"}],
)
def test_init_refuses_what_cannot_be_and_names_it(changes: dict[str, str]) -> None:
    code, message = run_init(**{**GIVEN, **changes})
    assert code is Exit.BAD_INPUT
    assert next(iter(changes.values())) in message
    assert not Organisation.objects.exists()


def test_init_without_a_terminal_says_which_option_is_missing(tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    answer = subprocess.run(
        [sys.executable, "-m", "traboule.cli.main", "init", "--organisation", "X"],
        env={**kept, "TRABOULE_VAR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    assert "--branch" in answer.stderr


@pytest.mark.django_db
def test_the_demo_brings_people_duos_proposals_and_a_run_for_every_branch(invented: Programme) -> None:
    loaded = load_demo(programme=invented, by=system("demo"), now=NOW)
    # Those who have just arrived bear no number of the generator.
    assert Person.everywhere.exclude(external_id="").count() == 120
    assert set(loaded.branches) == {"lyon", "ile-de-france", "lille", "marseille"}
    assert Duo.everywhere.exclude(mentee__external_id="").count() == len(invented.duos)
    # Beside them ended ones, so that what the early warning was worth can be shown with its n.
    assert Duo.everywhere.filter(mentee__external_id="", state="closed").count() == ENDED
    still_open = Proposal.everywhere.filter(state__in=OPEN_PROPOSAL_STATES)
    assert still_open.count() == len(invented.proposals) > 0
    assert MentorPlace.everywhere.count() == Duo.everywhere.exclude(state="closed").count() + len(
        invented.proposals
    )
    assert set(MatchRun.everywhere.values_list("branch__slug", flat=True)) == set(loaded.branches)
    assert check_chain(None) is None
    assert "demo.loaded" in entries(None).values_list("verb", flat=True)


@pytest.mark.django_db
def test_every_role_of_the_demo_has_somebody_to_sign_in_as(invented: Programme) -> None:
    load_demo(programme=invented, by=system("demo"), now=NOW)
    roles = {grant.role for login in demo_logins() for grant in login.grants.all()}
    assert roles == set(Role.values)
    assert Login.objects.exclude(person=None).count() == 2


@pytest.mark.django_db
def test_the_demo_has_life_in_it(invented: Programme) -> None:
    loaded = load_demo(programme=invented, by=system("demo"), now=NOW)
    claire = loaded.logins["claire"]
    steps = today(actor=actor_of(claire), branch=loaded.branches["lyon"], today=TODAY)
    assert len({step.reason for step in steps}) >= 3
    assert Note.everywhere.exists()
    assert set(MenteeProfile.everywhere.values_list("state", flat=True)) >= {
        MenteeState.POOL,
        MenteeState.MATCHED,
        MenteeState.LEFT,
    }
    assert MentorProfile.everywhere.filter(state=MentorState.PAUSED).exists()


@pytest.mark.django_db
def test_the_demo_holds_what_happens_seldom(invented: Programme) -> None:
    loaded = load_demo(programme=invented, by=system("demo"), now=NOW)
    lyon = loaded.branches["lyon"]
    assert ModuleMaterial.everywhere.filter(module__branch=lyon).count() == 3
    stopped = Message.everywhere.filter(branch=lyon, reason=Why.STOPPED)[0]
    assert stopped.person is not None
    assert Channel.SMS in stopped_channels(stopped.person)
    assert SensitiveFact.everywhere.filter(person__branch=lyon).exists()
    assert entries(lyon.pk).filter(verb="sensitive.read").exists()
    closing = BranchClosing.everywhere.get()
    assert closing.told_at is not None
    answers = ClosingPerson.everywhere.filter(closing=closing).values_list("answer", flat=True)
    assert sorted(answers) == ["", "", "", "", "no", "yes"]
    assert PlanTemplate.everywhere.filter(branch=lyon, kind="own").exists()


@pytest.mark.django_db
def test_two_records_that_the_demo_joined_can_be_separated(invented: Programme) -> None:
    loaded = load_demo(programme=invented, by=system("demo"), now=NOW)
    merge = PersonMerge.everywhere.get(undone_at=None)
    unmerge(merge=merge, by=actor_of(loaded.logins["claire"]), now=NOW)
    merge.dropped.refresh_from_db()
    assert merge.dropped.archived_at is None
    assert Application.everywhere.get(person=merge.dropped).state == "sent"


@pytest.mark.django_db
def test_the_demo_is_never_loaded_over_a_real_association(invented: Programme) -> None:
    branch()
    with pytest.raises(AlreadyFounded):
        load_demo(programme=invented, by=system("demo"), now=NOW)
    assert not Person.everywhere.exists()


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(first=port, tries=20) != port


@pytest.mark.django_db
def test_the_demo_has_an_earlier_cohort_whose_year_after_the_end_is_over(invented: Programme) -> None:
    lyon = load_demo(programme=invented, by=system("demo"), now=NOW).branches["lyon"]
    facts = branches_facts([lyon])
    after_the_end = figure(SHIPPED["positive_outcome_from_end"], facts, TODAY)
    verdicts = {str(row.verdict) for row in after_the_end.rows}
    assert after_the_end.n == EARLIER
    assert 0 < after_the_end.missing < EARLIER / 2
    assert {"yes", "not_due"} < verdicts
    months = FollowUp.everywhere.filter(branch=lyon, duo__closed_on__lte=TODAY - timedelta(days=425))
    assert {6, 12} == set(months.values_list("month", flat=True))


@pytest.mark.django_db
def test_in_the_demo_nearly_every_mentor_was_trained_before_the_first_duo(invented: Programme) -> None:
    loaded = load_demo(programme=invented, by=system("demo"), now=NOW)
    facts = branches_facts(list(loaded.branches.values()))
    trained = figure(SHIPPED["trained_before_first_duo"], facts, TODAY)
    assert trained.numbers.value is not None
    assert 0.85 < trained.numbers.value <= 1
    late = [
        row.person_id
        for row in MentorProfile.everywhere.exclude(trained_on=None).select_related("person")
        if row.trained_on < row.person.created_at.date()
    ]
    assert late == []  # nobody was trained before they came
