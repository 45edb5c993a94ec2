"""What a person reads in Arabic is Arabic: no French and no English is left on the pages of their way in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from tests.factories import judging as app
from tests.factories import people as make
from traboule.apps.applications.actions import talk_notes
from traboule.apps.applications.enums_judging import TalkWay
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.actions.consents import give_consents
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import ConsentPurpose, Readers
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.links import digest_of
from traboule.core.models import Link

pytestmark = pytest.mark.django_db
# Names, a street, and what is written alike everywhere.
ALLOWED = {"Selam", "Tesfay", "Lyon", "Claire", "Karim", "SMS", "rue", "de", "la", "Paix", "Traboule"}


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Claire")


@pytest.fixture
def selam(lyon: Branch) -> Person:
    person = make.mentee(
        lyon,
        first_name="Selam",
        last_name="Tesfay",
        contact_language="ar",
        commune_name="Lyon",
        external_id="",
        email="",
        groups={"schooling": "master"},
        needs=["cv"],
        gender="f",
        occupations=[],
        way_pace=4,
    )
    give_consents(person=person, purposes=list(ConsentPurpose), by=make.coordinator(lyon), now=timezone.now())
    return person


def foreign(address: str) -> list[str]:
    """Words in Latin letters on a page, names and what always reads from left to right apart."""
    client = Client()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "ar"
    page = client.get(address)
    assert page.status_code == 200
    main = BeautifulSoup(page.content, "html.parser").select_one("main")
    assert main is not None
    for tag in main.select(".ltr, script"):
        tag.decompose()
    words = re.findall(r"[A-Za-zÀ-ÿ]{2,}", main.get_text(" "))
    return [word for word in words if word not in ALLOWED]


def door(person: Person) -> str:
    return "/" + my_place_address(person=person, now=timezone.now()).split("/", 3)[3]


@pytest.mark.parametrize(
    "show", ["", "?show=wishes", "?show=agreed", "?show=agreed&ask=programme", "?show=hear"]
)
def test_my_place_is_arabic(show: str, selam: Person) -> None:
    found = foreign(door(selam) + show)
    if show == "?show=hear":  # each language bears its own name
        found = [word for word in found if word not in {"English", "Français", "Nederlands", "Español"}]
    assert found == []


def test_what_is_written_about_me_is_arabic(selam: Person) -> None:
    # The language that she speaks has its level beside it.
    assert [word for word in foreign(door(selam) + "?show=written") if word not in {"B1", "km"}] == []


def link_of(kind: str) -> str:
    body = Message.everywhere.get(kind=kind).body
    secret = body.split("/l/")[1].split("/")[0]
    assert Link.objects.filter(digest=digest_of(secret)).exists()
    return f"/l/{secret}/"


@pytest.mark.parametrize("way", TalkWay.values)
def test_the_talk_says_how_we_meet_in_arabic(way: str, lyon: Branch, claire: Actor, selam: Person) -> None:
    talk = app.talk(app.application(lyon, person=selam), claire, starts_at=timezone.now() + timedelta(days=2))
    type(talk).everywhere.update(way=way)
    assert foreign(link_of("talk.planned")) == []


def test_shared_notes_ask_their_questions_in_arabic(lyon: Branch, claire: Actor, selam: Person) -> None:
    now: Any = timezone.now()
    talk = app.talk(app.application(lyon, person=selam), claire, starts_at=now + timedelta(days=2))
    notes = talk_notes.start_notes(talk=talk, readers=Readers.SHARED, by=claire, now=now)
    fields = {
        "answers": dict.fromkeys(("path", "now", "plan", "six_months", "worry", "meeting", "hard"), "–"),
        "way_pace": 1,
        "way_directness": 3,
        "way_listening": 5,
        "way_structure": 2,
        "way_humour": 4,
    }
    saved = talk_notes.save_notes(notes=notes, fields=fields, revision=notes.revision, by=claire, now=now)
    talk_notes.finish_notes(notes=saved, by=claire, now=now)
    assert foreign(link_of("talk.notes_shared")) == []
