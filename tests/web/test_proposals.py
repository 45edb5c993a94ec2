"""A proposal on its page: told, answered by both, declined, undone, exported."""

import re

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.pairing.enums import ProposalState
from traboule.apps.pairing.models import Proposal
from traboule.apps.people.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
LIST = "/b/lyon/table/proposals/"


@pytest.fixture
def frozen() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def asked(lyon: Branch) -> Proposal:
    one = make.mentee(lyon, first_name="Selam", last_name="T")
    other = make.mentor(lyon, first_name="Anne", last_name="D")
    return pair.proposal(
        one, other, make.coordinator(lyon, name="Simon Ferrand"), reason="Same trade, same street."
    )


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", BeautifulSoup(response.content, "html.parser").get_text(" "))


def test_the_page_shows_the_reason_who_wrote_it_and_whose_turn_it_is(
    asked: Proposal, lyon: Branch, sign_in: SignIn
) -> None:
    found = words(sign_in(at=lyon), f"{LIST}{asked.pk}/")

    assert "Same trade, same street." in found
    assert "Simon Ferrand, Monday 2 March, 10:00" in found
    assert "What does Selam T. say?" in found
    assert "Undo the proposal" in found


def test_two_yeses_make_a_duo(asked: Proposal, lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)

    client.post(f"{LIST}{asked.pk}/answer/", {"who": "mentee", "answer": "yes"})
    assert "What does Anne D. say?" in words(client, f"{LIST}{asked.pk}/")
    response = client.post(f"{LIST}{asked.pk}/answer/", {"who": "mentor", "answer": "yes"})

    duo = Duo.everywhere.get()
    assert response.headers["Location"] == f"/b/lyon/duos/{duo.pk}/"
    assert "The duo exists." in words(client, f"{LIST}{asked.pk}/")


def test_a_no_needs_a_reason_from_the_list_and_frees_the_place(
    asked: Proposal, lyon: Branch, sign_in: SignIn
) -> None:
    client = sign_in(at=lyon)

    refused = client.post(f"{LIST}{asked.pk}/answer/", {"who": "mentee", "answer": "no"})
    assert refused.status_code == 422
    assert b"Choose the reason for the no." in refused.content
    client.post(f"{LIST}{asked.pk}/answer/", {"who": "mentee", "answer": "no", "decline_reason": "not_said"})

    asked.refresh_from_db()
    assert asked.state == ProposalState.DECLINED
    assert not MentorPlace.everywhere.exists()
    assert "The mentee said no: Did not say why" in words(client, f"{LIST}{asked.pk}/")


def test_nothing_but_yes_and_no_is_an_answer(asked: Proposal, lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)

    for data in ({}, {"answer": "maybe"}, {"answer": "no", "decline_reason": "<script>"}):
        assert client.post(f"{LIST}{asked.pk}/answer/", {"who": "mentee", **data}).status_code == 422
    asked.refresh_from_db()
    assert asked.state == ProposalState.PROPOSED


def test_the_mentor_cannot_answer_first(asked: Proposal, lyon: Branch, sign_in: SignIn) -> None:
    response = sign_in(at=lyon).post(f"{LIST}{asked.pk}/answer/", {"who": "mentor", "answer": "yes"})

    assert response.status_code == 409
    assert b"This is how it stands now." in response.content


def test_undoing_asks_once_and_frees_the_place(asked: Proposal, lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)

    assert "Nobody was told." in words(client, f"{LIST}{asked.pk}/undo/")
    asked.refresh_from_db()
    assert asked.state == ProposalState.PROPOSED
    assert client.post(f"{LIST}{asked.pk}/undo/").headers["Location"] == "/b/lyon/table/"
    asked.refresh_from_db()
    assert asked.state == ProposalState.UNDONE
    assert not MentorPlace.everywhere.exists()


def test_once_somebody_was_told_nothing_is_undone(asked: Proposal, lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon, name="Anne Martin")
    client.post(f"{LIST}{asked.pk}/told/")

    assert "Undo the proposal" not in words(client, f"{LIST}{asked.pk}/")
    assert client.get(f"{LIST}{asked.pk}/undo/").status_code == 302
    response = client.post(f"{LIST}{asked.pk}/undo/")
    assert response.status_code == 409
    assert b"Too late to undo: somebody was told by Anne Martin" in response.content
    asked.refresh_from_db()
    assert asked.state == ProposalState.PROPOSED


@pytest.mark.parametrize("act", ["answer/", "told/"])
def test_get_changes_nothing(asked: Proposal, lyon: Branch, sign_in: SignIn, act: str) -> None:
    assert sign_in(at=lyon).get(f"{LIST}{asked.pk}/{act}").status_code == 405
    asked.refresh_from_db()
    assert asked.told_at is None


def test_the_list_says_what_is_due_and_can_be_filtered(
    asked: Proposal, lyon: Branch, sign_in: SignIn
) -> None:
    client = sign_in(at=lyon)

    assert "Tell the mentee" in words(client, LIST)
    assert "Selam T – Anne D" in words(client, f"{LIST}?text=anne&state=open")
    assert "No proposal here." in words(client, f"{LIST}?state=accepted")
    assert "No proposal here." in words(client, f"{LIST}?text=nobody")
    fragment = client.get(LIST, headers={"HX-Request": "true", "HX-Target": "rows"})
    assert b"<html" not in fragment.content


def test_the_export_opens_in_a_spreadsheet_and_runs_nothing_there(lyon: Branch, sign_in: SignIn) -> None:
    one, other = make.mentee(lyon, first_name="=1+1", last_name="T"), make.mentor(lyon)
    pair.proposal(one, other, make.coordinator(lyon), reason="@SUM(A1) said nobody ever.")

    response = sign_in(at=lyon).get(f"{LIST}export.csv")

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    cells = response.content.decode("utf-8-sig")
    assert "'=1+1" in cells
    assert "'@SUM" in cells


@pytest.mark.parametrize("act", ["", "answer/", "told/", "undo/"])
def test_a_proposal_of_another_branch_does_not_exist(
    asked: Proposal, lyon: Branch, sign_in: SignIn, act: str
) -> None:
    paris = make.branch(slug="paris")
    stranger, dpo = sign_in(at=paris), sign_in(Role.DPO, at=lyon)
    ask = stranger.get if act in ("", "undo/") else stranger.post
    forbid = dpo.get if act in ("", "undo/") else dpo.post

    assert ask(f"{LIST}{asked.pk}/{act}").status_code == 404
    assert ask(f"/b/paris/table/proposals/{asked.pk}/{act}").status_code == 404
    assert forbid(f"{LIST}{asked.pk}/{act}").status_code == 403


def test_every_export_needs_its_permission(asked: Proposal, lyon: Branch, sign_in: SignIn) -> None:
    assert asked.pk
    assert sign_in(Role.DPO, at=lyon).get(f"{LIST}export.csv").status_code == 403
    assert sign_in(Role.DPO, at=lyon).get("/b/lyon/duos/export.csv").status_code == 403
