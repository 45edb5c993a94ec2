"""Eight languages: which page offers which, in which script and direction, and what it weighs."""

import gzip
import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone, translation

from tests.factories import people as make
from tests.house.tree import PACKAGE
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role
from traboule.apps.people.forms import InviteForm
from traboule.apps.people.models import Login
from traboule.core.languages import EVERYBODY, STAFF, cldr, contact, interface
from traboule.web.languages import reviews
from traboule.web.templatetags.traboule import say_date, say_day_of_life, say_moment

pytestmark = pytest.mark.django_db
STATIC = PACKAGE / "web" / "static"
RIGHT_TO_LEFT = {"ar", "fa-af"}
FIRST_VIEW, FOLLOWING = 150_000, 60_000


def speaking(language: str, client: Client | None = None) -> Client:
    client = client or Client()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    return client


def offered(page: str) -> list[str]:
    return re.findall(r'<button type="submit" name="language" value="([\w-]+)" lang="[\w-]+" dir="', page)


def test_the_settings_and_the_house_agree_on_the_languages() -> None:
    assert tuple(code for code, _ in django_settings.LANGUAGES) == EVERYBODY
    assert set(reviews()) == set(EVERYBODY)
    assert set(STAFF) < set(EVERYBODY)


@pytest.mark.parametrize(
    ("code", "pages"),
    [
        ("prs", "fa-af"),
        ("fa", "fa-af"),
        ("fa_AF", "fa-af"),
        ("ar", "ar"),
        ("fr-CA", "fr"),
        ("", "fr"),
        ("xx", "fr"),
    ],
)
def test_a_contact_language_finds_its_pages(code: str, pages: str) -> None:
    assert interface(code) == pages


@pytest.mark.parametrize("code", EVERYBODY)
def test_there_and_back_a_language_stays_itself(code: str) -> None:
    assert interface(contact(code)) == code
    assert interface(cldr(code)) == code


@pytest.mark.parametrize("language", EVERYBODY)
def test_a_public_page_speaks_each_language_in_its_direction(language: str, lyon: Branch) -> None:
    page = speaking(language).get("/at/lyon/").content.decode()
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    assert f'<html lang="{language}" dir="{direction}"' in page
    assert offered(page) == list(EVERYBODY)


def test_each_language_bears_its_own_name_in_its_own_script(lyon: Branch) -> None:
    page = speaking("fr").get("/at/lyon/").content.decode()
    for code, name in (("fa-af", "دری"), ("ti", "ትግርኛ"), ("uk", "Українська"), ("nl", "Nederlands")):
        assert re.search(rf'value="{code}" lang="{code}"[^>]*>{name}</button>', page), code


def test_the_switch_keeps_the_page(lyon: Branch) -> None:
    client = Client()
    where = "/at/lyon/mentee/?from=poster"
    page = client.get(where).content.decode()
    assert f'name="next" value="{where}"' in page
    answer = client.post("/language/", {"language": "ar", "next": where}, follow=True)
    assert answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"] == where
    assert 'lang="ar" dir="rtl"' in answer.content.decode()


def test_staff_pages_offer_the_languages_that_are_complete(lyon: Branch, sign_in: SignIn) -> None:
    page = sign_in(at=lyon).get("/b/lyon/today/").content.decode()
    assert offered(page) == list(STAFF)
    assert [code for code, _ in InviteForm(roles=[]).fields["locale"].choices] == list(STAFF)  # type: ignore[attr-defined]  # a ChoiceField


def test_staff_read_a_public_page_in_arabic_and_their_own_in_french(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon, locale="fr", email="claire@example.org")
    page = client.post("/language/", {"language": "ar", "next": "/at/lyon/"}, follow=True).content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert '<html lang="fr"' in client.get("/b/lyon/today/").content.decode()
    assert Login.objects.get(email="claire@example.org").locale == "fr"


def test_a_mentee_keeps_arabic_for_the_messages_too(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.MENTEE, lyon, person=make.mentee(lyon), locale="fr", email="selam@example.org")
    client.post("/language/", {"language": "ar", "next": "/me/"})
    assert Login.objects.get(email="selam@example.org").locale == "ar"


