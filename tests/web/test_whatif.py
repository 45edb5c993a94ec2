"""What if, and deciding about one pair: nothing is saved before a reason is written and confirmed."""

import re

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.pairing.models import MatchRun, PairRule, Proposal
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.core.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
REASON = "They both love kitchens."


@pytest.fixture
def frozen() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def four(lyon: Branch) -> tuple[Person, Person, Person, Person]:
    """Selam fits Anne, Karim fits Paul; one run."""
    selam = make.mentee(lyon, first_name="Selam", last_name="T")
    karim = make.mentee(lyon, first_name="Karim", last_name="B", occupations=["G1602"])
    anne = make.mentor(lyon, first_name="Anne", last_name="D")
    paul = make.mentor(lyon, first_name="Paul", last_name="R", occupations=["G1602"])
    pair.run(lyon, make.coordinator(lyon))
    return selam, karim, anne, paul


def said(client: Client, address: str, **data: str) -> str:
    response = client.post(address, data) if data else client.get(address)
    return words(response.content)


def words(content: bytes) -> str:
    return re.sub(r"\s+", " ", BeautifulSoup(content, "html.parser").get_text(" "))


def place(mentee: Person, mentor: Person, act: str = "") -> str:
    return f"/b/lyon/table/{mentee.pk}/{mentor.pk}/{act}"


def test_taking_another_mentor_shows_who_gains_and_who_loses(
    four: tuple[Person, ...], lyon: Branch, sign_in: SignIn
) -> None:
    selam, _karim, _anne, paul = four

    found = said(sign_in(at=lyon), place(selam, paul, "changes/"))

    assert "Selam T. would meet Paul R. instead of Anne D." in found
    assert "Karim B. would meet Anne D. instead of Paul R." in found
    assert "As many duos as before; the mentors of 2 people change." in found
    assert "2 before, 2 after" in found


def test_a_trial_saves_nothing(four: tuple[Person, ...], lyon: Branch, sign_in: SignIn) -> None:
    selam, _karim, _anne, paul = four
    client, logged = sign_in(at=lyon), AuditEntry.objects.count()

    for act in ("force", "lock", "forbid"):
        assert client.get(place(selam, paul, f"changes/?act={act}")).status_code == 200
    client.get(place(selam, paul, "lock/"))
    client.get(place(selam, paul, "forbid/"))

    assert not PairRule.everywhere.exists()
    assert not Proposal.everywhere.exists()
    assert MatchRun.everywhere.count() == 1
    assert AuditEntry.objects.count() == logged


def test_keeping_apart_the_only_possible_pair_costs_a_duo(lyon: Branch, sign_in: SignIn) -> None:
    one, other = make.mentee(lyon, first_name="Selam", last_name="T"), make.mentor(lyon)
    pair.run(lyon, make.coordinator(lyon))

    found = said(sign_in(at=lyon), place(one, other, "changes/?act=forbid"))

    assert "Selam T. would stay without a mentor" in found
    assert "1 duo less" in found


def test_a_lock_that_no_plan_can_keep_is_refused_with_its_limits(lyon: Branch, sign_in: SignIn) -> None:
    one, other = make.mentee(lyon, slots=0b1), make.mentor(lyon, slots=0b10)
    client = sign_in(at=lyon)
    pair.run(lyon, make.coordinator(lyon))

    assert "No free time in common" in said(client, place(one, other, "lock/"))
    response = client.post(place(one, other, "lock/"), {"reason": REASON})
    assert response.status_code == 409
    assert "No plan can keep this pair together." in words(response.content)
    assert REASON.encode() in response.content
    assert not PairRule.everywhere.exists()


def test_lock_and_forbid_need_a_written_reason_and_keep_what_was_typed(
    four: tuple[Person, ...], lyon: Branch, sign_in: SignIn
) -> None:
    selam, _karim, _anne, paul = four
    client = sign_in(at=lyon)

    for act, kind in (("lock/", PairRuleKind.LOCK), ("forbid/", PairRuleKind.FORBID)):
        short = client.post(place(selam, paul, act), {"reason": "ok"})
        assert short.status_code == 422
        assert b">\nok</textarea>" in short.content
        assert client.post(place(selam, paul, act), {"reason": REASON}).status_code == 302
        assert PairRule.everywhere.get().kind == kind
        PairRule.everywhere.all().delete()


