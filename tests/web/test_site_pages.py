"""The public pages of a branch, and the pages on which staff write them."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.branches.actions import type_site_figure, write_site_text
from traboule.apps.branches.enums import SitePart
from traboule.apps.branches.models import Branch, SiteFigure, SiteText
from traboule.apps.people.enums import Role
from traboule.core.actors import system
from traboule.web.public import site_slots

pytestmark = pytest.mark.django_db
PAGES = ["/at/lyon/", "/at/lyon/mentor/", "/at/lyon/mentee/", "/at/lyon/contact/"]
FIGURE = {
    "value": "72 %",
    "label": "ont trouvé",
    "source": "rapport",
    "as_of": date(2026, 1, 1),
    "counted": 61,
}


@pytest.fixture
def english() -> Client:
    return Client(headers={"accept-language": "en"})


def write(branch: Branch, part: SitePart, text: str, language: str = "fr") -> None:
    write_site_text(branch=branch, part=part, language=language, text=text, by=system("test"), now=NOW)


@pytest.mark.parametrize("where", PAGES)
def test_a_new_branch_has_a_decent_site_at_once(where: str, lyon: Branch, english: Client) -> None:
    page = english.get(where).content.decode()
    assert page.count("<h1") == 1
    assert "htmx" not in page.split("<head>")[1].split("</head>")[0].replace("htmx-config", "")


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_the_page_of_a_side_leads_to_its_application(side: str, lyon: Branch, english: Client) -> None:
    said = english.get(f"/at/{lyon.slug}/{side}/").content.decode()
    assert f'href="/apply/{lyon.slug}/{side}/"' in said


def test_no_page_of_a_branch_that_is_not_there_or_closed(lyon: Branch, client: Client) -> None:
    make.branch(slug="nantes", is_active=False)
    assert client.get("/at/nantes/").status_code == 404
    assert client.get("/at/paris/").status_code == 404


def test_a_visitor_chooses_a_place(lyon: Branch, client: Client) -> None:
    make.branch(name="Lille", slug="lille")
    assert client.get("/").headers["Location"] == "/at/"
    page = client.get("/at/").content.decode()
    assert 'href="/at/lyon/"' in page
    assert 'href="/at/lille/"' in page


def test_with_one_branch_there_is_nothing_to_choose(lyon: Branch, client: Client) -> None:
    assert client.get("/at/").headers["Location"] == "/at/lyon/"


def test_in_the_demo_the_public_pages_are_one_link_away(
    lyon: Branch, client: Client, settings: Settings
) -> None:
    settings.TRABOULE_DEMO = True
    assert 'href="/at/"' in client.get("/demo/").content.decode()


def test_the_words_of_the_branch_replace_ours(lyon: Branch, english: Client) -> None:
    write(lyon, SitePart.WELCOME, "Come in!", "en")
    page = english.get("/at/lyon/").content.decode()
    assert "<h1>Come in!</h1>" in page
    assert "Two lives, one way forward." not in page


def test_what_is_written_in_french_only_is_shown_in_french_and_marked_so(lyon: Branch) -> None:
    write(lyon, SitePart.CONTACT, "Passez nous voir.")
    page = Client(headers={"accept-language": "ar"}).get("/at/lyon/contact/").content.decode()
    assert '<div class="said" lang="fr" dir="ltr"><p>Passez nous voir.</p></div>' in page


def test_a_text_that_slipped_past_the_writing_is_cleaned_again_when_shown(
    lyon: Branch, client: Client
) -> None:
    SiteText.objects.create(
        branch=lyon,
        part="about",
        language="fr",
        version=1,
        text="<p>x</p><img src=x onerror=alert(1)>",
        written_at=NOW,
    )
    SiteText.objects.create(
        branch=lyon,
        part="welcome",
        language="fr",
        version=1,
        text="<script>alert(1)</script>",
        written_at=NOW,
    )
    page = client.get("/at/lyon/").content.decode()
    assert "onerror" not in page
    assert "<script>alert" not in page


def test_figures_and_sessions_are_absent_rather_than_empty(lyon: Branch, english: Client) -> None:
    page = english.get("/at/lyon/").content.decode()
    assert "In figures" not in page
    assert "Next information sessions" not in page


def test_a_figure_says_its_source_its_day_and_how_many(lyon: Branch, english: Client) -> None:
    type_site_figure(branch=lyon, fields=FIGURE, language="fr", by=system("test"), now=NOW)
    page = english.get("/at/lyon/").content.decode()
    assert "72 %" in page
    assert 'lang="fr" dir="ltr">ont trouvé' in page
    assert "61 people counted, 1 January 2026" in page
    assert "<bdi>rapport</bdi>" in page


def test_sessions_show_their_free_places(
    lyon: Branch, english: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2030, 5, 7, 16, 0, tzinfo=UTC)
    coming = [
        site_slots.NextSession(at, "La Duchère", 3, "/book/1/"),
        site_slots.NextSession(at, "Online", 0),
    ]
    monkeypatch.setattr(site_slots, "next_sessions", lambda branch, side, now: coming)
    page = english.get("/at/lyon/").content.decode()
    assert "3 places are free" in page
    assert "This session is full." in page
    assert 'href="/book/1/"' in page


# --- staff ---

TEXT = "/b/lyon/site/text/?part=about&language=fr"


def test_staff_write_a_text_and_visitors_read_it(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)
    answer = client.post(TEXT, {"text": "Bonjour à tous.<script>alert(1)</script>"})
    assert answer.headers["Location"] == "/b/lyon/site/?language=fr"
    page = Client(headers={"accept-language": "fr"}).get("/at/lyon/").content.decode()
    assert "<p>Bonjour à tous.</p>" in page


def test_looking_first_saves_nothing(lyon: Branch, sign_in: SignIn) -> None:
    page = sign_in(at=lyon).post(TEXT, {"text": "Un\n\nDeux", "act": "preview"}).content.decode()
    assert '<div class="said"><p>Un</p><p>Deux</p></div>' in page
    assert "Un\n\nDeux" in page.replace("\r\n", "\n")
    assert SiteText.objects.count() == 0


def test_an_earlier_text_is_brought_back(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)
    client.post(TEXT, {"text": "First"})
    client.post(TEXT, {"text": "Second"})
    first = SiteText.objects.get(version=1)
    assert f'name="bring_back" value="{first.pk}"' in client.get(TEXT).content.decode()
    client.post(TEXT, {"bring_back": first.pk})
    assert SiteText.objects.get(version=3).text == "<p>First</p>"


def test_a_version_of_another_branch_cannot_be_brought_here(lyon: Branch, sign_in: SignIn) -> None:
    other = make.branch(slug="lille")
    write(other, SitePart.ABOUT, "Ours")
    row = SiteText.objects.get()
    assert sign_in(at=lyon).post(TEXT, {"bring_back": row.pk}).status_code == 404


def test_the_list_says_what_is_not_translated_yet(lyon: Branch, sign_in: SignIn) -> None:
    write(lyon, SitePart.ABOUT, "Bonjour")
    page = sign_in(at=lyon).get("/b/lyon/site/?language=ar").content.decode()
    assert page.count("not translated yet: French is shown") == 1


def test_too_long_a_line_is_refused_beside_the_field(lyon: Branch, sign_in: SignIn) -> None:
    where = "/b/lyon/site/text/?part=welcome&language=fr"
    answer = sign_in(at=lyon).post(where, {"text": "x" * 161})
    assert answer.status_code == 422
    assert SiteText.objects.count() == 0


@pytest.mark.parametrize(
    "query", ["?part=nothing&language=fr", "?part=about&language=xx", "?part=&language="]
)
def test_an_address_typed_wrong_still_opens_a_page(query: str, lyon: Branch, sign_in: SignIn) -> None:
    assert sign_in(at=lyon).get(f"/b/lyon/site/text/{query}").status_code == 200


SENT = {"value": "38", "label": "duos", "counted": "76", "source": "report 2025", "as_of": "2026-01-01"}


def test_staff_type_correct_and_remove_a_figure(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)
    assert client.post("/b/lyon/site/figures/new/?language=fr", SENT).status_code == 302
    figure = SiteFigure.objects.get()
    where = f"/b/lyon/site/figures/{figure.pk}/?language=en"
    assert client.post(where, SENT | {"label": "pairs"}).status_code == 302
    figure.refresh_from_db()
    assert figure.labels == {"fr": "duos", "en": "pairs"}
    client.post(where, {"act": "remove"})
    assert "<bdi>38</bdi>" not in Client().get("/at/lyon/").content.decode().split("<main")[1]


@pytest.mark.parametrize("missing", ["value", "label", "counted", "source", "as_of"])
def test_a_figure_without_its_proof_is_not_shown(missing: str, lyon: Branch, sign_in: SignIn) -> None:
    answer = sign_in(at=lyon).post("/b/lyon/site/figures/new/", {**SENT, missing: ""})
    assert answer.status_code == 422
    assert SiteFigure.objects.count() == 0


def test_a_figure_of_a_day_to_come_is_refused(lyon: Branch, sign_in: SignIn) -> None:
    assert (
        sign_in(at=lyon).post("/b/lyon/site/figures/new/", SENT | {"as_of": "2990-01-01"}).status_code == 422
    )


def test_the_contact_page_dials_and_writes_once_staff_have_typed_how(
    lyon: Branch, english: Client, sign_in: SignIn
) -> None:
    client, where = sign_in(Role.DIRECTOR, at=lyon), "/b/lyon/site/contact/"
    assert "tel:" not in english.get("/at/lyon/contact/").content.decode()
    assert where in client.get("/b/lyon/site/").content.decode()
    typed = {"phone": "04 65 71 00 12", "email": "lyon@traboule.example", "street": "12 avenue du Plateau"}
    refused = client.post(where, typed)
    assert (refused.status_code, "12 avenue du Plateau" in refused.content.decode()) == (422, True)
    assert client.post(where, typed | {"phone": "0033 4 65 71 00 12"}).status_code == 302
    page = english.get("/at/lyon/contact/").content.decode()
    for shown in ('href="tel:+33465710012"', 'href="mailto:lyon@traboule.example"', "12 avenue du Plateau"):
        assert shown in page