@pytest.mark.parametrize("language", ["ar", "fa-af", "uk", "ti", "es", "nl"])
def test_an_unreviewed_translation_says_so_and_offers_french(language: str, lyon: Branch) -> None:
    page = speaking(language).get("/at/lyon/").content.decode()
    assert 'value="fr" lang="fr" dir="ltr">Lire en français</button>' in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_languages_of_the_house_need_no_such_note(language: str, lyon: Branch) -> None:
    assert "Lire en français" not in speaking(language).get("/at/lyon/").content.decode()


def test_what_is_not_translated_is_said_in_french() -> None:
    with translation.override("ti"):
        assert translation.gettext("Matching table") == "Table de rencontre"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "jeudi 3 décembre 2026"),
        ("en", "Thursday 3 December 2026"),
        ("nl", "donderdag 3 december 2026"),
        ("ar", "الخميس 3 ديسمبر 2026"),
        ("fa-af", "پنجشنبه 3 دسمبر 2026"),
        ("uk", "3 грудня 2026 (чт)"),
        ("ti", "ሓሙስ፣ 3 ታሕሳስ 2026"),
        ("es", "jueves 3 de diciembre de 2026"),
    ],
)
def test_dates_are_said_as_people_say_them_with_western_digits(language: str, said: str) -> None:
    with translation.override(language):
        assert say_day_of_life(date(2026, 12, 3)) in said
        other_year = say_date(date(2019, 12, 3))
    assert "2019" in other_year
    assert re.fullmatch(r"[^٠-٩۰-۹]+", other_year)


@pytest.mark.parametrize("language", ["nl", "ar", "fa-af", "uk", "ti", "es"])
def test_an_hour_is_not_said_the_french_way_in_other_languages(language: str) -> None:
    with translation.override(language):
        assert "10:05" in say_moment(datetime(2026, 12, 3, 9, 5, tzinfo=UTC))


def test_a_date_of_this_year_is_said_with_its_weekday() -> None:
    with translation.override("ar"):
        assert re.match(r"(ال|ا)\w+ 3 ديسمبر", say_date(timezone.localdate().replace(month=12, day=3)))


def weight(page: bytes, *files: str) -> int:
    """What a first view fetches: the page and the files as they travel; fonts are packed already."""
    total = len(gzip.compress(page))
    for name in files:
        data = (STATIC / name).read_bytes()
        total += len(data) if name.endswith(".woff2") else len(gzip.compress(data))
    return total


FRAME = ("vendor/pico/pico.min.css", "traboule/tokens.css", "traboule/components.css", "traboule/mark.svg")
LATIN = tuple(f"traboule/fonts/atkinson-hyperlegible-latin-{w}-normal.woff2" for w in (400, 700))
LETTERS = {
    "ar": tuple(f"traboule/fonts/noto-sans-arabic-{w}.woff2" for w in (400, 700)),
    "fa-af": tuple(f"traboule/fonts/noto-sans-arabic-{w}.woff2" for w in (400, 700)),
    "ti": tuple(f"traboule/fonts/noto-sans-ethiopic-{w}.woff2" for w in (400, 700)),
}
NAME = "traboule/fonts/noto-sans-ethiopic-name.woff2"


@pytest.mark.parametrize("language", EVERYBODY)
@pytest.mark.parametrize(
    "where", ["/at/", "/at/lyon/", "/at/lyon/mentee/", "/at/lyon/mentor/", "/at/lyon/contact/"]
)
def test_public_pages_are_light_on_an_old_phone(where: str, language: str, lyon: Branch) -> None:
    make.branch(slug="lille")
    page = speaking(language).get(where).content
    first = weight(page, *FRAME, *LATIN, NAME, *LETTERS.get(language, ()))
    assert first <= FIRST_VIEW
    assert len(gzip.compress(page)) <= FOLLOWING
    assert len(page) <= 30_000


def test_letters_of_other_scripts_are_fetched_by_pages_in_these_languages_only() -> None:
    tokens = (STATIC / "traboule" / "tokens.css").read_text("utf-8")
    house = re.search(r"^  --font: (.*);$", tokens, re.MULTILINE)
    assert house is not None
    assert "Noto Sans Arabic" not in house.group(1)
    assert "Noto Sans Ethiopic" not in house.group(1)
    assert ":root:lang(ti)" in tokens
    for name in re.findall(r'url\("(fonts/[^"]+)"\)', tokens):
        assert (STATIC / "traboule" / name).is_file(), name