def test_other_weights_count_for_the_trial_only(
    four: tuple[Person, ...], lyon: Branch, sign_in: SignIn
) -> None:
    selam, _karim, _anne, paul = four
    names = [
        "occupation",
        "seniority",
        "languages",
        "interests",
        "dislikes",
        "way_of_working",
        "needs",
        "travel",
        "slots",
        "horizon",
    ]
    client = sign_in(at=lyon)
    all_on_slots = "&".join(f"{name}={100 if name == 'slots' else 0}" for name in names)
    too_much = "&".join(f"{name}=50" for name in names)

    assert "the mentors of 2 people change" in said(
        client, place(selam, paul, f"changes/?try=1&{all_on_slots}")
    )
    assert "now they make 500" in said(client, place(selam, paul, f"changes/?try=1&{too_much}"))
    assert said(client, place(selam, paul, "changes/?try=1&slots=x"))
    lyon.refresh_from_db()
    assert lyon.rules is None


def test_a_pair_shows_all_ten_reasons_in_words_and_points_on_request(
    four: tuple[Person, ...], lyon: Branch, sign_in: SignIn
) -> None:
    selam, _karim, anne, _paul = four
    client = sign_in(at=lyon)

    found = said(client, place(selam, anne))

    for heading in ("Occupation", "Years in the job", "Languages", "Interests", "Dislikes", "Way of working"):
        assert heading in found
    assert "26 of 26" not in found
    assert "26 of 26" in said(client, place(selam, anne, "?scores=1"))


def test_proposing_needs_the_coordinators_own_words(
    four: tuple[Person, ...], lyon: Branch, sign_in: SignIn
) -> None:
    selam, _karim, anne, _paul = four
    client = sign_in(at=lyon)

    assert client.post(place(selam, anne), {"reason": "   "}).status_code == 422
    assert not Proposal.everywhere.exists()
    response = client.post(place(selam, anne), {"reason": REASON})
    made = Proposal.everywhere.get()
    assert response.headers["Location"] == f"/b/lyon/table/proposals/{made.pk}/"
    assert made.reason == REASON
    assert made.proposed_by_id is not None


def test_who_comes_second_reads_who_was_faster_and_when_and_keeps_the_text(
    lyon: Branch, sign_in: SignIn
) -> None:
    one, two = make.mentee(lyon), make.mentee(lyon, first_name="Karim", last_name="B")
    anne = make.mentor(lyon, first_name="Anne", last_name="D", capacity=1)
    pair.run(lyon, make.coordinator(lyon))
    sign_in(at=lyon, name="Simon Ferrand").post(place(one, anne), {"reason": REASON})

    response = sign_in(at=lyon).post(place(two, anne), {"reason": "My long and careful reason."})

    assert response.status_code == 409
    found = words(response.content)
    assert "Simon Ferrand took the last place of Anne D., Monday 2 March, 10:00." in found
    assert "My long and careful reason." in found
    again = sign_in(at=lyon).post(place(one, anne), {"reason": REASON})
    assert again.status_code == 409
    assert "Simon Ferrand proposed somebody to" in words(again.content)


def test_the_run_on_the_screen_is_the_one_that_is_kept(
    four: tuple[Person, ...], lyon: Branch, sign_in: SignIn
) -> None:
    selam, _karim, anne, _paul = four
    seen = MatchRun.everywhere.get()
    pair.run(lyon, make.coordinator(lyon))

    sign_in(at=lyon).post(place(selam, anne), {"reason": REASON, "run": str(seen.pk)})

    assert Proposal.everywhere.get().run_id == seen.pk


@pytest.mark.parametrize("act", ["", "changes/", "lock/", "forbid/"])
def test_a_pair_costs_the_same_in_a_small_and_in_a_large_pool(
    four: tuple[Person, ...], lyon: Branch, sign_in: SignIn, act: str
) -> None:
    selam, _karim, _anne, paul = four
    client = sign_in(at=lyon)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(place(selam, paul, act))
        return len(caught)

    queries()  # the first page of a session writes when it was seen
    few = queries()
    for _ in range(40):
        make.mentee(lyon)
        make.mentor(lyon)

    assert queries() == few
    assert few <= 15


@pytest.mark.parametrize("act", ["", "changes/", "lock/", "forbid/"])
def test_a_pair_of_another_branch_does_not_exist(lyon: Branch, sign_in: SignIn, act: str) -> None:
    paris = make.branch(slug="paris")
    one, other, here = make.mentee(paris), make.mentor(paris), make.mentee(lyon)
    client = sign_in(at=lyon)

    assert client.get(place(one, other, act)).status_code == 404
    assert client.get(place(here, other, act)).status_code == 404
    assert client.get(f"/b/paris/table/{one.pk}/{other.pk}/{act}").status_code == 404
    assert sign_in(Role.DPO, at=lyon).get(place(one, other, act)).status_code == 403
