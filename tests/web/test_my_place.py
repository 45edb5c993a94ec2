"""The place of a mentee or a mentor: where they are, what is written; and never a note of the team."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from tests.web.conftest import SignIn
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people import actions
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Channel, MenteeState, MentorState, Readers, Role
from traboule.apps.people.models import Login, MenteeProfile, Person
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.languages import EVERYBODY
from traboule.core.links import withdraw_links
from traboule.core.models import Link
from traboule.web.mentee import slots

pytestmark = pytest.mark.django_db
CANARY = "zebra-canary-for-the-team-only"
SHARED = "We said that you call the school."


def door(person: Person) -> str:
    address = my_place_address(person=person, now=timezone.now())
    return "/" + address.split("/", 3)[3]


def mentee(lyon: Branch, **fields: Any) -> Person:
    person = make.mentee(lyon, first_name="Selam", contact_language="en", **fields)
    colleague = make.coordinator(lyon, name="Claire Vasseur")
    for text, readers in ((CANARY, Readers.STAFF), (SHARED, Readers.SHARED)):
        actions.log_note(
            person=person,
            text=text,
            readers=readers,
            by=colleague,
            now=NOW,
            next_step=f"step {CANARY}",
            next_step_on=TODAY,
        )
    return person


def apply(person: Person, side: str, state: ApplicationState, **fields: Any) -> Application:
    return Application.everywhere.create(
        branch=person.branch,
        person=person,
        side=side,
        state=state,
        started_at=NOW,
        saved_at=NOW,
        sent_at=NOW,
        moved_at=NOW,
        **fields,
    )


@pytest.mark.parametrize("show", ["", "?show=written", "?show=hear", "?show=stop", "?show=anything"])
def test_a_note_of_the_team_is_on_no_page_of_the_person(show: str, lyon: Branch) -> None:
    page = Client().get(door(mentee(lyon)) + show)
    assert page.status_code == 200
    assert CANARY not in page.content.decode()


def test_what_is_written_is_the_fields_and_the_shared_notes(lyon: Branch) -> None:
    person = mentee(lyon, email="selam@example.org", needs=["cv"], languages={"ti": 6})
    page = Client().get(door(person) + "?show=written").content.decode()
    assert SHARED in page
    assert '<span class="ltr">selam@example.org</span>' in page
    assert "Tigrinya C2" in page
    assert "CV" in page


@pytest.mark.parametrize("language", EVERYBODY)
def test_the_place_speaks_each_language(language: str, lyon: Branch) -> None:
    person = mentee(lyon)
    client = Client()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    for show in ("", "?show=written", "?show=hear", "?show=stop"):
        page = client.get(door(person) + show).content.decode()
        direction = "rtl" if language in {"ar", "fa-af"} else "ltr"
        assert f'<html lang="{language}" dir="{direction}"' in page
    assert "<bdi>Selam</bdi>" in client.get(door(person)).content.decode()


def test_without_a_choice_the_link_speaks_the_language_of_the_person(lyon: Branch) -> None:
    person = make.mentee(lyon, contact_language="prs")
    assert '<html lang="fa-af" dir="rtl"' in Client().get(door(person)).content.decode()


def here(page: str) -> str:
    return page.split('aria-current="step"><span>')[1].split("<")[0].strip()


@pytest.mark.parametrize(
    ("state", "now"),
    [
        (ApplicationState.SENT, "We talk together"),
        (ApplicationState.TALK_PLANNED, "We talk together"),
        (ApplicationState.TALK_HELD, "You hear our answer"),
    ],
)
def test_the_path_of_an_applicant_follows_the_application(
    state: ApplicationState, now: str, lyon: Branch
) -> None:
    person = make.PersonFactory(branch=lyon, contact_language="en")
    apply(person, "mentee", state)
    assert here(Client().get(door(person)).content.decode()) == now


@pytest.mark.parametrize(
    "state", [ApplicationState.REFUSED, ApplicationState.DEFERRED, ApplicationState.WITHDRAWN]
)
def test_whoever_was_refused_sees_no_state_of_the_team(state: ApplicationState, lyon: Branch) -> None:
    person = make.PersonFactory(branch=lyon, contact_language="en")
    apply(person, "mentee", state)
    page = Client().get(door(person)).content.decode()
    assert "Nothing is open between us now." in page
    for word in ("refus", "declin", "defer", "put off", "withdrawn", str(state.label)):
        assert word not in page.split("<main")[1].lower()


def test_a_mentee_in_the_pool_and_a_mentor_in_training_see_their_step(lyon: Branch) -> None:
    waits = make.mentee(lyon, contact_language="en")
    learns = make.mentor(lyon, contact_language="en", state=MentorState.NEW, trained_on=None)
    apply(learns, "mentor", ApplicationState.ACCEPTED)
    assert here(Client().get(door(waits)).content.decode()) == "We look for a mentor"
    assert here(Client().get(door(learns)).content.decode()) == "You do the training"


def test_the_date_of_the_next_news_is_said_and_absent_if_nobody_promised_one(
    lyon: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = door(mentee(lyon))
    assert "Next news" not in Client().get(where).content.decode()
    monkeypatch.setattr(slots, "next_news", lambda person_id: date(2030, 12, 3))
    page = Client().get(where).content.decode()
    assert "Tuesday 3 December 2030" in page
    assert "even if we have found nobody yet" in page


def test_a_scanner_that_opens_every_link_changes_nothing(lyon: Branch) -> None:
    person = mentee(lyon)
    where, before = door(person), audit.entries(lyon.pk).count()
    for show in ("", "?show=stop", "?act=stop", "?act=talk"):
        Client().get(where + show)
        Client().head(where + show)
    assert audit.entries(lyon.pk).count() == before
    assert not OpenStep.everywhere.exists()


def test_asking_to_talk_opens_one_step_however_often(lyon: Branch) -> None:
    where = door(mentee(lyon))
    client = Client()
    for _ in range(3):
        page = client.post(where, {"act": "talk"}, follow=True).content.decode()
        assert "Somebody of the team contacts you by tomorrow." in page
    step = OpenStep.everywhere.get()
    assert (step.kind, step.closed_at) == ("asks_to_talk", None)


def test_the_step_stands_on_the_page_of_today(lyon: Branch, sign_in: SignIn) -> None:
    Client().post(door(mentee(lyon)), {"act": "talk"})
    assert "Asks to talk with somebody" in sign_in(at=lyon).get("/b/lyon/today/").content.decode()


def test_language_and_channel_are_changed_for_messages_and_login(lyon: Branch) -> None:
    person = mentee(lyon, phone="+33612345678")
    make.login(Role.MENTEE, lyon, person=person, locale="fr")
    client = Client()
    answer = client.post(door(person), {"act": "hear", "language": "fa-af", "channel": "sms"}, follow=True)
    person.refresh_from_db()
    assert (person.contact_language, person.channel) == ("prs", Channel.SMS)
    assert Login.objects.get(person=person).locale == "fa-af"
    assert '<html lang="fa-af" dir="rtl"' in answer.content.decode()


def test_a_channel_without_an_address_is_refused_in_words(lyon: Branch) -> None:
    person = mentee(lyon, phone="")
    answer = Client().post(door(person), {"act": "hear", "language": "en", "channel": "sms"})
    assert answer.status_code == 422
    assert "We have no address for this way." in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{"language": "xx", "channel": "sms"}, {"language": "en", "channel": "owl"}, {}]
)
def test_values_that_no_page_offers_change_nothing(sent: dict[str, str], lyon: Branch) -> None:
    person = mentee(lyon)
    assert Client().post(door(person), {"act": "hear", **sent}).status_code == 422
    person.refresh_from_db()
    assert person.contact_language == "en"


def test_stopping_withdraws_leaves_the_pool_and_tells_the_team(lyon: Branch) -> None:
    person = mentee(lyon)
    application = apply(person, "mentee", ApplicationState.SENT)
    Client().post(door(person), {"act": "stop"})
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert MenteeProfile.everywhere.get(person=person).state == MenteeState.LEFT
    assert OpenStep.everywhere.get().kind == "wants_to_stop"


def test_somebody_in_a_duo_is_called_first(lyon: Branch) -> None:
    from tests.factories import pairing

    person = mentee(lyon)
    pairing.duo(person, make.mentor(lyon), make.coordinator(lyon))
    Client().post(door(person), {"act": "stop"})
    assert MenteeProfile.everywhere.get(person=person).state == MenteeState.MATCHED
    assert OpenStep.everywhere.get().kind == "wants_to_stop"


def test_a_link_that_was_withdrawn_or_is_over_opens_nothing(lyon: Branch) -> None:
    person = mentee(lyon)
    old = my_place_address(person=person, now=timezone.now() - timedelta(days=91))
    where = door(person)
    withdraw_links(subject_type="person", subject_id=person.pk, now=timezone.now(), right="other.right")
    assert Client().get(where).status_code == 200
    withdraw_links(subject_type="person", subject_id=person.pk, now=timezone.now())
    assert Client().get(where).status_code == 404
    assert Client().post("/" + old.split("/", 3)[3], {"act": "stop"}).status_code in {404, 410}
    assert not OpenStep.everywhere.exists()


def test_the_link_of_a_person_who_was_erased_opens_nothing(lyon: Branch) -> None:
    person = make.mentee(lyon)
    where = door(person)
    person.delete()
    assert Client().get(where).status_code == 404


def test_signed_in_the_first_page_is_the_own_place(lyon: Branch, sign_in: SignIn) -> None:
    person = mentee(lyon)
    client = sign_in(Role.MENTEE, lyon, person=person)
    assert client.get("/").headers["Location"] == "/me/"
    page = client.get("/me/?show=written").content.decode()
    assert SHARED in page
    assert CANARY not in page
    assert client.post("/me/", {"act": "talk"}).status_code == 302
    assert OpenStep.everywhere.get().person_id == person.pk


def test_signed_in_nobody_sees_the_place_of_somebody_else(lyon: Branch, sign_in: SignIn) -> None:
    other = make.mentee(lyon, first_name="Otherwise")
    page = sign_in(Role.MENTEE, lyon, person=mentee(lyon)).get("/me/?show=written").content.decode()
    assert other.first_name not in page


def test_without_a_role_there_is_no_place(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(None, person=mentee(lyon))
    assert SHARED not in client.get("/me/?show=written").content.decode()


def test_a_visitor_is_sent_to_the_door(client: Client) -> None:
    assert client.get("/me/").headers["Location"].startswith("/accounts/login/")


def test_a_link_that_has_ended_is_sent_anew_to_the_person_and_never_shown(lyon: Branch) -> None:
    person = make.mentee(lyon, first_name="Selam", contact_language="en", email="selam@example.org")
    old, other = door(person), my_place_address(person=person, now=timezone.now())
    Link.objects.update(ends_at=timezone.now())
    page = Client().get(old)
    assert page.status_code == 410
    assert "Send me a new link" in page.content.decode()
    assert Message.everywhere.count() == 0
    sent = Client().post(old)
    assert "The link is on its way to you." in sent.content.decode()
    Client().post("/" + other.split("/", 3)[3])  # asked for twice on a day: sent once
    message = Message.everywhere.get(kind="place.link")
    assert (message.person, message.address) == (person, "selam@example.org")
    found = re.search(r"/l/\w+/", message.body)
    assert found is not None
    assert found.group() not in page.content.decode() + sent.content.decode()
    assert "Selam" in Client().get(found.group()).content.decode()


def test_a_link_that_was_withdrawn_is_not_sent_anew(lyon: Branch) -> None:
    person = make.mentee(lyon, first_name="Selam", contact_language="en", email="selam@example.org")
    old = door(person)
    withdraw_links(subject_type="person", subject_id=person.pk, now=timezone.now())
    assert Client().post(old).status_code == 404
    assert not Message.everywhere.exists()
