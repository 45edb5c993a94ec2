"""Talks, eligibility and decisions as pages: forms, drafts, the letter before it leaves, links, the log."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from tests.factories import judging as app
from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.applications.actions import decisions, eligibility, talk_notes, talks
from traboule.apps.applications.enums_judging import Outcome, Reason
from traboule.apps.applications.models import (
    Application,
    Decision,
    Funder,
    Judgement,
    SensitiveFact,
    Talk,
    TalkNotes,
)
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Readers, Role, Side
from traboule.apps.people.models import Login
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor
from traboule.core.models import AuditEntry
from traboule.core.registry import ACCEPTANCE
from traboule.web.access import Here
from traboule.web.coordinator import judging_panels

pytestmark = pytest.mark.django_db


def url(name: str, *arguments: Any) -> str:
    return reverse(name, args=["lyon", *arguments])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture(autouse=True)
def nothing_else_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other parts ask for before an acceptance is tested with them."""
    monkeypatch.setattr(ACCEPTANCE, "_handlers", {})


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Claire")


@pytest.fixture
def client(lyon: Branch, claire: Actor, settings: Any) -> Client:
    settings.TRABOULE_STAFF_SECOND_FACTOR = False
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(Login.objects.get(pk=claire.id))
    return browser


def ahead(of: Application, by: Actor, **more: Any) -> Talk:
    """A talk tomorrow by the clock on the wall: pages read that one."""
    now = timezone.now()
    host = Login.objects.get(pk=by.id)
    return talks.plan_talk(
        application=of, starts_at=now + timedelta(days=1), host=host, by=by, now=now, **more
    )


def plan_data(claire: Actor, **changes: Any) -> dict[str, Any]:
    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    said = {"day": day, "hour": "10:00", "minutes": 45, "way": "place", "where": "Here", "host": claire.id}
    return {**said, **changes}


def test_a_talk_is_planned_by_its_form_and_the_errors_say_what_to_do(
    client: Client, lyon: Branch, claire: Actor
) -> None:
    of = app.application(lyon)
    wrong = client.post(url("talk_plan", of.pk), plan_data(claire, day="2020-01-01"))
    assert (wrong.status_code, Talk.everywhere.count()) == (422, 0)
    assert "This time is over" in text_of(wrong)
    nowhere = client.post(url("talk_plan", of.pk), plan_data(claire, where=""))
    assert "Where do you meet?" in text_of(nowhere)
    client.post(url("talk_plan", of.pk), plan_data(claire))
    talk = Talk.everywhere.get()
    assert client.get(url("talk_plan", of.pk))["Location"] == url("talk", talk.pk)
    assert client.get(url("talks")).status_code == 200


def test_notes_begin_with_their_readers_and_a_draft_is_kept_while_writing(
    client: Client, lyon: Branch, claire: Actor
) -> None:
    talk = ahead(app.application(lyon), claire)
    client.post(url("talk_start", talk.pk), {})
    assert TalkNotes.everywhere.count() == 0
    client.post(url("talk_start", talk.pk), {"readers": "staff"})
    quiet = client.post(
        url("talk_notes", talk.pk),
        {"revision": 1, "answer_path": "Two years of sewing", "way_pace": "9"},
        headers={"hx-request": "true"},
    )
    assert "Saved at" in text_of(quiet)
    assert 'value="2"' in text_of(quiet)  # the page goes on from the saved revision
    page = text_of(client.get(url("talk_notes", talk.pk)))
    assert "Two years of sewing" in page
    stale = client.post(url("talk_notes", talk.pk), {"revision": 1, "answer_path": "Typed elsewhere"})
    assert (stale.status_code, "Typed elsewhere" in text_of(stale)) == (409, True)
    client.post(url("talk_notes", talk.pk), {"revision": 2, "answer_path": "Both", "act": "finish"})
    talk.refresh_from_db()
    assert (talk.state, TalkNotes.everywhere.get().answers["path"]) == ("held", "Both")
    assert "Both" in text_of(client.get(url("talk", talk.pk)))


