"""The matching table in the browser: order, options in words, banner, empty states, permissions, weight."""

import gzip
import re
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.pairing.models import MatchRun, PairRule, RunMentee
from traboule.apps.people.enums import Role
from traboule.core.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TABLE = "/b/lyon/table/"


@pytest.fixture
def frozen() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def page(client: Client, address: str = TABLE) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def text(found: BeautifulSoup) -> str:
    return re.sub(r"\s+", " ", found.get_text(" "))


def test_mentees_stand_in_the_order_of_waiting(lyon: Branch, sign_in: SignIn) -> None:
    for first, days in (("Amina", 3), ("Selam", 23), ("Karim", 9)):
        make.mentee(lyon, first_name=first, last_name="T", waiting_since=TODAY - timedelta(days=days))
    make.mentor(lyon, capacity=3)
    pair.run(lyon, make.coordinator(lyon))

    found = page(sign_in(at=lyon))

    assert [title.get_text(strip=True) for title in found.select("#cards h2")] == [
        "Selam T.",
        "Karim T.",
        "Amina T.",
    ]
    assert "has waited for 23 days" in text(found)


def test_the_banner_says_that_nothing_does_better_and_leads_to_the_proof(
    lyon: Branch, sign_in: SignIn
) -> None:
    make.mentee(lyon)
    make.mentor(lyon)
    pair.run(lyon, make.coordinator(lyon))

    found = page(sign_in(at=lyon))

    assert "1 person waits, 1 mentor is ready." in text(found)
    assert "No other combination does better for these 2 people." in text(found)
    assert found.select_one('a[href="/guide/proof/"]') is not None
    assert "have changed" not in text(found)


def test_the_first_option_is_proposed_and_the_others_say_what_they_change_for_whom(
    lyon: Branch, sign_in: SignIn
) -> None:
    selam = make.mentee(lyon, first_name="Selam", last_name="T", waiting_since=date(2026, 1, 25))
    make.mentee(lyon, first_name="Karim", last_name="B", occupations=["G1602"])
    anne = make.mentor(lyon, first_name="Anne", last_name="D")
    paul = make.mentor(lyon, first_name="Paul", last_name="R", occupations=["G1602"])
    pair.run(lyon, make.coordinator(lyon))

    card = page(sign_in(at=lyon)).select_one(f"#mentee-{selam.pk}")

    assert card is not None
    first, second = card.select("article.option")
    assert "Same occupation" in text(first)
    assert [link["href"] for link in first.select("a.button")] == [f"/b/lyon/table/{selam.pk}/{anne.pk}/"]
    assert "If chosen: Karim B. would meet Anne D. instead of Paul R." in text(second)
    assert [link["href"] for link in second.select("a.button")] == [
        f"/b/lyon/table/{selam.pk}/{paul.pk}/changes/"
    ]


def test_points_are_shown_on_request_only(lyon: Branch, sign_in: SignIn) -> None:
    make.mentee(lyon)
    make.mentor(lyon)
    pair.run(lyon, make.coordinator(lyon))
    client = sign_in(at=lyon)

    assert "points of 100" not in text(page(client))
    assert "points of 100" in text(page(client, f"{TABLE}?scores=1"))


def test_who_cannot_be_matched_reads_which_limits_fail_and_what_would_help(
    lyon: Branch, sign_in: SignIn
) -> None:
    make.mentee(lyon, slots=0b1)
    make.mentor(lyon, first_name="Anne", last_name="D", slots=0b10)
    pair.run(lyon, make.coordinator(lyon))

    found = text(page(sign_in(at=lyon)))

    assert "No free time in common" in found
    assert "Ask both for one more free time in the week" in found
    assert "Anne D." in found


def test_a_stale_run_says_so_and_runs_again_by_post_only(lyon: Branch, sign_in: SignIn) -> None:
    make.mentor(lyon, capacity=3)
    make.mentee(lyon)
    pair.run(lyon, make.coordinator(lyon))
    make.mentee(lyon, first_name="Nour", last_name="K")
    client = sign_in(at=lyon)

    assert "1 thing has changed since this run." in text(page(client))
    assert client.get(f"{TABLE}run/").status_code == 405
    assert client.post(f"{TABLE}run/").status_code == 302
    assert MatchRun.everywhere.count() == 2
    assert "Nour K." in text(page(client))


@pytest.mark.parametrize(
    ("mentees", "mentors", "said"),
    [
        (0, 0, "Nobody is here yet."),
        (0, 1, "Nobody waits for a mentor."),
        (1, 1, "Nothing has been computed yet."),
        (1, 0, "Nothing has been computed yet."),
    ],
)
def test_each_emptiness_has_its_own_words(
    lyon: Branch, sign_in: SignIn, mentees: int, mentors: int, said: str
) -> None:
    for _ in range(mentees):
        make.mentee(lyon)
    for _ in range(mentors):
        make.mentor(lyon)

    assert said in text(page(sign_in(at=lyon)))


