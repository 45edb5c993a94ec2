"""What a branch says on its public pages: cleaned, kept in versions, audited, and only by who may."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.branches import actions, queries
from traboule.apps.branches.enums import SitePart
from traboule.apps.branches.models import Branch, SiteFigure, SiteText
from traboule.apps.branches.validators import clean_site_html, clean_site_line
from traboule.apps.people.enums import Role
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import NotAllowed, NotVisible

HOSTILE = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/pixel.gif'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='https://ok.example' onclick='alert(1)'>x</a>",
    "<a href='https://ok.example' style='position:fixed;inset:0'>x</a>",
    "<a href='https://ok.example' target='_blank'>x</a>",
    "<iframe src='https://evil.example'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='evil.swf'></object>",
    "<embed src='evil.swf'>",
    "<form action='https://evil.example'><input name=code><button>Go</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>body{background:url(https://evil.example)}</style>",
    "<p style='background:url(https://evil.example)'>x</p>",
    "<p id=main class=errors>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<marquee onstart=alert(1)>x</marquee>",
    "{% load i18n %}{{ settings.SECRET_KEY }}<script>1</script>",
)
ACTS = (
    "<script",
    "<img",
    "<svg",
    "<iframe",
    "<form",
    "<input",
    "<style",
    "<object",
    "<embed",
    "<meta",
    "<base",
)
ATTRIBUTES = (" on", "style=", "javascript:", "vbscript:", "data:", "class=", "id=", "srcdoc", "target=")


def tags_of(text: str) -> str:
    """What stands inside tags, in lower case: words of the text itself may say anything."""
    import re

    return " ".join(re.findall(r"<[^>]*>", text)).lower()


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_acts_is_left_in_paragraphs(text: str) -> None:
    clean = clean_site_html(f"Hello {text} world")
    inside = tags_of(clean)
    assert [bad for bad in (*ACTS, *ATTRIBUTES) if bad in inside] == []
    assert "Hello" in clean


@pytest.mark.parametrize("text", HOSTILE)
def test_a_line_keeps_no_tag(text: str) -> None:
    assert "<" not in clean_site_line(text)


def test_at_least_thirty_hostile_texts_are_tried() -> None:
    assert len(set(HOSTILE)) >= 30


def test_blank_lines_make_paragraphs() -> None:
    assert clean_site_html("One\ntwo\r\n\r\nThree") == "<p>One<br>two</p><p>Three</p>"


def test_what_a_page_needs_stays() -> None:
    text = '<p><strong>Call</strong> <a href="tel:+33465710012">us</a></p><ul><li>one</li></ul>'
    assert clean_site_html(text) == text.replace('+33465710012"', '+33465710012" rel="noopener noreferrer"')


@given(st.text(max_size=400))
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    once = clean_site_html(text)
    assert clean_site_html(once) == once


pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon)


def write(branch: Branch, by: Actor, text: str, language: str = "fr") -> SiteText:
    return actions.write_site_text(
        branch=branch, part=SitePart.ABOUT, language=language, text=text, by=by, now=NOW
    )


def test_the_latest_version_is_shown_and_the_earlier_ones_are_kept(lyon: Branch, claire: Actor) -> None:
    write(lyon, claire, "First")
    write(lyon, claire, "Second")
    versions = queries.versions_of(actor=claire, branch=lyon, part=SitePart.ABOUT, language="fr")
    assert [(row.version, row.text) for row in versions] == [(2, "<p>Second</p>"), (1, "<p>First</p>")]
    assert queries.site_texts(lyon)["about", "fr"].text == "<p>Second</p>"


def test_writing_the_same_again_makes_no_version(lyon: Branch, claire: Actor) -> None:
    assert write(lyon, claire, "Same").pk == write(lyon, claire, "Same").pk


def test_an_empty_text_gives_the_word_back(lyon: Branch, claire: Actor) -> None:
    write(lyon, claire, "Ours")
    write(lyon, claire, "")
    assert queries.site_texts(lyon) == {}


def test_bringing_back_makes_the_earlier_text_the_newest(lyon: Branch, claire: Actor) -> None:
    first = write(lyon, claire, "First")
    write(lyon, claire, "Second")
    again = actions.bring_back_site_text(earlier=first, by=claire, now=NOW)
    assert (again.version, again.text) == (3, "<p>First</p>")


def test_a_text_in_a_language_without_pages_is_refused(lyon: Branch, claire: Actor) -> None:
    with pytest.raises(ValueError, match="xx"):
        write(lyon, claire, "Hello", language="xx")


def test_each_writing_is_in_the_audit_log_without_its_text(lyon: Branch, claire: Actor) -> None:
    write(lyon, claire, "Hello")
    entry = audit.entries(lyon.pk)[0]
    assert (entry.verb, entry.facts["part"], entry.facts["version"]) == ("site_text.written", "about", 1)
    assert "Hello" not in str(entry.facts)


@pytest.mark.parametrize("role", [Role.MENTEE, Role.FUNDER, Role.REFERRER, Role.DPO])
def test_who_may_not_write_public_pages_is_refused(role: Role, lyon: Branch) -> None:
    with pytest.raises(NotAllowed):
        write(lyon, make.actor(role, lyon), "Hello")


def test_another_branch_cannot_be_written(lyon: Branch) -> None:
    with pytest.raises(NotVisible):
        write(lyon, make.coordinator(make.branch()), "Hello")


FIGURE = {"value": "38", "label": "duos", "source": "report", "as_of": date(2026, 1, 1), "counted": 76}


def test_a_figure_speaks_the_language_asked_for_else_french(lyon: Branch, claire: Actor) -> None:
    figure = actions.type_site_figure(branch=lyon, fields=FIGURE, language="fr", by=claire, now=NOW)
    figure = actions.correct_site_figure(
        figure=figure, fields=FIGURE | {"label": "pairs of people"}, language="en", by=claire, now=NOW
    )
    assert figure.label_in("en") == ("pairs of people", "en")
    assert figure.label_in("ar") == ("duos", "fr")


def test_a_removed_figure_is_off_the_pages_but_not_lost(lyon: Branch, claire: Actor) -> None:
    figure = actions.type_site_figure(branch=lyon, fields=FIGURE, language="fr", by=claire, now=NOW)
    actions.remove_site_figure(figure=figure, by=claire, now=NOW)
    assert list(queries.site_figures(lyon)) == []
    assert SiteFigure.objects.filter(pk=figure.pk).exists()