def test_the_second_assessor_does_not_read_the_first_ones_notes_on_any_page(
    client: Client, lyon: Branch, claire: Actor
) -> None:
    mehdi = make.coordinator(lyon)
    talk = ahead(app.application(lyon), mehdi, second=Login.objects.get(pk=claire.id))
    now = timezone.now()
    notes = talk_notes.start_notes(talk=talk, readers=Readers.STAFF, by=mehdi, now=now)
    notes = talk_notes.save_notes(
        notes=notes, fields={"answers": {"path": "CANARY"}}, revision=1, by=mehdi, now=now
    )
    talk_notes.finish_notes(notes=notes, by=mehdi, now=now)
    assert "CANARY" not in text_of(client.get(url("talk", talk.pk)))
    client.post(url("talk_start", talk.pk), {"readers": "staff"})
    assert "CANARY" not in text_of(client.get(url("talk_notes", talk.pk)))
    client.post(url("talk_notes", talk.pk), {"revision": 1, "way_pace": "2", "act": "finish"})
    assert "CANARY" in text_of(client.get(url("talk", talk.pk)))
    client.post(url("talk_agree", talk.pk), {"way_pace": "3"})
    assert talk.application.person is not None
    talk.application.person.refresh_from_db()
    assert talk.application.person.way_pace == 3


def test_a_mail_scanner_changes_nothing_and_a_press_asks_for_another_date(
    lyon: Branch, claire: Actor
) -> None:
    talk = ahead(app.application(lyon), claire)
    link = "/l/" + Message.everywhere.get(kind="talk.planned").body.split("/l/")[1].split()[0]
    visitor = Client(headers={"cookie": "language=en"})
    assert visitor.get(link).status_code == 200
    talk.refresh_from_db()
    assert (talk.state, talk.wish) == ("planned", "")
    visitor.post(link, {"act": "move", "wish": "After five"})
    talk.refresh_from_db()
    assert talk.wish == "After five"
    assert "cancelled" in text_of(visitor.post(link, {"act": "cancel"}))
    assert visitor.get(link).status_code == 404  # withdrawn with the talk
    talk.refresh_from_db()
    assert talk.state == "cancelled"


def test_shared_notes_open_by_their_link_and_never_those_of_the_team(lyon: Branch, claire: Actor) -> None:
    for readers, status in ((Readers.SHARED, 200), (Readers.STAFF, 404)):
        talk = ahead(app.application(lyon), claire)
        now = timezone.now()
        notes = talk_notes.start_notes(talk=talk, readers=Readers.SHARED, by=claire, now=now)
        talk_notes.finish_notes(notes=notes, by=claire, now=now)
        TalkNotes.everywhere.filter(pk=notes.pk).update(readers=readers, answers={"path": "Sewing"})
        body = Message.everywhere.filter(kind="talk.notes_shared").latest("pk").body
        answer = Client().get("/l/" + body.split("/l/")[1].split()[0])
        assert (answer.status_code, "Sewing" in text_of(answer)) == (status, status == 200)


def test_rules_are_judged_by_a_form_and_only_what_changed_is_written(
    client: Client, lyon: Branch, claire: Actor
) -> None:
    rules = app.rules(lyon, make.actor(Role.DIRECTOR, lyon))
    of = app.application(lyon)
    where = url("eligibility_judge", of.pk, rules.pk)
    assert "looks met" in text_of(client.get(where))
    said = {"age-answer": "yes", "place-answer": "not_asked", "agrees-answer": "no"}
    wrong = client.post(where, {**said, "age-evidence": "ID"})
    assert (wrong.status_code, Judgement.everywhere.count()) == (422, 0)
    assert "On which day did you see it?" in text_of(wrong)
    day = timezone.now().date().isoformat()
    client.post(where, {**said, "age-evidence": "ID", "age-seen_on": day})
    found = dict(Judgement.everywhere.values_list("rule_code", "verdict"))
    assert found == {"age": "met", "agrees": "not_met"}
    page = text_of(client.get(url("eligibility", of.pk)))
    assert "Does not count" in page
    assert "Claire" in page