def test_without_a_ready_mentor_the_page_says_so(lyon: Branch, sign_in: SignIn) -> None:
    make.mentee(lyon)
    pair.run(lyon, make.coordinator(lyon))

    assert "No mentor is ready." in text(page(sign_in(at=lyon)))


def test_no_button_accepts_more_than_one(lyon: Branch, sign_in: SignIn) -> None:
    for _ in range(3):
        make.mentee(lyon)
        make.mentor(lyon)
    pair.run(lyon, make.coordinator(lyon))

    found = page(sign_in(at=lyon))

    assert found.select('#cards form, #cards button, #cards input[type="checkbox"]') == []


def test_a_name_and_who_has_no_mentor_can_be_looked_for(lyon: Branch, sign_in: SignIn) -> None:
    make.mentee(lyon, first_name="Zoé", last_name="A", slots=0b1)
    make.mentee(lyon, first_name="Selam", last_name="T", slots=0b10)
    make.mentor(lyon, slots=0b10)
    pair.run(lyon, make.coordinator(lyon))
    client = sign_in(at=lyon)

    def names(address: str) -> list[str]:
        return [title.get_text(strip=True) for title in page(client, address).select("#cards h2")]

    assert names(f"{TABLE}?text=zoe") == ["Zoé A."]
    assert names(f"{TABLE}?show=none") == ["Zoé A."]
    assert names(f"{TABLE}?show=urgent") == []
    assert "Nobody matches this search." in text(page(client, f"{TABLE}?text=xyz"))


def test_htmx_gets_the_cards_alone(lyon: Branch, sign_in: SignIn) -> None:
    make.mentee(lyon)
    make.mentor(lyon)
    pair.run(lyon, make.coordinator(lyon))

    response = sign_in(at=lyon).get(TABLE, headers={"HX-Request": "true", "HX-Target": "cards"})

    assert b"<html" not in response.content
    assert b"mentee-row" in response.content


def test_decisions_about_pairs_are_visible_and_can_be_dropped(lyon: Branch, sign_in: SignIn) -> None:
    by = make.coordinator(lyon, name="Simon F")
    one, other = (
        make.mentee(lyon, first_name="Selam", last_name="T"),
        make.mentor(lyon, first_name="Anne", last_name="D"),
    )
    pair.run(lyon, by)
    client = sign_in(at=lyon)
    client.post(f"{TABLE}{one.pk}/{other.pk}/forbid/", {"reason": "They are neighbours."})
    rule = PairRule.everywhere.get()

    section = page(client).select_one("#decisions")

    assert rule.kind == PairRuleKind.FORBID
    assert section is not None
    assert "Never together" in text(section)
    assert "They are neighbours." in text(section)
    assert client.post(f"{TABLE}decisions/{rule.pk}/drop/").status_code == 302
    assert not PairRule.everywhere.exists()
    assert AuditEntry.objects.filter(verb="pair_rule.dropped").count() == 1


def test_a_pair_kept_apart_since_the_run_cannot_be_proposed_from_the_table(
    lyon: Branch, sign_in: SignIn
) -> None:
    one, other = make.mentee(lyon), make.mentor(lyon)
    pair.run(lyon, make.coordinator(lyon))
    client = sign_in(at=lyon)
    client.post(f"{TABLE}{one.pk}/{other.pk}/forbid/", {"reason": "They are neighbours."})

    card = page(client).select_one(f"#mentee-{one.pk}")

    assert card is not None
    assert "Kept apart by a decision of the team." in text(card)
    assert card.select(".options a.button") == []


def test_a_pair_kept_together_is_suggested_first(lyon: Branch, sign_in: SignIn) -> None:
    selam = make.mentee(lyon, first_name="Selam", last_name="T")
    make.mentee(lyon, first_name="Karim", last_name="B", occupations=["G1602"])
    make.mentor(lyon, first_name="Anne", last_name="D")
    paul = make.mentor(lyon, first_name="Paul", last_name="R", occupations=["G1602"])
    pair.run(lyon, make.coordinator(lyon))
    client = sign_in(at=lyon)
    client.post(f"{TABLE}{selam.pk}/{paul.pk}/lock/", {"reason": "They both love kitchens."})

    chosen = page(client).select_one(f"#mentee-{selam.pk} .option.chosen")

    assert chosen is not None
    assert "Paul R." in text(chosen)
    assert "Propose this duo" in text(chosen)


def test_who_was_proposed_since_the_run_leads_to_that_proposal(lyon: Branch, sign_in: SignIn) -> None:
    one, other = make.mentee(lyon), make.mentor(lyon, first_name="Anne", last_name="D")
    made = pair.proposal(one, other, make.coordinator(lyon, name="Simon F"))

    card = page(sign_in(at=lyon)).select_one(f"#mentee-{one.pk}")

    assert card is not None
    assert "Since then, Simon F has proposed Anne D." in text(card)
    assert card.select_one(f'a[href="/b/lyon/table/proposals/{made.pk}/"]') is not None
    assert card.select("article.option") == []


