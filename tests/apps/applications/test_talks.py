"""Talks: planned, moved, missed, cancelled, asked to move; notes with readers first, two views apart."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import judging as app
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.actions import guides, talk_notes, talks
from traboule.apps.applications.actions.errors_judging import (
    NotBothFinished,
    NotesChanged,
    NotesFinished,
    NotTheAssessor,
    TalkAlreadyPlanned,
    TalkInThePast,
    TalkIsOver,
)
from traboule.apps.applications.guide_rows import GuideBroken
from traboule.apps.applications.models import Talk, TalkNotes
from traboule.apps.applications.queries.guides import guide_for
from traboule.apps.applications.queries.talks import calibration_of, talk_page
from traboule.apps.applications.talk_guide import SHIPPED
from traboule.apps.branches.models import Branch, ProgrammeVersion
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Readers, Role, Side
from traboule.apps.people.models import Login
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor, system
from traboule.core.models import AuditEntry, Link
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Branch:
    return make.branch(name="Lyon")


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Claire")


@pytest.fixture
def mehdi(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Mehdi")


def login(actor: Actor) -> Login:
    return Login.objects.get(pk=actor.id)


def open_kinds(at: Branch) -> list[str]:
    return sorted(OpenStep.everywhere.filter(branch=at, closed_at=None).values_list("kind", flat=True))


def test_a_planned_talk_tells_the_person_with_a_link_and_opens_a_step(lyon: Branch, claire: Actor) -> None:
    of = app.application(lyon)
    talk = app.talk(of, claire)
    of.refresh_from_db()
    message = Message.everywhere.exclude(kind="talk.reminder").get()
    assert of.state == "talk_planned"
    assert (message.kind, message.person_id) == ("talk.planned", of.person_id)
    assert "/l/" in message.body
    assert "12 rue de la Paix" in message.body
    assert Link.objects.get().right == "answer_talk"
    assert open_kinds(lyon) == ["talk.to_hold"]
    assert AuditEntry.objects.filter(verb="talk.planned", subject_id=str(talk.pk)).exists()


def test_a_talk_is_planned_ahead_and_once(lyon: Branch, claire: Actor) -> None:
    of = app.application(lyon)
    with pytest.raises(TalkInThePast):
        app.talk(of, claire, starts_at=NOW)
    app.talk(of, claire)
    with pytest.raises(TalkAlreadyPlanned) as earlier:
        app.talk(of, claire)
    assert (earlier.value.who, earlier.value.at) == ("Claire", NOW)


def test_the_database_refuses_a_second_planned_talk(lyon: Branch, claire: Actor) -> None:
    talk = app.talk(app.application(lyon), claire)
    talk.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        talk.save(force_insert=True)


def test_a_moved_talk_tells_the_new_date_and_ends_the_old_link(lyon: Branch, claire: Actor) -> None:
    talk = app.talk(app.application(lyon), claire)
    later = NOW + timedelta(days=4)
    talks.move_talk(talk=talk, starts_at=later, by=claire, now=NOW)
    talks.move_talk(talk=talk, starts_at=later + timedelta(days=1), by=claire, now=NOW)
    assert Message.everywhere.filter(kind="talk.moved").count() == 2
    assert Link.objects.filter(right="answer_talk", withdrawn_at=None).count() == 1
    assert OpenStep.everywhere.get(closed_at=None).due_on == TODAY + timedelta(days=5)


def test_a_missed_talk_goes_back_to_be_planned_without_blame(lyon: Branch, claire: Actor) -> None:
    talk = app.talk(app.application(lyon), claire)
    talks.miss_talk(talk=talk, by=claire, now=NOW + timedelta(days=1))
    talk.application.refresh_from_db()
    assert talk.application.state == "sent"
    assert open_kinds(lyon) == ["talk.to_plan"]
    assert Message.everywhere.filter(kind="talk.missed").count() == 1
    with pytest.raises(TalkIsOver):
        talks.cancel_talk(talk=talk, by=claire, now=NOW)


def test_the_wish_for_another_date_reaches_the_host_and_is_settled_by_moving(
    lyon: Branch, claire: Actor
) -> None:
    talk = app.talk(app.application(lyon), claire)
    talks.ask_another_date(talk=talk, wish=" Tuesdays  after five ", by=system("link"), now=NOW)
    step = OpenStep.everywhere.get(kind="talk.to_move")
    assert (step.text, step.owner_id) == ("Tuesdays after five", claire.id)
    talks.move_talk(talk=talk, starts_at=NOW + timedelta(days=2), by=claire, now=NOW)
    assert open_kinds(lyon) == ["talk.to_hold"]


def test_readers_are_chosen_first_and_the_database_holds_to_it(lyon: Branch, claire: Actor) -> None:
    talk = app.talk(app.application(lyon), claire)
    with pytest.raises(IntegrityError), transaction.atomic():
        TalkNotes.everywhere.create(talk=talk, assessor_id=claire.id, started_at=NOW, saved_at=NOW)


def test_a_draft_survives_and_a_stale_page_overwrites_nothing(lyon: Branch, claire: Actor) -> None:
    notes = app.notes(
        app.talk(app.application(lyon), claire), claire, answers={"path": "Two years of sewing"}
    )
    saved = talk_notes.save_notes(
        notes=notes, fields={"answers": {"plan": "Sales"}}, revision=notes.revision, by=claire, now=NOW
    )
    with pytest.raises(NotesChanged) as changed:
        talk_notes.save_notes(
            notes=notes, fields={"answers": {"path": ""}}, revision=notes.revision, by=claire, now=NOW
        )
    assert changed.value.revision == saved.revision
    saved.refresh_from_db()
    assert saved.answers == {"path": "Two years of sewing", "plan": "Sales"}


def test_the_same_words_saved_twice_by_one_page_are_no_two_versions(lyon: Branch, claire: Actor) -> None:
    notes = app.notes(app.talk(app.application(lyon), claire), claire)
    said = {"answers": {"path": "Two years of sewing"}, "way_pace": 4}
    for _twice in range(2):  # by itself after a second, and by the button that was pressed meanwhile
        talk_notes.save_notes(notes=notes, fields=said, revision=notes.revision, by=claire, now=NOW)
    with pytest.raises(NotesChanged):
        talk_notes.save_notes(
            notes=notes, fields=said | {"way_pace": 5}, revision=notes.revision, by=claire, now=NOW
        )


def test_only_the_author_writes_in_notes_and_finished_ones_stay(
    lyon: Branch, claire: Actor, mehdi: Actor
) -> None:
    notes = app.notes(app.talk(app.application(lyon), claire), claire)
    with pytest.raises(NotTheAssessor):
        talk_notes.save_notes(notes=notes, fields={}, revision=notes.revision, by=mehdi, now=NOW)
    talk_notes.finish_notes(notes=notes, by=claire, now=NOW)
    with pytest.raises(NotesFinished):
        talk_notes.save_notes(notes=notes, fields={}, revision=notes.revision, by=claire, now=NOW)


def test_finishing_alone_holds_the_talk_and_writes_scales_and_wishes_down(
    lyon: Branch, claire: Actor
) -> None:
    of = app.application(lyon)
    until = TODAY + timedelta(days=60)
    notes = app.notes(
        app.talk(of, claire), claire, way_pace=4, way_humour=None, gender_wish="f", can_wait_until=until
    )
    talk_notes.finish_notes(notes=notes, by=claire, now=NOW)
    of.refresh_from_db()
    person = of.person
    assert person is not None
    assert (of.state, person.way_pace, person.way_humour, person.gender_wish) == ("talk_held", 4, None, "f")
    assert person.mentee.can_wait_until == until
    assert open_kinds(lyon) == ["decision.to_decide"]


def test_a_mentor_too_is_asked_in_the_talk_until_when_they_can_wait(lyon: Branch, claire: Actor) -> None:
    of = app.application(lyon, side="mentor")
    until = TODAY + timedelta(days=60)
    talk_notes.finish_notes(
        notes=app.notes(app.talk(of, claire), claire, can_wait_until=until), by=claire, now=NOW
    )
    of.refresh_from_db()
    assert of.person is not None
    assert of.person.mentor.can_wait_until == until


def test_two_assessors_do_not_see_each_other_until_both_are_done(
    lyon: Branch, claire: Actor, mehdi: Actor
) -> None:
    of = app.application(lyon)
    talk = app.talk(of, claire, second=login(mehdi))
    first = app.notes(talk, claire, way_pace=2)
    second = app.notes(talk, mehdi, way_pace=5)
    talk_notes.finish_notes(notes=first, by=claire, now=NOW)
    seen = talk_page(actor=mehdi, branch=lyon, pk=talk.pk)
    assert (seen.finished, seen.hidden) == ([], 1)
    with pytest.raises(NotBothFinished):
        talk_notes.agree_scales(talk=talk, values={"way_pace": 3}, by=claire, now=NOW)
    talk_notes.finish_notes(notes=second, by=mehdi, now=NOW)
    both = talk_page(actor=mehdi, branch=lyon, pk=talk.pk)
    assert ([row.way_pace for row in both.finished], both.to_agree) == ([2, 5], True)
    of.refresh_from_db()
    assert of.person is not None
    assert of.person.way_pace is None  # nothing before they agree
    talk_notes.agree_scales(talk=talk, values={"way_pace": 3}, by=claire, now=NOW)
    of.person.refresh_from_db()
    assert of.person.way_pace == 3
    assert "talk.to_agree" not in open_kinds(lyon)


def test_a_third_person_does_not_write_about_a_talk(lyon: Branch, claire: Actor, mehdi: Actor) -> None:
    talk = app.talk(app.application(lyon), claire)
    app.notes(talk, claire)
    app.notes(talk, mehdi)
    with pytest.raises(NotTheAssessor):
        app.notes(talk, make.coordinator(lyon))


def test_shared_notes_reach_the_person_by_a_link_and_staff_notes_do_not(
    lyon: Branch, claire: Actor, mehdi: Actor
) -> None:
    talk = app.talk(app.application(lyon), claire)
    notes = talk_notes.start_notes(talk=talk, readers=Readers.SHARED, by=claire, now=NOW)
    talk_notes.finish_notes(notes=notes, by=claire, now=NOW)
    talk_notes.finish_notes(notes=app.notes(talk, mehdi), by=mehdi, now=NOW)
    assert Message.everywhere.filter(kind="talk.notes_shared").count() == 1


def test_a_version_of_the_programme_brings_its_own_questions(lyon: Branch) -> None:
    assert guide_for(lyon, Side.MENTOR) == SHIPPED[Side.MENTOR]
    version = ProgrammeVersion.objects.create(organisation=lyon.organisation, label="2", valid_from=TODAY)
    own = [{"code": "why", "section": "expectations", "text": "Why?"}]
    admin = make.actor(Role.ADMINISTRATOR)
    guides.set_guide(version=version, side=Side.MENTOR, questions=own, by=admin, now=NOW)
    assert [q.code for q in guide_for(lyon, Side.MENTOR)] == ["why"]
    with pytest.raises(GuideBroken):
        guides.set_guide(version=version, side=Side.MENTOR, questions=own * 2, by=admin, now=NOW)


def test_the_figure_of_agreement_appears_with_the_tenth_talk(
    lyon: Branch, claire: Actor, mehdi: Actor
) -> None:
    for number in range(10):
        assert calibration_of(actor=claire, branch=lyon).overall is None
        talk = app.talk(app.application(lyon), claire, second=login(mehdi))
        for by in (claire, mehdi):
            notes = app.notes(talk, by, way_pace=1 + number % 5, way_humour=1 + (number + 1) % 3)
            talk_notes.finish_notes(notes=notes, by=by, now=NOW)
    found = calibration_of(actor=claire, branch=lyon)
    assert (found.talks, found.by_scale["way_directness"]) == (10, None)
    assert found.overall is not None
    assert (found.overall.n, found.overall.kappa) == (20, 1.0)


def test_somebody_without_the_permission_plans_nothing(lyon: Branch, claire: Actor) -> None:
    with pytest.raises(NotAllowed):
        talks.plan_talk(
            application=app.application(lyon),
            starts_at=NOW + timedelta(days=1),
            host=login(claire),
            by=make.actor(Role.REFERRER, lyon),
            now=NOW,
        )
    assert Talk.everywhere.count() == 0


def reminders(talk: Talk, **only: object) -> list[Message]:
    rows = Message.everywhere.filter(kind="talk.reminder", person=talk.application.person, **only)
    return list(rows.order_by("due_at"))


def test_a_talk_is_called_to_mind_two_days_before_and_shortly_before(lyon: Branch, claire: Actor) -> None:
    talk = app.talk(app.application(lyon), claire, starts_at=NOW + timedelta(days=6))
    first, second = reminders(talk)
    assert first.due_at < talk.starts_at - timedelta(days=1) < second.due_at < talk.starts_at
    assert first.not_after == second.due_at
    assert second.not_after == talk.starts_at
    assert "/l/" in first.body


def test_a_talk_that_moves_or_ends_withholds_its_reminders(lyon: Branch, claire: Actor) -> None:
    talk = app.talk(app.application(lyon), claire, starts_at=NOW + timedelta(days=6))
    moved = talks.move_talk(talk=talk, starts_at=NOW + timedelta(days=9), by=claire, now=NOW)
    waiting = reminders(talk, state="waiting")
    assert len(waiting) == 2
    assert all(row.due_at > NOW + timedelta(days=6) for row in waiting)
    talks.cancel_talk(talk=moved, by=claire, now=NOW)
    assert reminders(talk, state="waiting") == []
    assert {row.reason for row in reminders(talk)} == {"withdrawn"}