def test_who_sent_the_person_is_told_that_a_colleague_judges(
    client: Client, lyon: Branch, claire: Actor
) -> None:
    rules = app.rules(lyon, make.actor(Role.DIRECTOR, lyon))
    of = app.application(lyon, referred_by=Login.objects.get(pk=claire.id))
    assert "A colleague judges instead of you." in text_of(client.get(url("eligibility", of.pk)))
    said = {"age-answer": "no", "place-answer": "no", "agrees-answer": "no"}
    client.post(url("eligibility_judge", of.pk, rules.pk), said)
    assert Judgement.everywhere.count() == 0


def test_a_new_version_is_written_by_its_form(sign_in: SignIn, lyon: Branch) -> None:
    director = sign_in(Role.DIRECTOR, lyon)
    director.post(url("funder_add"), {"name": "Plan"})
    where = url("eligibility_version", Funder.everywhere.get().pk)
    assert director.get(where).status_code == 200
    form = {"rule-TOTAL_FORMS": 2, "rule-INITIAL_FORMS": 0, "valid_from": "2026-01-01"}
    rule = {"rule-0-sentence": "Is 18 to 30.", "rule-0-kind": "age", "rule-1-kind": "question"}
    wrong = director.post(where, {**form, **rule})
    assert wrong.status_code == 422
    made = director.post(
        where, {**form, **rule, "rule-0-low": 18, "rule-0-high": 30, "rule-0-evidence": "ID"}
    )
    assert made.status_code == 302
    page = text_of(director.get(url("eligibility_rules")))
    assert "Is 18 to 30." in page
    assert 'value="18"' in text_of(director.get(where))


def test_reading_what_is_kept_apart_is_logged_and_so_is_a_refused_reading(
    client: Client, sign_in: SignIn, lyon: Branch
) -> None:
    by = make.actor(Role.DIRECTOR, lyon)
    app.rules(lyon, by, rows=[app.STAY])
    eligibility.set_sensitive(branch=lyon, is_on=True, by=by, now=timezone.now())
    of = app.application(lyon)
    where = url("eligibility_apart", of.pk)
    assert client.get(where).status_code == 403
    assert AuditEntry.objects.filter(
        verb="sensitive.refused", actor_id=client.session["_auth_user_id"]
    ).exists()
    assert not AuditEntry.objects.filter(verb="sensitive.read").exists()
    director = sign_in(Role.DIRECTOR, lyon)
    page = text_of(director.get(where))
    assert "Permit seen." in page
    assert AuditEntry.objects.filter(verb="sensitive.read").count() == 1
    prefix = page.split('name="rule" value="')[1].split('"')[0]
    said = {"rule": prefix, f"{prefix}-answer": "yes", f"{prefix}-evidence": "Permit"}
    assert director.post(where, said).status_code == 422  # on which day?
    director.post(where, {**said, f"{prefix}-seen_on": timezone.now().date().isoformat()})
    assert SensitiveFact.everywhere.get().verdict == "met"
    assert "Permit seen." not in text_of(client.get(url("decision", of.pk)))


def test_the_letter_is_read_before_anything_is_decided(client: Client, lyon: Branch) -> None:
    of = app.application(lyon)
    where = url("decision", of.pk)
    said = {"outcome": "refused", "reason": "age", "sentence": "All the best."}
    wrong = client.post(where, {"outcome": "deferred", "reason": "age"})
    assert wrong.status_code == 422
    preview = client.post(where, said)
    assert "All the best." in text_of(preview)
    assert Decision.everywhere.count() == 0
    client.post(where, {**said, "act": "decide"})
    made = Decision.everywhere.get()
    page = text_of(client.get(where))
    assert "Until then it can be taken back." in page
    client.post(url("decision_undo", made.pk))
    made.refresh_from_db()
    assert made.state == "undone"
    assert Application.everywhere.get(pk=of.pk).state == "sent"


