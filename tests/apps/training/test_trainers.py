"""Trainers, the papers of a module, and a list of who came that was marked without a network."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.core.hostile_files import pdf, picture
from tests.factories import people as make
from tests.factories import training as train
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.apps.training.actions import trainers as acting
from traboule.apps.training.actions.attendance import NotedOtherwise, NotYet, mark_presence
from traboule.apps.training.actions.sessions import plan_session
from traboule.apps.training.enums import Presence, SessionKind
from traboule.apps.training.hooks import erase
from traboule.apps.training.models import Attendance, Trainer, TrainingSession
from traboule.apps.training.queries.trainers import agenda_of, material_for_mentor, material_for_trainer
from traboule.core.actors import Actor
from traboule.core.models import Link
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.core.uploads import check_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Branch:
    return make.branch(name="Lyon")


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Claire")


@pytest.fixture
def boss(lyon: Branch) -> Actor:
    return make.actor(Role.DIRECTOR, lyon)


@pytest.fixture
def anne(lyon: Branch) -> Person:
    return train.candidate(lyon, first_name="Anne", last_name="Martin")


def trainer(at: Branch, by: Actor, **fields: Any) -> Trainer:
    return acting.add_trainer(branch=at, by=by, now=NOW, **({"name": "Odile Garnier"} | fields))


# --- trainers -----------------------------------------------------------------------------------------------


def test_a_trainer_is_a_person_of_the_branch_once_or_a_free_name(
    lyon: Branch, claire: Actor, anne: Person
) -> None:
    first, second = (trainer(lyon, claire, person=anne, name="") for _ in range(2))
    assert (first.pk, str(first)) == (second.pk, "Anne Martin")
    assert str(trainer(lyon, claire)) == "Odile Garnier"
    with pytest.raises(IntegrityError), transaction.atomic():
        Trainer.everywhere.create(branch=lyon, added_at=NOW)
    with pytest.raises(NotVisible):
        trainer(lyon, claire, person=make.mentor(make.branch()))


def test_a_half_day_is_led_by_a_trainer_of_its_branch_alone(lyon: Branch, claire: Actor) -> None:
    other = make.branch()
    stranger = trainer(other, make.coordinator(other))
    fields = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=3), "place": "x"}
    planned = {"branch": lyon, "kind": SessionKind.EXCHANGE, "module": None, "by": claire, "now": NOW}
    with pytest.raises(NotVisible):
        plan_session(**planned, fields=fields | {"led_by": stranger})  # type: ignore[arg-type]  # as typed above
    led = plan_session(**planned, fields=fields | {"led_by": trainer(lyon, claire)})  # type: ignore[arg-type]  # as typed above
    assert led.said_trainer == "Odile Garnier"


def test_the_agenda_shows_half_days_to_come_with_first_names_alone(
    lyon: Branch, claire: Actor, anne: Person
) -> None:
    led = trainer(lyon, claire)
    module = train.modules(lyon)[0]
    past = train.sitting(lyon, module=module, starts_at=NOW - timedelta(days=9), led_by=led)
    coming = train.sitting(lyon, module=module, starts_at=NOW + timedelta(days=9), led_by=led)
    train.sitting(lyon, module=module, starts_at=NOW + timedelta(days=10))
    for session in (past, coming):
        train.seat(session, anne, Presence.PLANNED)
    assert [(line.session.pk, line.names) for line in agenda_of(led, NOW)] == [(coming.pk, ["Anne"])]


def test_the_link_goes_to_a_person_or_an_address_and_is_shown_where_there_is_none(
    lyon: Branch, claire: Actor, anne: Person
) -> None:
    acting.send_agenda(trainer=trainer(lyon, claire, person=anne, name=""), by=claire, now=NOW)
    mailed = trainer(lyon, claire, email="odile@example.org")
    acting.send_agenda(trainer=mailed, by=claire, now=NOW)
    assert "/l/" in acting.send_agenda(trainer=trainer(lyon, claire), by=claire, now=NOW)
    told = Message.everywhere.filter(kind="training.agenda")
    assert {(row.person_id, row.address) for row in told} == {
        (anne.pk, anne.email),
        (None, "odile@example.org"),
    }


def test_a_trainer_off_the_list_leaves_the_half_day_and_no_open_link(lyon: Branch, claire: Actor) -> None:
    led = trainer(lyon, claire)
    session = train.sitting(lyon, led_by=led)
    acting.send_agenda(trainer=led, by=claire, now=NOW)
    acting.drop_trainer(trainer=led, by=claire, now=NOW)
    session.refresh_from_db()
    assert (session.led_by, session.said_trainer) == (None, "")
    assert not Link.objects.filter(subject_type="trainer", withdrawn_at=None).exists()


def test_erasing_a_person_takes_the_trainer_and_the_link(lyon: Branch, claire: Actor, anne: Person) -> None:
    led = trainer(lyon, claire, person=anne, name="")
    train.sitting(lyon, led_by=led)
    acting.send_agenda(trainer=led, by=claire, now=NOW)
    erase(anne.pk, NOW)
    assert not Trainer.everywhere.exists()
    assert TrainingSession.everywhere.get().said_trainer == ""
    assert not Link.objects.filter(subject_type="trainer", withdrawn_at=None).exists()


# --- papers -------------------------------------------------------------------------------------------------


def paper(at: Branch, by: Actor, content: bytes | None = None, name: str = "plan.pdf") -> Any:
    file = check_upload(SimpleUploadedFile(name, content or pdf()))
    return acting.keep_material(module=train.modules(at)[0], file=file, about="Handout", by=by, now=NOW)


def test_a_paper_lies_under_a_random_name_and_goes_with_its_file(
    lyon: Branch, boss: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    kept = paper(lyon, boss, picture("PNG"), "photo.png")
    storage, name = kept.file.storage, str(kept.file.name)
    assert storage.exists(name)
    assert "photo" not in name
    with django_capture_on_commit_callbacks(execute=True):
        acting.drop_material(material=kept, by=boss, now=NOW)
    assert not storage.exists(name)


def test_only_who_sets_the_training_keeps_papers_and_not_without_end(
    lyon: Branch, boss: Actor, claire: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotAllowed):
        paper(lyon, claire)
    monkeypatch.setattr(acting, "MOST_MATERIALS", 1)
    paper(lyon, boss)
    with pytest.raises(acting.TooManyMaterials):
        paper(lyon, boss)


def test_a_paper_opens_for_who_has_a_seat_and_who_leads_and_for_nobody_else(
    lyon: Branch, boss: Actor, anne: Person
) -> None:
    kept, led, other = paper(lyon, boss), trainer(lyon, boss), trainer(lyon, boss)
    session = train.sitting(lyon, module=train.modules(lyon)[0], led_by=led)
    assert material_for_mentor(anne, kept.pk) is None
    train.seat(session, anne, Presence.PLANNED)
    assert material_for_mentor(anne, kept.pk) == kept
    assert material_for_mentor(train.candidate(lyon), kept.pk) is None
    assert (material_for_trainer(led, kept.pk), material_for_trainer(other, kept.pk)) == (kept, None)
    TrainingSession.everywhere.update(cancelled_at=NOW)
    assert material_for_mentor(anne, kept.pk) is None


# --- who came, from a phone ---------------------------------------------------------------------------------


def mark(seat: Attendance, presence: Presence, by: Actor, **more: Any) -> Attendance:
    return mark_presence(attendance=seat, presence=presence, by=by, **({"seen": "", "now": NOW} | more))


@pytest.fixture
def seat(lyon: Branch, anne: Person) -> Attendance:
    began = NOW - timedelta(hours=1)
    session = train.sitting(lyon, module=train.modules(lyon)[0], starts_at=began)
    return train.seat(session, anne, Presence.PLANNED)


def test_a_mark_sent_twice_counts_once_and_keeps_the_moment_when_it_was_made(
    seat: Attendance, claire: Actor
) -> None:
    made = NOW - timedelta(minutes=20)
    mark(seat, Presence.PRESENT, claire, client_key="a", marked_at=made)
    mark(seat, Presence.MISSED, claire, client_key="a", marked_at=made)
    seat.refresh_from_db()
    assert (seat.presence, seat.noted_at, seat.client_key) == ("present", made, "a")
    assert Message.everywhere.filter(kind="training.feedback").count() == 1


def test_a_phone_whose_clock_runs_ahead_has_marked_nothing_in_the_future(
    seat: Attendance, claire: Actor
) -> None:
    assert mark(seat, Presence.PRESENT, claire, marked_at=NOW + timedelta(days=1)).noted_at == NOW


def test_who_noted_otherwise_meanwhile_is_named_and_a_human_decides(
    lyon: Branch, seat: Attendance, claire: Actor
) -> None:
    mark(seat, Presence.PRESENT, make.coordinator(lyon, name="Mehdi"))
    with pytest.raises(NotedOtherwise) as other:
        mark(seat, Presence.MISSED, claire, client_key="b")
    assert (other.value.by, other.value.presence) == ("Mehdi", "present")
    mark(seat, Presence.MISSED, claire, seen="present", client_key="c")
    seat.refresh_from_db()
    assert seat.presence == "missed"


def test_nobody_has_come_before_it_begins(seat: Attendance, claire: Actor) -> None:
    with pytest.raises(NotYet):
        mark(seat, Presence.PRESENT, claire, now=NOW - timedelta(hours=5))
