"""Pages about changes and the end: for the team, for each of the two by link, and what neither sees."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import endings as app
from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions.choices import ask_choice
from traboule.apps.endings.actions.well_being import ask_well_being
from traboule.apps.endings.models import (
    Certificate,
    ClosingTalk,
    EndWord,
    Extension,
    MentorChoice,
    WellBeing,
)
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Avoid, Consent, Person
from traboule.apps.people.queries import actor_of
from traboule.core.links import make_link
from traboule.core.models import AuditEntry
from traboule.web.coordinator import again

pytestmark = pytest.mark.django_db
BUDGET = 15
CANARY = "zebra-canary-why-it-ended"


def place(person: Person) -> str:
    return "/" + my_place_address(person=person, now=timezone.now()).split("/", 3)[3]


def link(right: str, kind: str, pk: int, duo: Duo) -> str:
    now = timezone.now()
    ends_at = now + timedelta(days=9)
    secret = make_link(
        right=right, subject_type=kind, subject_id=pk, scope=duo.branch_id, now=now, ends_at=ends_at
    )
    return f"/l/{secret}/"


def text_of(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def to(name: str, *args: object) -> str:
    return reverse(name, args=["lyon", *args])


def today_duo(lyon: Branch, **more: Any) -> Duo:
    now = timezone.now()
    return app.duo(lyon, started_on=timezone.localdate() - timedelta(days=170), now=now, **more)


def ended(lyon: Branch, client: Client, how: str = "early", **more: Any) -> Duo:
    duo = today_duo(lyon, **more)
    data = {"closed_on": timezone.localdate(), "reason": "no_time", "certify": "on", "apart": "on"}
    assert client.post(to("duo_end", duo.pk, how), data).status_code == 302
    duo.refresh_from_db()
    return duo


def test_the_team_ends_a_duo_early_and_its_page_says_how(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo = today_duo(lyon)
    where = to("duo_end", duo.pk, "early")
    assert "nobody’s fault" in client.get(where).content.decode()
    day = timezone.localdate()
    for wrong in ({"closed_on": day}, {"closed_on": day + timedelta(1), "reason": "no_time"}):
        assert client.post(where, wrong).status_code == 422
    client.post(where, {"closed_on": day, "reason": "no_time", "wait_again": "on"})
    duo.refresh_from_db()
    assert (duo.state, duo.close_reason) == ("closed", "no_time")
    page = text_of(client.get(to("duo", duo.pk)))
    assert "Each side was asked apart." in page
    assert client.get(where).status_code == 302  # it has ended: nothing to end


def test_each_side_says_why_by_link_and_the_other_never_reads_it(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo = ended(lyon, client)
    word = EndWord.everywhere.get(side="mentee")
    door, guest = link("ending.word", "endword", word.pk, duo), Client()
    assert "Why did it end, as you see it?" in guest.get(door).content.decode()
    assert guest.post(door, {"act": "end-word"}).status_code == 422
    assert guest.post(door, {"reasons": ["rhythm"], "words": CANARY}).status_code == 200
    word.refresh_from_db()
    assert (word.reasons, word.said_by) == (["rhythm"], None)
    for person in (duo.mentor, duo.mentee):
        for show in ("", "?show=end-word", "?show=written"):
            assert CANARY not in guest.get(place(person) + show).content.decode()
    other = EndWord.everywhere.get(side="mentor")
    assert CANARY not in guest.get(link("ending.word", "endword", other.pk, duo)).content.decode()
    assert CANARY in client.get(to("duo", duo.pk)).content.decode()


def test_the_team_writes_down_what_a_side_said(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo = ended(lyon, client)
    where = to("duo_end_word", duo.pk, "mentor")
    assert client.get(where).status_code == 200
    client.post(where, {"reasons": ["heavy"], "words": ""})
    assert EndWord.everywhere.get(side="mentor").reasons == ["heavy"]
    assert client.get(to("duo_end_word", duo.pk, "nobody")).status_code == 404


def test_a_change_of_mentor_keeps_the_two_apart_unless_told_otherwise(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo = ended(lyon, client, "change")
    assert duo.close_reason == CloseReason.CHANGE_OF_MENTOR
    assert Avoid.everywhere.get().other == duo.mentor
    assert "We are looking for a mentor for you." in text_of(Client().get(place(duo.mentee)))


def test_both_go_on_longer_by_link_and_by_the_hand_of_the_team(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo = today_duo(lyon)
    where, later = to("duo_extend", duo.pk), duo.ends_on + timedelta(weeks=6)
    assert client.post(where, {"new_end": duo.ends_on, "reason": "french"}).status_code == 422
    client.post(where, {"new_end": later, "reason": "french"})
    row = Extension.everywhere.get()
    door, guest = link("extension.mentee", "extension", row.pk, duo), Client()
    assert "A no does no harm" in text_of(guest.get(door))
    assert "Go on together" in text_of(guest.get(place(duo.mentor)))
    guest.post(door, {"answer": "yes"})
    assert "yes" in text_of(client.get(to("duo", duo.pk)))
    client.post(to("extension_act", row.pk), {"act": "yes", "side": "mentor"})
    duo.refresh_from_db()
    assert duo.ends_on == later
    assert "Nothing is open here." in text_of(guest.get(link("extension.mentor", "extension", row.pk, duo)))


def test_a_duo_rests_and_goes_on(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo = today_duo(lyon)
    for act, state in (("rest", "paused"), ("go_on", "active")):
        client.post(to("duo_rest", duo.pk), {"act": act})
        duo.refresh_from_db()
        assert duo.state == state


def test_the_closing_talk_has_a_guide_and_is_written_down(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo = today_duo(lyon)
    app.asked_to_go_on(duo)
    where = to("closing_talk", duo.pk)
    assert "Let the mentee speak first." in client.get(where).content.decode()
    day = timezone.localdate()
    assert client.post(where, {"held_on": day + timedelta(1), "present": "both"}).status_code == 422
    client.post(where, {"held_on": day, "present": "both", "words": CANARY})
    assert ClosingTalk.everywhere.get().words == CANARY
    assert CANARY not in Client().get(place(duo.mentee)).content.decode()


def test_the_papers_are_tagged_pdfs_in_three_languages_that_name_one_person(
    lyon: Branch, sign_in: SignIn
) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo = ended(lyon, client, "done", met=2)
    for row in Certificate.everywhere.all():
        for language in ("fr", "nl", "en"):
            answer = client.get(to("duo_certificate", duo.pk, row.side), {"language": language})
            assert answer["Content-Type"] == "application/pdf"
            assert b"/MarkInfo" in answer.content or b"/StructTreeRoot" in answer.content
    paper = Certificate.everywhere.get(side="mentee")
    door, guest = link("certificate.read", "certificate", paper.pk, duo), Client()
    assert "names nobody but you" in text_of(guest.get(door))
    assert guest.get(door, {"language": "fr"}).content.startswith(b"%PDF")
    own = guest.get(place(duo.mentee) + f"?show=papers&paper={paper.pk}&language=en")
    assert own.content.startswith(b"%PDF")
    other = guest.get(place(duo.mentor) + f"?show=papers&paper={paper.pk}&language=en")
    assert not other.content.startswith(b"%PDF")  # a paper opens for its own person only


def test_a_mentor_says_what_comes_next_and_reads_what_it_brought(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo = ended(lyon, client, "done")
    choice = MentorChoice.everywhere.get()
    door, guest = link("mentor.onward", "mentorchoice", choice.pk, duo), Client()
    assert guest.get(door).status_code == 200
    assert guest.post(door, {"onward": "rest"}).status_code == 422
    day = timezone.localdate() + timedelta(days=90)
    said = {"onward": "rest", "ask_again_on": day, "useful": "5"}
    assert guest.post(door, said).status_code == 200
    choice.refresh_from_db()
    assert (choice.onward, choice.ask_again_on, choice.useful) == ("rest", day, 5)
    page = text_of(guest.get(place(duo.mentor)))
    assert "I feel useful." in page
    assert "Yes, fully" in page
    assert "I feel useful." not in text_of(client.get(to("duo", duo.pk)))  # the team reads means only
    client.post(to("mentor_choice", duo.pk), {"onward": "again"})
    choice.refresh_from_db()
    assert (choice.onward, choice.useful) == ("again", 5)


def test_a_mentor_says_how_they_are_or_would_rather_not(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo, now = today_duo(lyon), timezone.now() - timedelta(hours=1)
    first = ask_well_being(duo=duo, month=2, by=app.app.LINK, now=now)
    door, guest = link("wellbeing.answer", "wellbeing", first.pk, duo), Client()
    assert guest.post(door, {}).status_code == 422
    guest.post(door, {"load": "heavy", "wants_talk": "on", "words": CANARY})
    assert CANARY in client.get(to("duo", duo.pk)).content.decode()
    assert CANARY not in guest.get(place(duo.mentee)).content.decode()
    second = ask_well_being(duo=duo, month=4, by=app.app.LINK, now=now)
    guest.post(place(duo.mentor), {"act": "well-being", "skip": "1"})
    assert WellBeing.everywhere.get(pk=second.pk).skipped_at is not None


def test_alumni_agree_on_their_place_and_take_it_back_there(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo = ended(lyon, client, "done")
    guest, door = Client(), place(duo.mentee)
    assert "Yes, you may write to me" in text_of(guest.get(door))
    guest.post(door, {"act": "alumni"})
    assert Consent.everywhere.get(withdrawn_at=None, purpose="alumni").person == duo.mentee
    assert duo.mentee.display_name in text_of(client.get(to("again")))
    guest.post(door, {"act": "take_back", "purpose": "alumni"})
    assert duo.mentee.display_name not in text_of(client.get(to("again")))


def test_alumni_stand_on_several_pages_and_nobody_is_left_out(
    lyon: Branch, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    people = [ended(lyon, client, "done").mentee for _number in range(2)]
    for person in people:
        Client().post(place(person), {"act": "alumni"})
    monkeypatch.setattr(again, "PEOPLE_A_PAGE", 1)
    first, second = (text_of(client.get(to("again") + f"?page={number}")) for number in (1, 2))
    for person in people:
        assert (person.display_name in first) != (person.display_name in second)


def test_who_is_asked_later_is_counted_where_the_list_ends(
    lyon: Branch, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    day = timezone.localdate() + timedelta(days=90)
    monkeypatch.setattr(again, "PEOPLE_A_PAGE", 1)
    page = text_of(client.get(to("again")))
    assert ("Nobody named a day." in page, "asked later" in page) == (True, False)
    for said in ("", "1 more is asked later."):
        duo = ended(lyon, client, "done")
        ask_choice(duo=duo, by=actor_of(make.login(Role.COORDINATOR, lyon)), now=timezone.now())
        client.post(to("mentor_choice", duo.pk), {"onward": "rest", "ask_again_on": day})
        assert said in text_of(client.get(to("again")))


def test_reading_by_link_writes_nothing(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duo = ended(lyon, client, "done")
    door, guest = place(duo.mentor), Client()
    before = AuditEntry.objects.count()
    for show in ("end-word", "extension", "onward", "well-being", "papers"):
        assert guest.get(f"{door}?show={show}").status_code == 200
    assert AuditEntry.objects.count() == before


def queries(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(where).status_code == 200
    return len(seen)


def test_the_pages_stay_in_the_budget_however_many_duos_ended(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    by = actor_of(make.login(Role.COORDINATOR, lyon))
    last = ended(lyon, client, "early")
    ask_choice(duo=last, by=by, now=timezone.now())
    queries(client, to("again"))
    few = queries(client, to("again"))
    for _ in range(4):
        ended(lyon, client, "done")
    running = today_duo(lyon)
    app.asked_to_go_on(running)
    assert queries(client, to("again")) <= min(few, BUDGET)
    pages = [
        to("duo", last.pk), to("duo", running.pk), to("duo_end", running.pk, "change"),
        to("duo_extend", running.pk), to("closing_talk", running.pk), to("mentor_choice", last.pk),
        to("duo_end_word", last.pk, "mentee"),
    ]  # fmt: skip
    found = {page: queries(client, page) for page in pages}
    found |= {f"place {side}": queries(Client(), place(getattr(last, side))) for side in ("mentee", "mentor")}
    found |= {
        f"in duo {side}": queries(Client(), place(getattr(running, side))) for side in ("mentee", "mentor")
    }
    assert {page: number for page, number in found.items() if number > BUDGET} == {}


@pytest.mark.parametrize(
    ("how", "said"), [("done", "Your time as a duo is done"), ("early", "Nothing is open between us now.")]
)
def test_after_the_whole_way_my_place_speaks_of_it(
    lyon: Branch, sign_in: SignIn, how: str, said: str
) -> None:
    duo = ended(lyon, sign_in(at=lyon), how)
    assert said in text_of(Client().get(place(duo.mentee)))