def test_an_acceptance_that_is_not_ready_says_what_is_missing(client: Client, lyon: Branch) -> None:
    of = app.application(lyon)
    answer = client.post(url("decision", of.pk), {"outcome": "accepted", "act": "decide"})
    assert (answer.status_code, Decision.everywhere.count()) == (422, 0)
    assert "The talk has not been held yet." in text_of(answer)


def test_the_second_person_agrees_on_the_same_page(client: Client, lyon: Branch, claire: Actor) -> None:
    of = app.held(app.application(lyon, Side.MENTOR), claire)
    client.post(url("decision", of.pk), {"outcome": "accepted", "act": "decide"})
    made = Decision.everywhere.get()
    assert "I agree" not in text_of(client.get(url("decision", of.pk)))
    client.post(url("decision_approve", made.pk))
    made.refresh_from_db()
    assert made.state == "proposed"
    other = Client(headers={"accept-language": "en"})
    other.force_login(make.login(Role.COORDINATOR, lyon))
    assert "I agree" in text_of(other.get(url("decision", of.pk)))
    other.post(url("decision_approve", made.pk))
    made.refresh_from_db()
    assert made.state == "made"


def test_the_letter_opens_by_its_link_only_once_it_has_left(lyon: Branch, claire: Actor) -> None:
    before = timezone.now() - timedelta(hours=2)
    old = Application.everywhere.filter
    for now, status in ((before, 200), (timezone.now(), 410)):
        of = app.application(lyon)
        assert of.person is not None
        type(of.person).everywhere.filter(pk=of.person_id).update(channel="sms")
        decisions.decide(
            application=old(pk=of.pk).get(),
            outcome=Outcome.REFUSED,
            reason=Reason.OTHER_HELP,
            by=claire,
            now=now,
        )
        sms = Message.everywhere.filter(kind="decision.refused.other_help").latest("pk").body
        assert "refus" not in sms.lower()
        answer = Client().get("/l/" + sms.split("/l/")[1].split()[0])
        assert answer.status_code == status


def test_the_panels_have_an_empty_and_a_full_state(lyon: Branch, claire: Actor) -> None:
    from django.template.loader import render_to_string

    now = timezone.now()
    here = Here(actor_of(Login.objects.get(pk=claire.id)), lyon, now, now.date())
    fresh = app.application(lyon)
    full = app.held(app.application(lyon), claire)
    app.rules(lyon, make.actor(Role.DIRECTOR, lyon))
    for make_panel, word in (
        (judging_panels.talk, "held"),
        (judging_panels.eligibility, "Plan"),
        (judging_panels.decision, "Decide"),
    ):
        for of in (fresh, full):
            with translation.override("en"):
                panel = make_panel(here, of)
                assert panel is not None
                said = render_to_string(panel.template, dict(panel.context))
        assert word in said
    draft = Application(branch=lyon, side="mentee", started_at=now, saved_at=now, moved_at=now)
    assert judging_panels.talk(here, draft) is None


def test_the_page_of_an_application_shows_its_panels_with_what_is_in_them(
    client: Client, lyon: Branch
) -> None:
    of = app.application(lyon)
    said = client.get(url("application", of.pk)).content.decode()
    for address in (url("talk_plan", of.pk), url("decision", of.pk)):
        assert f'href="{address}"' in said
    assert said.count('id="talk"') == said.count('id="decision"') == 1


def test_a_talk_goes_into_the_calendar_of_the_person(lyon: Branch, claire: Actor) -> None:
    client = Client(headers={"cookie": "language=en"})
    talk = ahead(app.application(lyon), claire)
    link = "/l/" + Message.everywhere.get(kind="talk.planned").body.split("/l/")[1].split()[0]
    assert "?calendar=1" in client.get(link).content.decode()
    answer = client.get(f"{link}?calendar=1")
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == talk.starts_at.replace(microsecond=0)
    assert event["uid"] == f"talk-{talk.pk}@traboule"