def test_the_map_says_how_far_apart_the_suggested_duos_live(lyon: Branch, sign_in: SignIn) -> None:
    make.mentee(lyon, first_name="Selam", last_name="T")
    make.mentor(
        lyon,
        first_name="Anne",
        last_name="D",
        commune_code="69266",
        commune_name="Villeurbanne",
        latitude=45.77,
        longitude=4.88,
    )
    pair.run(lyon, make.coordinator(lyon))

    found = page(sign_in(at=lyon))

    assert "Selam T. – Anne D.: 6 km" in text(found)
    assert len(found.select("svg.map line.link")) == 1
    assert [row.get_text(" ", strip=True) for row in found.select("details table tbody tr")] == [
        "Lyon 9e Arrondissement 0 1",
        "Villeurbanne 1 0",
    ]


def test_rules_that_cannot_be_read_are_named_and_nothing_breaks(lyon: Branch, sign_in: SignIn) -> None:
    make.mentee(lyon)
    lyon.rules = {"weights": {"travel": -1}}
    lyon.save()
    client = sign_in(at=lyon)

    response = client.get(TABLE)

    assert response.status_code == 409
    assert b"weights.travel: -1: not_negative" in response.content
    assert client.post(f"{TABLE}run/").status_code == 302
    assert not MatchRun.everywhere.exists()


def test_another_branch_does_not_exist_and_a_missing_permission_says_so(
    lyon: Branch, sign_in: SignIn
) -> None:
    make.branch(slug="paris")

    assert sign_in(at=lyon).get("/b/paris/table/").status_code == 404
    assert sign_in(Role.DPO, at=lyon).get(TABLE).status_code == 403
    assert sign_in(Role.DPO, at=lyon).post(f"{TABLE}run/").status_code == 403


def test_the_page_costs_the_same_at_one_and_at_many(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)
    by = make.coordinator(lyon)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(TABLE)
        return len(caught)

    make.mentee(lyon)
    make.mentor(lyon)
    pair.run(lyon, by)
    queries()  # the first page of a session writes when it was seen
    few = queries()
    for number in range(60):
        make.mentee(lyon, slots=1 << number % 4, languages={"fr": 3, "ar": 6})
        make.mentor(lyon, slots=0b1111, languages={"fr": 6, "en": 4})
    pair.run(lyon, by)
    many = queries()

    assert many <= few + 1  # names of people who left the pools since the run
    assert many <= 15
    answer = client.get(TABLE)
    assert answer.content.count(b"mentee-row") == 12
    assert len(gzip.compress(answer.content)) <= 30_000
    assert answer.content.count(b"mentee-row") == client.get(f"{TABLE}?page=2").content.count(b"mentee-row")


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999", "7"])
def test_a_page_that_is_not_there_shows_one_that_is(lyon: Branch, sign_in: SignIn, number: str) -> None:
    make.mentee(lyon)
    make.mentor(lyon)
    pair.run(lyon, make.coordinator(lyon))

    assert len(page(sign_in(at=lyon), f"{TABLE}?page={number}").select(".mentee-row")) == 1


def test_a_link_to_a_mentee_opens_the_page_on_which_the_card_stands(lyon: Branch, sign_in: SignIn) -> None:
    people = [make.mentee(lyon) for _ in range(23)]
    make.mentor(lyon)
    pair.run(lyon, make.coordinator(lyon))
    client = sign_in(at=lyon)
    last = RunMentee.everywhere.order_by("-position")[0].mentee_id
    later = make.mentee(lyon).pk  # has no card yet

    assert page(client, f"{TABLE}?mentee={last}").select_one(f"#mentee-{last}") is not None
    assert page(client, f"{TABLE}?mentee={last}&page=1").select_one(f"#mentee-{last}") is None
    for odd in (str(later), "x", "9" * 30, "²"):
        assert len(page(client, f"{TABLE}?mentee={odd}").select(".mentee-row")) == 12
    link = BeautifulSoup(client.get("/b/lyon/today/").content, "html.parser").select_one(
        'main a[href*="?mentee="]'
    )
    assert link is not None
    number = link["href"].split("#mentee-")[1]
    assert int(number) in {person.pk for person in people} | {later}
    assert link["href"] == f"{TABLE}?mentee={number}#mentee-{number}"


def test_names_of_occupations_are_marked_as_french_on_an_english_page(lyon: Branch, sign_in: SignIn) -> None:
    make.mentee(lyon)
    make.mentor(lyon)
    pair.run(lyon, make.coordinator(lyon))

    english = page(sign_in(at=lyon, locale="en"), TABLE)
    french = page(sign_in(at=lyon, locale="fr"), TABLE)

    assert {"Acheteur"} <= {mark.get_text().split(" / ")[0] for mark in english.select("main span[lang=fr]")}
    assert french.select("main span[lang=fr]") == []
    assert "\u2068" not in english.get_text()
